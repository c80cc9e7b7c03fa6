// What asking has to know of bills and payments: whose a bill is, whether there is such a payment.

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

export async function isPayment(tx: Tx, billerId: number, paymentId: string): Promise<boolean> {
  const rows = await tx.query('select from payment where biller_id = $1 and payment_id = $2', [
    billerId,
    paymentId,
  ]);
  return rows.length === 1;
}
