// Door of the settlement room.

export { registerAdjustmentCommands } from './adjust-commands.ts';
export { adjustKind, type AdjustTools } from './adjust-kind.ts';
export {
  DIMENSIONS,
  REMITTANCE_STATES,
  type Batch,
  type BatchFacts,
  type Dimension,
  type Remittance,
  type RemittanceState,
  type Split,
  type Sums,
} from './batch.ts';
export { closeDay, type Closed, type CloseWish } from './close-day.ts';
export { findBatch, readBatch, readSplits } from './store-batch.ts';
export { reportedBiller } from './reported-biller.ts';
export { previewDay, type Preview } from './preview-day.ts';
export { settlementRoutes, type SettlementTools } from './routes.ts';
export { verify, type Verdict, type VerifyWish } from './verify.ts';
export { registerSettlementCommands } from './commands.ts';
export { openCloseQueue, closeSweep, workOnCloses, type CloseJobParts, type CloseQueue } from './jobs.ts';
export { closeMetrics } from './metrics.ts';
