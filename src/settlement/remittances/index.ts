// Door of the remittances: planned with their batch, released, approved, ended, tried again.

export { remittanceApprovals } from './approval-kinds.ts';
export { registerRemittanceCommands } from './commands.ts';
export {
  confirmRemittance,
  endLocked,
  endRemittance,
  endRemittances,
  LANE,
  returnRemittance,
  type Ended,
  type Ending,
} from './end-remittance.ts';
export { remittanceMetrics } from './metrics.ts';
export { asked, datesOf, planRemittances, REMITTANCE } from './plan-remittances.ts';
export { releaseHeld, settle } from './release.ts';
export { remittanceRoutes } from './routes.ts';
export { askAgain, retryRemittance } from './retry.ts';
export { LIVE, moveOf, MOVES, type Move } from './states.ts';
export { businessNow, lockOpenDay, lockOpenDays, type OpenDay } from './store-day.ts';
export { insertEvents, tellFacts } from './store-event.ts';
export {
  insertSteps,
  lockRemittance,
  readRemittance,
  remittancesOf,
  toRemittance,
  updateRemittance,
  type RemittanceRow,
} from './store-remittance.ts';
export { readTerms, type Terms } from './store-terms.ts';
export { eventOf } from './tell.ts';
