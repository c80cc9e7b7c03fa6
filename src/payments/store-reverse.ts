// SQL of reversals and burnt references.

import type { BusinessDate } from '../kernel/business-date.ts';
import type { Tx } from '../platform/db/index.ts';
import { eventParts } from '../platform/outbox/index.ts';
import type { AccountKind } from '../ledger/index.ts';

export interface ReversiblePayment {
  channel_id: number;
  reference: string;
  status: 'accepted' | 'credited' | 'reversed';
  route: 'via-operator' | 'direct';
  currency: string;
  amount_minor: bigint;
  fee_minor: bigint;
  business_date: BusinessDate;
  reversible_until: Date;
  receipt_no: bigint;
}

export interface OwnerRow {
  channel_id: number;
  status: ReversiblePayment['status'];
  route: ReversiblePayment['route'];
  currency: string;
  amount_minor: bigint;
  fee_minor: bigint;
}

/** Locks nothing: what a payment is never changes but for its status. */
export async function readOwner(tx: Tx, billerId: number, paymentId: string): Promise<OwnerRow | undefined> {
  const [row] = await tx.query<OwnerRow>(
    `select channel_id, status, route, currency, amount_minor, fee_minor from payment
      where biller_id = $1 and payment_id = $2`,
    [billerId, paymentId],
  );
  return row;
}

/** Locks the payment; its bills are locked already (bill, payment, business day: the global order). */
export async function lockPayment(
  tx: Tx,
  billerId: number,
  paymentId: string,
): Promise<ReversiblePayment | undefined> {
  const [row] = await tx.query<ReversiblePayment>(
    `select p.channel_id, p.reference, p.status, p.route, p.currency, p.amount_minor, p.fee_minor, p.business_date, p.reversible_until, p.receipt_no
       from payment p where p.biller_id = $1 and p.payment_id = $2 for update of p`,
    [billerId, paymentId],
  );
  return row;
}

/** Share-locks the day that a payment is dated in, so that it is not sealed while the answer counts. */
export async function isDaySealed(tx: Tx, billerId: number, businessDate: BusinessDate): Promise<boolean> {
  const [row] = await tx.query<{ sealed: boolean }>(
    'select sealed_at is not null as sealed from business_day where biller_id = $1 and business_date = $2 for share',
    [billerId, businessDate],
  );
  return row?.sealed ?? false;
}

export interface PaidLine {
  bill_number: string;
  payer_id: string | null;
  amount_minor: bigint;
}

/** The lines never change, so they are read before anything is locked. */
export function readLines(tx: Tx, billerId: number, paymentId: string): Promise<PaidLine[]> {
  return tx.query<PaidLine>(
    'select bill_number, payer_id, amount_minor from payment_bill where biller_id = $1 and payment_id = $2 order by line',
    [billerId, paymentId],
  );
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

export async function findReversal(
  tx: Tx,
  billerId: number,
  paymentId: string,
): Promise<ReversalRow | undefined> {
  const [row] = await tx.query<ReversalRow>(
    'select * from reversal where biller_id = $1 and payment_id = $2',
    [billerId, paymentId],
  );
  return row;
}

/** Which payment a reversal's reference belongs to, if any. */
export async function findReversalReference(
  tx: Tx,
  channelId: number,
  reference: string,
): Promise<string | undefined> {
  const [row] = await tx.query<{ payment_id: string }>(
    'select payment_id from reversal_reference where channel_id = $1 and reference = $2',
    [channelId, reference],
  );
  return row?.payment_id;
}

export interface NewReversal {
  readonly billerId: number;
  readonly paymentId: string;
  readonly reversalId: string;
  readonly channelId: number;
  readonly reference: string;
  readonly reason: string;
  readonly kind: 'reversal' | 'adjustment';
  readonly businessDate: BusinessDate;
  readonly recordedAt: string;
  /** The channel named this reversal itself; a cancellation goes by the payment's reference and takes none. */
  readonly hasOwnReference: boolean;
  /** Of its event, among those of the payment. */
  readonly revision: number;
  /** The data of its event, JSON. */
  readonly told: string;
}

/** The payment is marked, the reversal and its event written. */
export async function recordReversal(tx: Tx, r: NewReversal): Promise<void> {
  await tx.query(
    `with marked as (
       update payment set status = 'reversed' where biller_id = $1 and payment_id = $2
     ), taken as (
       insert into reversal_reference (channel_id, reference, biller_id, payment_id) select $4, $5, $1, $2 where $11
     ), reversed as (
       insert into reversal (biller_id, payment_id, reversal_id, channel_id, reference, reason, kind, business_date, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ), ${eventParts(`select $1::int, $3::uuid, 'payment.reversed', $2::text, $12::int, $10::json, $9::timestamptz`)}
     select`,
    [
      r.billerId,
      r.paymentId,
      r.reversalId,
      r.channelId,
      r.reference,
      r.reason,
      r.kind,
      r.businessDate,
      r.recordedAt,
      r.told,
      r.hasOwnReference,
      r.revision,
    ],
  );
}

/** The bills are open again; that they were paid and by what stays in their history. Returns how many. */
export async function reopenBills(
  tx: Tx,
  billerId: number,
  paymentId: string,
  billNumbers: readonly string[],
  at: string,
): Promise<number> {
  const rows = await tx.query(
    `with kept as (
       insert into bill_history (biller_id, bill_number, history_id, reason, content, recorded_at)
       select b.biller_id, b.bill_number, $2, 'reversed', to_jsonb(b) - 'content_hash', $4
         from bill b where b.biller_id = $1 and b.bill_number = any($3::text[]) and b.payment_id = $2
     )
     update bill set status = 'open', payment_id = null
      where biller_id = $1 and bill_number = any($3::text[]) and payment_id = $2
     returning 1`,
    [billerId, paymentId, billNumbers, at],
  );
  return rows.length;
}

export interface OriginalPosting {
  code: AccountKind;
  channel_id: number;
  currency: string;
  amount_minor: bigint;
}

export function readPostings(tx: Tx, billerId: number, journalId: string): Promise<OriginalPosting[]> {
  return tx.query<OriginalPosting>(
    `select a.code, a.channel_id, a.currency, p.amount_minor
       from posting p join account a using (biller_id, account_no)
      where p.biller_id = $1 and p.journal_id = $2 order by p.line`,
    [billerId, journalId],
  );
}

/** False when the reference has been taken meanwhile; waits for a payment that is writing it. */
export async function burnReference(tx: Tx, channelId: number, reference: string): Promise<boolean> {
  const rows = await tx.query(
    `insert into payment_reference (channel_id, reference, biller_id, payment_id, outcome, fingerprint, problem, recorded_at)
     values ($1, $2, 0, null, 'cancelled', '', null, business_now())
     on conflict do nothing returning 1`,
    [channelId, reference],
  );
  return rows.length > 0;
}
