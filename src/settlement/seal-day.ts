// Seal: from now on nothing enters the day. Short, under the turn of configuration changes, so that every payment being
// decided is either in the day, committed, or finds it sealed and takes the next date.

import { recordAudit, type Actor, type Outcome } from '../access/index.ts';
import type { Database } from '../platform/db/index.ts';
import type { DayKey } from './store-step.ts';
import { lockDay, findDay, seal } from './store-seal.ts';
import { addDays } from '../kernel/business-date.ts';

export interface SealWish extends DayKey {
  /** Before the cut-off; payments then take the next date. */
  readonly early?: boolean | undefined;
  /** Who asks; absent: the schedule. */
  readonly actor?: Actor | undefined;
}

/** The instant of the seal; repeatable. Refuses a day that is not over unless `early`, and one that nobody opened. */
export function sealDay(database: Database, wish: SealWish): Promise<Outcome<Date>> {
  const { billerId, businessDate, early = false, actor } = wish;
  return database.nodeOf(billerId).transaction(async (tx): Promise<Outcome<Date>> => {
    const day = await lockDay(tx, billerId, businessDate);
    if (day === undefined) return no(`there is no business day ${businessDate}`);
    if (day.sealed_at !== null) return { ok: true, value: day.sealed_at };
    const next = await findDay(tx, billerId, addDays(businessDate, 1));
    if (early && next === undefined) return no(`the day after ${businessDate} is not open yet`);
    const sealedAt = await seal(tx, billerId, businessDate, early);
    if (sealedAt === undefined)
      return no(
        `${businessDate} is open until ${day.cut_off_at.toISOString()}; closing it before needs --early`,
      );
    if (actor !== undefined) {
      await recordAudit(tx, actor, {
        action: 'day.seal',
        subject: `business-day/${billerId}/${businessDate}`,
        after: { sealedAt, cutOffAt: day.cut_off_at, early },
      });
    }
    return { ok: true, value: sealedAt };
  });
}

function no(reason: string): Outcome<never> {
  return { ok: false, reason };
}
