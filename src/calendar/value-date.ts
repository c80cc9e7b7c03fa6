// When the agency is credited for a business date, and when the bank has to be told (rules.md, "Close and
// settlement"). Pure: the same answer whenever it is asked on the same day of the bank. Its edges:
//  - The value date is the n-th day after the business date that works for biller AND bank. The business date itself
//    never counts; only T+0 takes it, or the first day after it that works for both.
//  - The order is executed `leadDays` days before the value date, counted in the bank's working days alone: a day off
//    of the biller's between them makes no difference to the bank.
//  - It depends on the business date, never on when the day was closed: a close that is late, by hours or by days,
//    leaves it as it is while the bank can still keep it.
//  - The bank can keep it as long as the day of execution is not before its today (see bank-date.ts: after its cut-off
//    that is its next working day). Otherwise the value date is the first that it can keep and that works for both,
//    `late` is true, and the execution stands `leadDays` before that one, not earlier than needed.
//  - A promise that the lead days never allow (T+0 with lead days) is late always; that is the truth of it.
//  - A holiday declared late moves what is asked for again; who asks decides what may still move (only what is unsent).

import type { BusinessDate } from '../kernel/business-date.ts';
import type { WorkingWeek } from './biller-calendar.ts';
import { addWorkingDays, nextWorkingDay, subtractWorkingDays } from './working-day.ts';

export interface RemittanceWish {
  readonly businessDate: BusinessDate;
  /** T+n of the biller: working days from the business date to the value date. */
  readonly days: number;
  readonly biller: WorkingWeek;
  readonly bank: WorkingWeek;
  /** Of the bank: its working days from the execution of an order to the credit. */
  readonly leadDays: number;
  /** The bank's, see `bankDate`. */
  readonly today: BusinessDate;
}

export interface RemittanceDates {
  readonly valueDate: BusinessDate;
  /** ISO 20022 `ReqdExctnDt`. */
  readonly executeOn: BusinessDate;
  /** The value date is not the promised one any more. */
  readonly late: boolean;
}

/** Refuses (RangeError) counts that are no whole numbers from 0, and calendars that never work together. */
export function remittanceDates(wish: RemittanceWish): RemittanceDates {
  const { bank, biller, leadDays } = wish;
  const promised = promisedValueDate(wish);
  const executeOn = subtractWorkingDays(promised, leadDays, bank);
  const today = nextWorkingDay(wish.today, bank);
  if (executeOn >= today) return { valueDate: promised, executeOn, late: false };
  const valueDate = nextWorkingDay(addWorkingDays(today, leadDays, bank), biller, bank);
  return { valueDate, executeOn: subtractWorkingDays(valueDate, leadDays, bank), late: true };
}

/** What the agency was promised for a business date, whatever has happened since. */
export function promisedValueDate({
  businessDate,
  days,
  biller,
  bank,
}: Pick<RemittanceWish, 'businessDate' | 'days' | 'biller' | 'bank'>): BusinessDate {
  return addWorkingDays(businessDate, days, biller, bank);
}
