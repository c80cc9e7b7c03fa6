// Door of the disputes: what is said against payments by channels, payers and the operator himself, and what comes of it.

export { disputing } from './break-resolution.ts';
export { registerDisputeCommands } from './commands.ts';
export { DISPUTE_DECISION, disputeDecisionKind } from './decision-kind.ts';
export { disputeMetrics } from './metrics.ts';
export { disputeRoutes, type DisputeTools } from './routes.ts';
