// Working days: dates that are neither weekend nor holiday, for due dates, value dates and debit dates. Several
// weeks may be given (biller and bank): a day works when it works for all of them.

import { addDays, weekdayOf } from '../kernel/business-date.ts';
import type { BusinessDate } from '../kernel/business-date.ts';
import type { WorkingWeek } from './biller-calendar.ts';

const LONGEST_CLOSURE_DAYS = 366;

export function isWorkingDay(date: BusinessDate, ...weeks: readonly WorkingWeek[]): boolean {
  const weekday = weekdayOf(date);
  return weeks.every((week) => !week.weekend.includes(weekday) && !week.holidays.has(date));
}

/** `date` itself when it works, else the first working day after it. Refuses (RangeError) calendars that never work. */
export function nextWorkingDay(date: BusinessDate, ...weeks: readonly WorkingWeek[]): BusinessDate {
  let day = date;
  for (let closed = 0; closed <= LONGEST_CLOSURE_DAYS; closed++) {
    if (isWorkingDay(day, ...weeks)) return day;
    day = addDays(day, 1);
  }
  throw new RangeError(`no working day within ${LONGEST_CLOSURE_DAYS} days of ${date}`);
}

/** `date` itself when it works, else the last working day before it. Refuses (RangeError) calendars that never work. */
function lastWorkingDay(date: BusinessDate, ...weeks: readonly WorkingWeek[]): BusinessDate {
  let day = date;
  for (let closed = 0; closed <= LONGEST_CLOSURE_DAYS; closed++) {
    if (isWorkingDay(day, ...weeks)) return day;
    day = addDays(day, -1);
  }
  throw new RangeError(`no working day within ${LONGEST_CLOSURE_DAYS} days before ${date}`);
}

/** The `count`-th working day after `date`, which itself never counts; 0 is `nextWorkingDay`. T+n is count n. */
export function addWorkingDays(
  date: BusinessDate,
  count: number,
  ...weeks: readonly WorkingWeek[]
): BusinessDate {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`cannot add ${count} working days`);
  let day = count === 0 ? nextWorkingDay(date, ...weeks) : date;
  for (let passed = 0; passed < count; passed++) day = nextWorkingDay(addDays(day, 1), ...weeks);
  return day;
}

/** The `count`-th working day before `date`, which itself never counts; 0 is `date` or the last working day before it. */
export function subtractWorkingDays(
  date: BusinessDate,
  count: number,
  ...weeks: readonly WorkingWeek[]
): BusinessDate {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`cannot subtract ${count} working days`);
  let day = count === 0 ? lastWorkingDay(date, ...weeks) : date;
  for (let passed = 0; passed < count; passed++) day = lastWorkingDay(addDays(day, -1), ...weeks);
  return day;
}
