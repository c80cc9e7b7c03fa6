// Which business date an instant belongs to by the calendar alone. The books follow the day rows, whose cut-offs
// were fixed when they were opened; this is for the first row, for banks, for forecasts and for tests.

import { addDays } from '../kernel/business-date.ts';
import type { BusinessDate } from '../kernel/business-date.ts';
import type { BillerCalendar, DayTerms } from './biller-calendar.ts';
import { cutOffInstant } from './cut-off.ts';
import { calendarDate, termsOn } from './terms.ts';

/** The first date whose cut-off is after `instant`; every instant has exactly one. */
export function businessDateAt(
  instant: Date,
  calendar: DayTerms & Pick<BillerCalendar, 'terms'>,
): BusinessDate {
  // Yesterday first: where midnight itself is repeated, yesterday ends within the local day.
  let date = addDays(calendarDate(instant, calendar), -1);
  while (endOf(date, calendar) <= instant) date = addDays(date, 1);
  return date;
}

/** The instant at which `date` ends by the terms that hold on it. */
export function endOf(date: BusinessDate, calendar: DayTerms & Pick<BillerCalendar, 'terms'>): Date {
  const { cutOff, timeZone } = termsOn(date, calendar);
  return cutOffInstant(date, cutOff, timeZone);
}
