// Mandates end when their last day is over, by the agency's own calendar. Swept by the worker, a few at a time; several workers
// may do it at once.

import { businessNow } from '../../approvals/index.ts';
import { calendarDate } from '../../calendar/index.ts';
import type { Directory } from '../../channels/index.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import { onWhole } from './end.ts';
import { endWith } from './hold.ts';
import { TRANSITIONS } from './states.ts';
import { listOutlived } from './store-list.ts';
import { SYSTEM } from './take-step.ts';

export interface ExpiryParts {
  readonly database: Database;
  readonly directory: Directory;
  readonly log: Pick<Log, 'error'>;
  /** Aborts when the worker stops: the rest is for the next. */
  readonly signal?: AbortSignal;
}

/** Of one biller in one sweep; the rest waits for the next. */
const AT_ONCE = 200;

export async function expireMandates(parts: ExpiryParts): Promise<void> {
  for (const { billerId, calendar } of parts.directory.current.billersById.values()) {
    const outlived = await parts.database.nodeOf(billerId).transaction(async (tx) => {
      const today = calendarDate(await businessNow(tx), calendar);
      return listOutlived(tx, billerId, today, AT_ONCE);
    });
    for (const mandateId of outlived) {
      if (parts.signal?.aborted === true) return;
      await expireOne(parts, billerId, mandateId);
    }
  }
}

/** One that cannot be ended now is tried again with the next sweep, and holds up no other. */
async function expireOne(
  { database, directory, log }: ExpiryParts,
  billerId: number,
  mandateId: Uuid,
): Promise<void> {
  try {
    await onWhole(database.nodeOf(billerId), mandateId, async (tx, it) => {
      if (it === undefined || TRANSITIONS.expired[it.state] === undefined) return;
      await endWith(tx, { directory }, it, SYSTEM, { action: 'expired' });
    });
  } catch (error) {
    log.error({ err: error, mandateId }, 'a mandate whose time is over could not be ended');
  }
}
