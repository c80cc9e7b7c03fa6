// What the worker does for the channels' positions, again and again: writes the dues of dates that have been closed, moves
// what was paid ahead on to them, and moves due dates when a calendar has changed. Any number of workers at once.

import type { Biller } from '../../billers/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import { moveAllAhead } from './move-ahead.ts';
import { moveDueDates } from './move-due-dates.ts';
import { writeDues } from './write-dues.ts';

export interface PositionJobParts {
  readonly database: Database;
  readonly billers: () => Iterable<Pick<Biller, 'billerId' | 'code'>>;
  /** Of the configuration; where it has not moved, no calendar has changed. */
  readonly revision: () => bigint;
  readonly log: Pick<Log, 'info' | 'error'>;
}

/** Call what it returns every few seconds. A biller at fault never keeps the others waiting. */
export function positionSweep(parts: PositionJobParts): () => Promise<void> {
  const { database, log } = parts;
  let looked: bigint | undefined;
  return async () => {
    const revision = parts.revision();
    let isWhole = true;
    for (const { billerId, code } of parts.billers()) {
      try {
        for (const businessDate of await writeDues(database, billerId))
          log.info({ biller: code, businessDate }, 'what channels owe is written');
        if (revision !== looked) await moveDueDates(database, billerId);
      } catch (error) {
        isWhole = false;
        log.error({ err: error, biller: code }, 'what channels owe could not be written');
      }
    }
    if (isWhole) looked = revision;
    await moveAllAhead(database, (error, debt) =>
      log.error({ err: error, ...debt }, 'what was paid ahead could not be moved on'),
    );
  };
}
