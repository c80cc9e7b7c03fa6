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
