// SQL by which a resolution looks at payments, references and payers. Locks nothing: what it rests on is looked at again
// under the payment's own locks.

import { billerOf, type Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';

export async function statusOfPayment(tx: Tx, paymentId: Uuid): Promise<string | undefined> {
  const [row] = await tx.query<{ status: string }>(
    'select status from payment where biller_id = $1 and payment_id = $2',
    [billerOf(paymentId), paymentId],
  );
  return row?.status;
}

export interface StandingReference {
  outcome: 'accepted' | 'credited' | 'refused' | 'cancelled';
  is_reversed: boolean;
}

/** What stands under a channel's reference; undefined: nothing. */
export async function findReference(
  tx: Tx,
  channelId: number,
  reference: string,
): Promise<StandingReference | undefined> {
  const [row] = await tx.query<StandingReference>(
    `select r.outcome, coalesce(p.status = 'reversed', false) as is_reversed
       from payment_reference r left join payment p on p.biller_id = r.biller_id and p.payment_id = r.payment_id
      where r.channel_id = $1 and r.reference = $2`,
    [channelId, reference],
  );
  return row;
}

export function linesOfPayment(
  tx: Tx,
  paymentId: Uuid,
): Promise<{ bill_number: string; amount_minor: bigint }[]> {
  return tx.query(
    `select bill_number, amount_minor from payment_bill where biller_id = $1 and payment_id = $2 order by line`,
    [billerOf(paymentId), paymentId],
  );
}

export async function isPayer(tx: Tx, billerId: number, payerId: string): Promise<boolean> {
  const rows = await tx.query('select from bill where biller_id = $1 and payer_id = $2 limit 1', [
    billerId,
    payerId,
  ]);
  return rows.length === 1;
}
