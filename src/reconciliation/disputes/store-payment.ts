// SQL of the payment that a dispute is about.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';

export interface DisputedPayment {
  biller_id: number;
  payment_id: Uuid;
  channel_id: number;
  status: 'accepted' | 'credited' | 'reversed';
  route: 'via-operator' | 'direct';
  currency: string;
  total_minor: bigint;
  /** Its money was given back at the operator's cost. */
  is_absorbed: boolean;
}

const PAYMENT = `select p.biller_id, p.payment_id, p.channel_id, p.status, p.route, p.currency, p.amount_minor + p.fee_minor as total_minor,
    exists (select 1 from absorbed_payment a where a.biller_id = p.biller_id and a.payment_id = p.payment_id) as is_absorbed
  from payment p`;

export async function findPayment(
  tx: Tx,
  billerId: number,
  paymentId: Uuid,
): Promise<DisputedPayment | undefined> {
  const [row] = await tx.query<DisputedPayment>(`${PAYMENT} where p.biller_id = $1 and p.payment_id = $2`, [
    billerId,
    paymentId,
  ]);
  return row;
}

/** By the channel's reference. */
export async function findPaymentOf(
  tx: Tx,
  channelId: number,
  reference: string,
): Promise<DisputedPayment | undefined> {
  const [row] = await tx.query<DisputedPayment>(
    `${PAYMENT} join payment_reference r on r.biller_id = p.biller_id and r.payment_id = p.payment_id
      where r.channel_id = $1 and r.reference = $2`,
    [channelId, reference],
  );
  return row;
}

/** By the number on the payer's receipt. */
export async function findPaymentByReceipt(
  tx: Tx,
  billerId: number,
  receiptNo: bigint,
): Promise<DisputedPayment | undefined> {
  const [row] = await tx.query<DisputedPayment>(`${PAYMENT} where p.biller_id = $1 and p.receipt_no = $2`, [
    billerId,
    receiptNo,
  ]);
  return row;
}
