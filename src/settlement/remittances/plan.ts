// Plans how the net of a batch reaches the agency, in the transaction that writes the batch.

import type { Tx } from '../../platform/db/index.ts';
import type { Batch, Remittance, Split } from '../batch.ts';

/** One remittance per account; together they are `batch.remittedMinor`. */
export async function planRemittances(
  _tx: Tx,
  _batch: Batch,
  _splits: readonly Split[],
): Promise<readonly Remittance[]> {
  return [];
}
