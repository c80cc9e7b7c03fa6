// What the demo agency shows of its books: one payment, or the latest with the sums.

import type { Books } from './books.ts';

export interface PaymentRecord {
  readonly paymentId: string;
  readonly billerCode: string;
  /** `undone`: it was reversed; `credit`: none of its bills could take the money, which is the payer's. */
  readonly state: 'booked' | 'credit' | 'undone';
  readonly revision: number;
  readonly reference: string | null;
  readonly receiptNumber: string | null;
  readonly channelCode: string | null;
  readonly businessDate: string | null;
  readonly amount: { readonly value: string; readonly currency: string } | null;
  readonly bills: readonly {
    readonly billNumber: string;
    readonly payerId: string | null;
    readonly amount: string;
    readonly state: 'booked' | 'credit' | 'undone';
  }[];
  readonly events: readonly { readonly eventId: string; readonly type: string; readonly revision: number }[];
  readonly bookedAt: string;
  readonly changedAt: string;
}

export interface Total {
  readonly billerCode: string;
  readonly currency: string;
  readonly payments: number;
  /** Of what is booked now. */
  readonly amount: string;
}

const RECORD = `
select json_build_object(
  'paymentId', p.payment_id, 'billerCode', p.biller, 'state', p.state, 'revision', p.revision,
  'reference', p.reference, 'receiptNumber', p.receipt_number, 'channelCode', p.channel,
  'businessDate', p.business_date,
  'amount', case when p.amount is not null
    then json_build_object('value', p.amount::text, 'currency', p.currency) end,
  'bills', (select coalesce(json_agg(json_build_object('billNumber', b.bill_number, 'payerId', b.payer_id,
      'amount', b.amount::text, 'state', b.state)
      order by b.bill_number), '[]') from booking b where b.payment_id = p.payment_id),
  'events', (select json_agg(json_build_object('eventId', e.event_id, 'type', e.type, 'revision', e.revision)
      order by e.received_at) from event e where e.payment_id = p.payment_id),
  'bookedAt', to_char(p.booked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'changedAt', to_char(p.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as record
  from payment p`;

const TOTALS = `
select biller as "billerCode", currency, count(distinct payment_id)::int as payments, sum(b.amount)::text as amount
  from booking b join payment using (payment_id)
 where b.state = 'booked' group by biller, currency order by biller, currency`;

export async function findPayment(books: Books, paymentId: string): Promise<PaymentRecord | undefined> {
  const { rows } = await books.inTransaction((client) =>
    client.query<{ record: PaymentRecord }>(`${RECORD} where p.payment_id = $1`, [paymentId]),
  );
  return rows[0]?.record;
}

/** The latest changes first. */
export async function latestPayments(
  books: Books,
  limit: number,
): Promise<{ totals: Total[]; payments: PaymentRecord[] }> {
  return books.inTransaction(async (client) => {
    const totals = await client.query<Total>(TOTALS);
    const payments = await client.query<{ record: PaymentRecord }>(
      `${RECORD} order by p.changed_at desc limit $1`,
      [limit],
    );
    return { totals: totals.rows, payments: payments.rows.map(({ record }) => record) };
  });
}
