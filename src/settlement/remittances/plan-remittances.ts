// Plans how the net of a batch reaches the agency, in the transaction that writes the batch.

import { newId } from '../../kernel/ids.ts';
import { accountOf, type Entries } from '../../ledger/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Batch, Remittance, Split } from '../batch.ts';

/** Its journals (kind `close`, in the batch's own business date) go to `entries`. */
export async function planRemittances(
  _tx: Tx,
  batch: Batch,
  _splits: readonly Split[],
  entries: Entries,
): Promise<Remittance[]> {
  const { billerId, businessDate, currency, recordedAt, remittedMinor } = batch;
  if (remittedMinor === 0n) return [];
  const journalId = newId(recordedAt.getTime(), billerId);
  entries.add(
    {
      billerId,
      journalId,
      kind: 'close',
      paymentId: null,
      businessDate,
      recordedAt: recordedAt.toISOString(),
    },
    [
      { account: accountOf('biller/payable', 0, currency), amountMinor: remittedMinor },
      { account: accountOf('biller/in-transit', 0, currency), amountMinor: -remittedMinor },
    ],
  );
  return [];
}
