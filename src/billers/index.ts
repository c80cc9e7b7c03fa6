// Door of the billers room.

export { addBiller } from './add-biller.ts';
export {
  linkSecretId,
  type AmountPolicy,
  type Biller,
  type BillerLink,
  type FeesSettled,
  type Holiday,
  type Names,
  type PenaltyComponent,
  type Service,
  type Unit,
} from './biller.ts';
export { NamesSchema, type BillerChange, type BillerSettings } from './biller-settings.ts';
export { registerBillerCommands } from './commands.ts';
export { setBiller } from './set-biller.ts';
export { setLink, type LinkWish } from './set-link.ts';
export { setHolidays } from './set-holidays.ts';
export { setServices } from './set-services.ts';
export { setUnits } from './set-units.ts';
export { listBillers, showBiller } from './show-biller.ts';
export { loadBillers } from './store.ts';
export { openBusinessDays } from './open-business-days.ts';
export { findBillerId, lockConfiguration } from './store-change.ts';
