// Door of the settlement room.

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
