// Which business date an instant belongs to by the calendar alone. The books follow the day rows, whose cut-offs
// were fixed when they were opened; this is for the first row, for forecasts and for tests.

import { addDays } from '../kernel/business-date.ts';
import type { BusinessDate } from '../kernel/business-date.ts';
import type { BillerCalendar } from './biller-calendar.ts';
import { cutOffInstant } from './cut-off.ts';
import { localDate } from './local-date.ts';

/** The first date whose cut-off is after `instant`; every instant has exactly one. */
export function businessDateAt(
  instant: Date,
  calendar: Pick<BillerCalendar, 'timeZone' | 'cutOff'>,
): BusinessDate {
  // Yesterday first: where midnight itself is repeated, yesterday ends within the local day.
  let date = addDays(localDate(instant, calendar.timeZone), -1);
  while (cutOffInstant(date, calendar.cutOff, calendar.timeZone) <= instant) date = addDays(date, 1);
  return date;
}
