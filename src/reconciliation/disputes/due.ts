// By when a dispute is to be decided: at the cut-off of the n-th working day of the biller after it was opened; where no
// biller is concerned days are calendar days.

import { addWorkingDays, calendarDate, cutOffInstant, termsOn } from '../../calendar/index.ts';
import { calendarOf } from '../../billers/index.ts';
import { OPERATOR } from '../../ledger/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Opener } from './dispute.ts';
import { daysOf } from './store-rule.ts';

const DAY_MS = 86_400_000;

export async function dueAt(tx: Tx, billerId: number, openedBy: Opener, now: Date): Promise<Date> {
  const days = await daysOf(tx, openedBy);
  if (billerId === OPERATOR) return new Date(now.getTime() + days * DAY_MS);
  const { calendar } = await calendarOf(tx, billerId);
  const date = addWorkingDays(calendarDate(now, calendar), days, calendar);
  const { cutOff, timeZone } = termsOn(date, calendar);
  return cutOffInstant(date, cutOff, timeZone);
}
