// Opens business days: makes the rows that payments lock, each with its cut-off by the terms that hold on its date. A
// later change of the terms moves those that have not begun (move-days.ts).

import { addDays, daysBetween } from '../kernel/business-date.ts';
import type { BusinessDate } from '../kernel/business-date.ts';
import type { Tx } from '../platform/db/index.ts';
import type { BillerCalendar } from './biller-calendar.ts';
import { businessDateAt, endOf } from './business-date-at.ts';
import { insertDays, newestDay } from './store.ts';

const MOST_DAYS_AT_ONCE = 3_660;

/**
 * Makes sure that every date from the newest row (with none: the business date of now, by the database's clock) to
 * `upTo` included has its row. `calendar` is read in this transaction, after `shareConfiguration` or the lock itself:
 * days opened by terms that have just been changed would keep them. Repeatable, also at the same time elsewhere. Returns the dates that it added; a
 * first opening with `upTo` already past adds none. Refuses (RangeError) more than ten years at once.
 */
export async function openDays(
  tx: Tx,
  billerId: number,
  calendar: BillerCalendar,
  upTo: BusinessDate,
): Promise<BusinessDate[]> {
  const { newest, now } = await newestDay(tx, billerId);
  const first = newest === null ? businessDateAt(now, calendar) : addDays(newest, 1);
  const count = daysBetween(first, upTo) + 1;
  if (count > MOST_DAYS_AT_ONCE)
    throw new RangeError(`${count} business days to open for biller ${billerId}`);
  if (count <= 0) return [];
  const days = Array.from({ length: count }, (_, index) => {
    const date = addDays(first, index);
    return { date, cutOffAt: endOf(date, calendar) };
  });
  return insertDays(tx, billerId, days);
}
