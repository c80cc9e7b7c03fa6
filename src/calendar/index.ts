// Door of the calendar: time zone, cut-off, weekend and holidays → business dates, working days, day rows.

export type { BillerCalendar, WorkingWeek } from './biller-calendar.ts';
export { businessDateAt } from './business-date-at.ts';
export { cutOffInstant } from './cut-off.ts';
export { localDate } from './local-date.ts';
export { openDays } from './open-days.ts';
export { addWorkingDays, isWorkingDay, nextWorkingDay } from './working-day.ts';
