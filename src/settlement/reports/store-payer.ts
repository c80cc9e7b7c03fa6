// SQL of a payer's statement: the payments of his bills, found by the bills themselves and by what their history says of
// payments that were taken back.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';

export interface PayerSpan {
  readonly billerId: number;
  readonly payerId: string;
  readonly from: BusinessDate;
  readonly to: BusinessDate;
}

export interface PaidLineRow {
  payment_id: Uuid;
  receipt_no: bigint;
  business_date: BusinessDate;
  accepted_at: Date;
  channel: string;
  method: string;
  bill_number: string;
  amount_minor: bigint;
  reversed_at: Date | null;
  reversal_date: BusinessDate | null;
  rejected_date: BusinessDate | null;
}

/** In order of acceptance. */
export function readPaidLines(tx: Tx, span: PayerSpan, limit: number): Promise<PaidLineRow[]> {
  return tx.query<PaidLineRow>(
    `with own as (
       select bill_number, payment_id from bill where biller_id = $1 and payer_id = $2
     ), paid as (
       select payment_id from own where payment_id is not null
       union
       select (h.content ->> 'payment_id')::uuid from own o
         join bill_history h on h.biller_id = $1 and h.bill_number = o.bill_number
        where h.content ->> 'payment_id' is not null
     )
     select p.payment_id, p.receipt_no, p.business_date, p.accepted_at, c.code as channel, p.method, b.bill_number,
            b.amount_minor, v.recorded_at as reversed_at, v.business_date as reversal_date, r.business_date as rejected_date
       from paid
       join payment p on p.biller_id = $1 and p.payment_id = paid.payment_id
       join payment_bill b on b.biller_id = $1 and b.payment_id = p.payment_id and b.payer_id = $2
       join channel c on c.channel_id = p.channel_id
       left join reversal v on v.biller_id = $1 and v.payment_id = p.payment_id
       left join rejected_bill x on x.biller_id = $1 and x.payment_id = p.payment_id and x.bill_number = b.bill_number
       left join rejection r on r.biller_id = $1 and r.rejection_id = x.rejection_id
      where p.business_date between $3 and $4
      order by p.payment_id, b.line limit $5`,
    [span.billerId, span.payerId, span.from, span.to, limit],
  );
}

export interface PayerRow {
  name: string;
  credit_minor: bigint;
  as_of: Date;
}

/** undefined: no bill names him. */
export async function findPayer(
  tx: Tx,
  { billerId, payerId }: PayerSpan,
  currency: string,
): Promise<PayerRow | undefined> {
  const [row] = await tx.query<PayerRow>(
    `select payer_name as name,
            coalesce((select available_minor from credit where biller_id = $1 and payer_id = $2 and currency = $3), 0) as credit_minor,
            business_now() as as_of
       from bill where biller_id = $1 and payer_id = $2 order by received_at desc limit 1`,
    [billerId, payerId, currency],
  );
  return row;
}
