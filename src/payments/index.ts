// Door of the payments room.

export { Lane, type LaneOptions } from './lane.ts';
export { payMetrics, type PayMetrics } from './metrics.ts';
export { takeOutcome, type ConfirmedEvent, type TakenOutcome } from './take-outcome.ts';
export { pay, type PayAnswer, type PayTools } from './pay.ts';
export { absorbed, lockToAbsorb } from './absorb.ts';
export { lockBook, type OpenDate } from './open-day.ts';
export { payByDecision, type DecidedPayment } from './pay-by-decision.ts';
export { receiptRoutes } from './pages.ts';
export { reverse, type ReverseTools, type UndoTools } from './reverse.ts';
export { paymentRoutes, type PaymentTools } from './routes.ts';
export { undoByDecision, type Undone } from './undo-by-decision.ts';
export { BALANCE_LANES, undoTools } from './undo-tools.ts';
export type { PaymentCommand } from './command.ts';
export type { Decision } from './decide.ts';
export { fingerprintOf } from './fingerprint.ts';
export { NoOpenDay } from './no-open-day.ts';
export { StaleDirectory } from './commit-group.ts';
export { checkOwnChannel, saidBy, Till } from './till.ts';
export { MOST_BILLS, type PaymentBody } from './schema.ts';
