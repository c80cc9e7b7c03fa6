// SQL of payments whose money was given back at the operator's cost.

import type { Tx } from '../platform/db/index.ts';

/** Certain while the payment is locked. */
export async function isAbsorbed(tx: Tx, billerId: number, paymentId: string): Promise<boolean> {
  const rows = await tx.query('select 1 from absorbed_payment where biller_id = $1 and payment_id = $2', [
    billerId,
    paymentId,
  ]);
  return rows.length > 0;
}

export async function insertAbsorbed(
  tx: Tx,
  row: { billerId: number; paymentId: string; journalId: string; recordedAt: Date },
): Promise<void> {
  await tx.query(
    'insert into absorbed_payment (biller_id, payment_id, journal_id, recorded_at) values ($1, $2, $3, $4)',
    [row.billerId, row.paymentId, row.journalId, row.recordedAt],
  );
}
