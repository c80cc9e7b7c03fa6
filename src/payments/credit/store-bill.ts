// Whose a bill is, as far as asking has to know.

import type { Tx } from '../../platform/db/index.ts';

export async function findPayerOfBill(
  tx: Tx,
  billerId: number,
  billNumber: string,
): Promise<string | undefined> {
  const [row] = await tx.query<{ payer_id: string }>(
    'select payer_id from bill where biller_id = $1 and bill_number = $2',
    [billerId, billNumber],
  );
  return row?.payer_id;
}
