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
