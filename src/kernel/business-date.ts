// Calendar dates without a clock: `YYYY-MM-DD` text outside, a whole day number (days since 1970-01-01) inside.
// Proleptic Gregorian, years 0001 to 9999 as in PostgreSQL's date. No Date object is made: this is on hot paths.

/** `YYYY-MM-DD`. Comparing two with < is comparing the days. */
export type BusinessDate = string;

const FIRST_DAY = daysFromCivil(1, 1, 1);
const LAST_DAY = daysFromCivil(9999, 12, 31);

/** What systems write for "no date" begins here (9999-12-31, as a rule): it is not moved, and nothing is due on it. */
export const NO_DATE_FROM: BusinessDate = '9999-01-01';

export function isBusinessDate(text: string): text is BusinessDate {
  return read(text) !== undefined;
}

/** Days since 1970-01-01. Refuses (RangeError) a text that is no date. */
export function dayNumberOf(date: BusinessDate): number {
  const { year, month, day } = mustRead(date);
  return daysFromCivil(year, month, day);
}

/** The date of a day number. Refuses (RangeError) days outside the years 0001 to 9999. */
export function dateOfDayNumber(dayNumber: number): BusinessDate {
  if (!Number.isInteger(dayNumber) || dayNumber < FIRST_DAY || dayNumber > LAST_DAY) {
    throw new RangeError(`no date ${dayNumber} days from 1970-01-01`);
  }
  // Civil from days, Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March.
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.trunc(
    (dayOfEra -
      Math.trunc(dayOfEra / 1460) +
      Math.trunc(dayOfEra / 36_524) -
      Math.trunc(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.trunc(yearOfEra / 4) - Math.trunc(yearOfEra / 100));
  const marchMonth = Math.trunc((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.trunc((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return write(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

export function addDays(date: BusinessDate, days: number): BusinessDate {
  return dateOfDayNumber(dayNumberOf(date) + days);
}

/** Whole days from `from` until `until`; negative when `until` is earlier. */
export function daysBetween(from: BusinessDate, until: BusinessDate): number {
  return dayNumberOf(until) - dayNumberOf(from);
}

/**
 * The same day-number `months` later (or earlier), or that month's last day (rules: "a month ends on…"). For the
 * n-th month after a date add n to that date; adding one n times would stick to the shortest month on the way.
 */
export function addMonths(date: BusinessDate, months: number): BusinessDate {
  const { year, month, day } = mustRead(date);
  const total = year * 12 + (month - 1) + months;
  const newYear = Math.floor(total / 12);
  const newMonth = total - newYear * 12 + 1;
  if (!Number.isInteger(months) || newYear < 1 || newYear > 9999)
    throw new RangeError(`no date ${months} months on`);
  return write(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
}

/** ISO weekday: Monday 1 to Sunday 7. */
export function weekdayOf(date: BusinessDate): number {
  const sinceMonday = (dayNumberOf(date) + 3) % 7; // 1970-01-01 was a Thursday
  return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1;
}

interface Civil {
  year: number;
  month: number;
  day: number;
}

function read(text: string): Civil | undefined {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  // A negated test, so that NaN (a character that is no digit) is refused as well.
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)))
    return undefined;
  return { year, month, day };
}

function mustRead(text: string): Civil {
  const civil = read(text);
  if (!civil) throw new RangeError(`not a date: ${text.slice(0, 40)}`);
  return civil;
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function write(year: number, month: number, day: number): BusinessDate {
  return `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days from civil, Howard Hinnant (as above). */
function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.trunc((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.trunc(yearOfEra / 4) - Math.trunc(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
