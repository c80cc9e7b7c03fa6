// Door of the payments room.

export { Lane, type LaneOptions } from './lane.ts';
export { payMetrics, type PayMetrics } from './metrics.ts';
export { takeOutcome, type ConfirmedEvent, type TakenOutcome } from './take-outcome.ts';
export { pay, type PayAnswer, type PayTools } from './pay.ts';
export { receiptRoutes } from './pages.ts';
export { reverse, type ReverseTools } from './reverse.ts';
export { paymentRoutes, type PaymentTools } from './routes.ts';
export { BALANCE_LANES, undoTools } from './undo-tools.ts';
export { MOST_BILLS, type PaymentBody } from './schema.ts';
