// Shifts the time of the books, so that cut-offs, penalties and closes can be tried without waiting. The business
// days around the new time are opened in the same transaction. Signatures and logs keep the real time.

import { loadBillers, openDaysAhead } from '../billers/index.ts';
import { recordAudit, type Actor, type Outcome } from '../access/index.ts';
import type { Database } from '../platform/db/index.ts';
import { earliestAgreement, readShift, writeShift } from './store.ts';

export interface DemoClock {
  /** What the books call now. */
  readonly now: Date;
  readonly real: Date;
  readonly shiftSeconds: number;
}

const MOST_DAYS_AHEAD = 3_600;
const MS_PER_DAY = 86_400_000;

export function showClock(database: Database): Promise<DemoClock> {
  return database.transaction(readShift);
}

/** `wanted` gives the new time from the present one; null: the real time again. Refuses times that no agreement covers. */
export function setClock(
  database: Database,
  wanted: (now: Date) => Date | null,
  actor: Actor,
): Promise<Outcome<DemoClock>> {
  return database.transaction(async (tx) => {
    const before = await readShift(tx);
    const to = wanted(before.now);
    const target = to ?? before.real;
    if (Number.isNaN(target.getTime())) return { ok: false, reason: 'that is no instant' };
    const since = await earliestAgreement(tx);
    if (since !== null && target < since)
      return { ok: false, reason: `nobody served anybody before ${since.toISOString()}` };
    if (target.getTime() - before.real.getTime() > MOST_DAYS_AHEAD * MS_PER_DAY) {
      return { ok: false, reason: `the clock goes at most ${MOST_DAYS_AHEAD} days ahead` };
    }
    await writeShift(tx, to);
    for (const { billerId } of await loadBillers(tx)) await openDaysAhead(tx, billerId);
    const after = await readShift(tx);
    await recordAudit(tx, actor, {
      action: 'demo.clock',
      subject: 'clock',
      before: { now: before.now },
      after: { now: after.now },
    });
    return { ok: true, value: after };
  });
}
