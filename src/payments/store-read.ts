// Reading payments: by reference, by id, by business date, by receipt. Never locks. The answer of a payment is
// the payload of its first event, as text.

import type { BusinessDate } from '../kernel/business-date.ts';
import type { Tx } from '../platform/db/index.ts';

export interface RecordedPayment {
  biller_id: number;
  payment_id: string;
  channel_id: number;
  status: 'accepted' | 'credited' | 'reversed';
  answer: string;
  reversed_at: Date | null;
}

/** What follows `select`: columns and joins of a payment `p` with its answer. */
export const RECORDED = `p.biller_id, p.payment_id, p.channel_id, p.status, e.payload::text as answer, v.recorded_at as reversed_at
  from payment p
  join event e on e.biller_id = p.biller_id and e.event_id = p.payment_id
  left join reversal v on v.biller_id = p.biller_id and v.payment_id = p.payment_id`;

export async function findPayment(
  tx: Tx,
  billerId: number,
  paymentId: string,
): Promise<RecordedPayment | undefined> {
  const [row] = await tx.query<RecordedPayment>(
    `select ${RECORDED} where p.biller_id = $1 and p.payment_id = $2`,
    [billerId, paymentId],
  );
  return row;
}

export interface ReferenceRow {
  biller_id: number;
  payment_id: string | null;
  outcome: 'accepted' | 'credited' | 'refused' | 'cancelled';
  problem: unknown;
}

export async function findReference(
  tx: Tx,
  channelId: number,
  reference: string,
): Promise<ReferenceRow | undefined> {
  const [row] = await tx.query<ReferenceRow>(
    'select biller_id, payment_id, outcome, problem from payment_reference where channel_id = $1 and reference = $2',
    [channelId, reference],
  );
  return row;
}

export interface DayQuery {
  readonly billerIds: readonly number[];
  /** undefined: payments of every channel (the agency's own list). */
  readonly channelId: number | undefined;
  readonly businessDate: BusinessDate;
  readonly after: { billerId: number; paymentId: string } | undefined;
  readonly limit: number;
}

/** In order of biller and payment id, which is the order of acceptance. One biller at a time, each by its index. */
export function listDay(tx: Tx, query: DayQuery): Promise<RecordedPayment[]> {
  return tx.query<RecordedPayment>(
    `select paid.* from unnest($1::int[]) as b(biller_id) cross join lateral (
       select ${RECORDED}
        where p.biller_id = b.biller_id and p.business_date = $2 and ($3::int is null or p.channel_id = $3)
          and (b.biller_id, p.payment_id) > ($4, $5::uuid)
        order by p.payment_id limit $6) paid
      order by paid.biller_id, paid.payment_id limit $6`,
    [
      query.billerIds,
      query.businessDate,
      query.channelId ?? null,
      query.after?.billerId ?? 0,
      query.after?.paymentId ?? '00000000-0000-0000-0000-000000000000',
      query.limit,
    ],
  );
}

export interface ReceiptRow {
  status: 'accepted' | 'credited' | 'reversed';
  reversed_at: Date | null;
}

export async function findReceipt(
  tx: Tx,
  billerId: number,
  receiptNo: bigint,
): Promise<ReceiptRow | undefined> {
  const [row] = await tx.query<ReceiptRow>(
    `select p.status, v.recorded_at as reversed_at from payment p
       left join reversal v on v.biller_id = p.biller_id and v.payment_id = p.payment_id
      where p.biller_id = $1 and p.receipt_no = $2`,
    [billerId, receiptNo],
  );
  return row;
}
