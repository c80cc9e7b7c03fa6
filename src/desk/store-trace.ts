// SQL of the trace: finds what a person typed and reads the whole life of it. Every look-up goes by a key; reads
// only, locks nothing.

import type { BusinessDate } from '../kernel/business-date.ts';
import { textArray, type Tx } from '../platform/db/index.ts';

export interface PaymentKey {
  biller_id: number;
  payment_id: string;
}

/** Under a payment's receipt number: one, or by a chance of 2⁻⁶⁰ two. */
export function findByReceipt(tx: Tx, billerId: number, receiptNo: bigint): Promise<PaymentKey[]> {
  return tx.query('select biller_id, payment_id from payment where biller_id = $1 and receipt_no = $2', [
    billerId,
    receiptNo,
  ]);
}

export interface ReferenceRow {
  channel_id: number;
  reference: string;
  biller_id: number;
  payment_id: string | null;
  outcome: 'accepted' | 'credited' | 'refused' | 'cancelled';
  fingerprint: string;
  problem: Record<string, unknown> | null;
  recorded_at: Date;
}

export function findReferences(
  tx: Tx,
  channelIds: readonly number[],
  reference: string,
): Promise<ReferenceRow[]> {
  return tx.query(
    'select * from payment_reference where channel_id = any($1) and reference = $2 order by channel_id',
    [channelIds, reference],
  );
}

/** Payments that were reversed under this reference. */
export function findReversed(
  tx: Tx,
  channelIds: readonly number[],
  reference: string,
): Promise<PaymentKey[]> {
  return tx.query(
    'select biller_id, payment_id from reversal_reference where channel_id = any($1) and reference = $2',
    [channelIds, reference],
  );
}

/**
 * Payments that took a bill, oldest first: the one that holds it, those that were reversed, and money that it could
 * not take and that became credit. The last are read from the payments made since the bill first came.
 */
export function paymentsOfBill(tx: Tx, billerId: number, billNumber: string): Promise<PaymentKey[]> {
  return tx.query(
    `with standing as (select payment_id, received_at from bill where biller_id = $1 and bill_number = $2),
          past as (select content, recorded_at from bill_history where biller_id = $1 and bill_number = $2),
          first_seen as (select min(at) as at from (select received_at as at from standing
                          union all select (content ->> 'received_at')::timestamptz from past) s)
     select distinct $1::int as biller_id, payment_id from (
       select payment_id from standing
       union all
       select (content ->> 'payment_id')::uuid from past
       union all
       select l.payment_id from payment_bill l
        where l.biller_id = $1 and l.bill_number = $2 and l.refusal is not null
          and l.payment_id >= (lpad(to_hex(floor(extract(epoch from (select at from first_seen)) * 1000)::bigint), 12, '0')
                               || repeat('0', 20))::uuid) p
      where payment_id is not null order by payment_id`,
    [billerId, billNumber],
  );
}

export interface PaymentRow extends PaymentKey {
  channel_id: number;
  reference: string;
  status: 'accepted' | 'credited' | 'reversed';
  receipt_no: bigint;
  method: string;
  route: string;
  currency: string;
  amount_minor: bigint;
  fee_minor: bigint;
  biller_fee_minor: bigint;
  tax_minor: bigint;
  commission_minor: bigint;
  business_date: BusinessDate;
  occurred_at: Date;
  accepted_at: Date;
  reversible_until: Date;
  sealed_at: Date | null;
  details: {
    outlet?: object;
    instrument?: object;
    payer?: { name?: string; mobile?: string; email?: string; language?: string };
    agencySaidAt?: string;
  } | null;
}

export async function readPayment(tx: Tx, key: PaymentKey): Promise<PaymentRow | undefined> {
  const [row] = await tx.query<PaymentRow>(
    `select p.*, d.sealed_at from payment p
       left join business_day d on d.biller_id = p.biller_id and d.business_date = p.business_date
      where p.biller_id = $1 and p.payment_id = $2`,
    [key.biller_id, key.payment_id],
  );
  return row;
}

export interface LineRow {
  bill_number: string;
  bill_revision: number;
  payer_id: string | null;
  amount_minor: bigint;
  due_minor: bigint | null;
  penalty_minor: bigint;
  refusal: string | null;
}

export function readLines(tx: Tx, key: PaymentKey): Promise<LineRow[]> {
  return tx.query('select * from payment_bill where biller_id = $1 and payment_id = $2 order by line', [
    key.biller_id,
    key.payment_id,
  ]);
}

export interface ReversalRow {
  reversal_id: string;
  channel_id: number;
  reference: string;
  reason: string;
  kind: 'reversal' | 'adjustment';
  business_date: BusinessDate;
  recorded_at: Date;
}

export async function readReversal(tx: Tx, key: PaymentKey): Promise<ReversalRow | undefined> {
  const [row] = await tx.query<ReversalRow>(
    'select * from reversal where biller_id = $1 and payment_id = $2',
    [key.biller_id, key.payment_id],
  );
  return row;
}

export interface RejectionRow {
  rejection_id: string;
  reference: string;
  reason: string;
  amount_minor: bigint;
  business_date: BusinessDate;
  recorded_at: Date;
  bills: { billNumber: string; paidAt: string | null; breakId: string; state: string }[];
}

/** What the agency could not book of a payment, each with the breaks that it opened. */
export function readRejections(tx: Tx, key: PaymentKey): Promise<RejectionRow[]> {
  return tx.query(
    `select r.rejection_id, r.reference, r.reason, r.amount_minor, r.business_date, r.recorded_at,
            (select json_agg(json_build_object('billNumber', b.bill_number, 'paidAt', b.paid_at, 'breakId', k.break_id, 'state', k.state)
                             order by b.bill_number)
               from rejected_bill b left join break k on k.biller_id = b.biller_id and k.payment_id = b.payment_id and k.bill_number = b.bill_number
              where b.biller_id = r.biller_id and b.payment_id = r.payment_id and b.rejection_id = r.rejection_id) as bills
       from rejection r where r.biller_id = $1 and r.payment_id = $2 order by r.rejection_id`,
    [key.biller_id, key.payment_id],
  );
}

export interface PostingRow {
  journal_id: string;
  kind: string;
  business_date: BusinessDate;
  recorded_at: Date;
  code: string;
  channel_id: number;
  currency: string;
  amount_minor: bigint;
}

/** The journals of these ids with their postings, in the order in which they were recorded. */
export function readPostings(tx: Tx, billerId: number, journalIds: readonly string[]): Promise<PostingRow[]> {
  return tx.query(
    `select j.journal_id, j.kind, j.business_date, j.recorded_at, a.code, a.channel_id, a.currency, p.amount_minor
       from journal j join posting p on p.biller_id = j.biller_id and p.journal_id = j.journal_id
       join account a on a.biller_id = p.biller_id and a.account_no = p.account_no
      where j.biller_id = $1 and j.journal_id = any($2::uuid[]) order by j.recorded_at, j.journal_id, p.line`,
    [billerId, textArray(journalIds)],
  );
}

export interface EventRow {
  event_id: string;
  type: string;
  revision: number;
  recorded_at: Date;
}

export function readEvents(tx: Tx, billerId: number, eventIds: readonly string[]): Promise<EventRow[]> {
  return tx.query(
    `select event_id, type, revision, recorded_at from event
      where biller_id = $1 and event_id = any($2::uuid[]) order by revision`,
    [billerId, textArray(eventIds)],
  );
}
