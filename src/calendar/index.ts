// Door of the calendar: time zone, cut-off, weekend and holidays → business dates, working days, value dates, day rows.

export { bankDate } from './bank-date.ts';
export type { BillerCalendar, DayTerms, TermsFrom, WorkingWeek } from './biller-calendar.ts';
export { businessDateAt, endOf } from './business-date-at.ts';
export { cutOffInstant, isTimeZone } from './cut-off.ts';
export {
  HOLIDAY_STATES,
  isHolidayState,
  LONGEST_HOLIDAY_NAME,
  type Holiday,
  type HolidayState,
} from './holiday.ts';
export { localDate } from './local-date.ts';
export { localTime } from './local-time.ts';
export { comingDays, dateWithoutSpan, moveDays, type ComingDays } from './move-days.ts';
export { openDays } from './open-days.ts';
export { readHolidayFile } from './read-holiday-file.ts';
export { calendarDate, termsAt, termsOn, termsOver, zoneAt, type TermsChange } from './terms.ts';
export {
  promisedValueDate,
  remittanceDates,
  type RemittanceDates,
  type RemittanceWish,
} from './value-date.ts';
export { addWorkingDays, isWorkingDay, nextWorkingDay, subtractWorkingDays } from './working-day.ts';
