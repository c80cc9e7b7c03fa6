// A bank's today, as somebody sees it who hands over an order now: after the bank's cut-off it is handled on its next
// working day, and so is what comes in on its weekend or holiday. At exactly the cut-off it is too late.

import type { BusinessDate } from '../kernel/business-date.ts';
import type { BillerCalendar } from './biller-calendar.ts';
import { businessDateAt } from './business-date-at.ts';
import { nextWorkingDay } from './working-day.ts';

/** The date on which `bank` handles an order handed over at `now`; always one of its working days. */
export function bankDate(now: Date, bank: BillerCalendar): BusinessDate {
  return nextWorkingDay(businessDateAt(now, bank), bank);
}
