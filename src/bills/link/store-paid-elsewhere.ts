// SQL by which a bill leaves the payment that the agency could not book: it had been paid elsewhere, and is owed no
// longer. What paid it stays in its history.

import { plainArray, textArray, type Tx } from '../../platform/db/index.ts';

export interface PaidElsewhere {
  readonly billerId: number;
  readonly paymentId: string;
  readonly bills: readonly { readonly billNumber: string; readonly historyId: string }[];
  /** The agency's name for it. */
  readonly reference: string;
  readonly paidAt: string | null;
  /** RFC 3339. */
  readonly at: string;
}

/** The bills are locked by this transaction. Returns how many of them the payment held. */
export async function closePaidElsewhere(tx: Tx, of: PaidElsewhere): Promise<number> {
  const rows = await tx.query(
    `with wanted as (select * from unnest($3::text[], $4::uuid[]) as w(bill_number, history_id)),
     kept as (
       insert into bill_history (biller_id, bill_number, history_id, reason, content, recorded_at)
       select b.biller_id, b.bill_number, w.history_id, 'cancelled',
              to_jsonb(b) - '{biller_id,bill_number}'::text[]
                || jsonb_build_object('note', jsonb_build_object('reference', $5::text, 'reason', 'paid elsewhere, says the agency')), $7
         from wanted w join bill b on b.biller_id = $1 and b.bill_number = w.bill_number and b.payment_id = $2
     ), noted as (
       insert into bill_snapshot (biller_id, bill_number, asked_at, said, paid_at)
       select $1, bill_number, $7, 'paid', $6 from wanted
       on conflict (biller_id, bill_number) do update
          set asked_at = greatest(bill_snapshot.asked_at, excluded.asked_at), said = 'paid', paid_at = excluded.paid_at
     )
     update bill set status = 'cancelled', payment_id = null from wanted w
      where bill.biller_id = $1 and bill.bill_number = w.bill_number and bill.payment_id = $2
     returning 1`,
    [
      of.billerId,
      of.paymentId,
      textArray(of.bills, (bill) => bill.billNumber),
      plainArray(of.bills, (bill) => bill.historyId),
      of.reference,
      of.paidAt,
      of.at,
    ],
  );
  return rows.length;
}
