// Door of the billers room.

export { addBiller } from './add-biller.ts';
export {
  linkSecretId,
  type AmountPolicy,
  type Biller,
  type BillerLink,
  type BudgetLine,
  type FeesSettled,
  type Funding,
  type Names,
  type PenaltyComponent,
  type Service,
  type Unit,
} from './biller.ts';
export {
  BillerSettingsSchema,
  NamesSchema,
  type BillerChange,
  type BillerSettings,
} from './biller-settings.ts';
export { registerCalendarCommands } from './calendar-commands.ts';
export { registerBillerCommands } from './commands.ts';
export { setBiller, type ChangedBiller } from './set-biller.ts';
export { setBudgetLines } from './set-budget-lines.ts';
export { setLink, type LinkWish } from './set-link.ts';
export { decideHoliday, setHolidays, type HolidayChange } from './set-holidays.ts';
export { setServices } from './set-services.ts';
export { setUnits } from './set-units.ts';
export { listBillers, showBiller, type ShownBiller } from './show-biller.ts';
export { loadBillers } from './store.ts';
export { openBusinessDays, openDaysAhead } from './open-business-days.ts';
export { calendarOf, zoneNow } from './store-calendar.ts';
export {
  budgetLinesOf,
  findBillerId,
  lockConfiguration,
  servicesOf,
  shareConfiguration,
  unitsOf,
} from './store-change.ts';
export { showCalendar, type CalendarDay } from './show-calendar.ts';
export type { CalendarOwner } from './store-holiday.ts';
