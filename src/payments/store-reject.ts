// SQL of rejections: what an agency could not book of a payment, and the break that the desk then has to look at.

import type { BusinessDate } from '../kernel/business-date.ts';
import { newId } from '../kernel/ids.ts';
import { plainArray, textArray, type Tx } from '../platform/db/index.ts';
import { eventParts } from '../platform/outbox/index.ts';

export interface RejectionRow {
  rejection_id: string;
  payment_id: string;
  reference: string;
  revision: number;
  currency: string;
  amount_minor: bigint;
  business_date: BusinessDate;
  recorded_at: Date;
}

export interface RejectedLine {
  bill_number: string;
  payer_id: string;
  amount_minor: bigint;
}

/** The rejection that bears this name of the agency's, with its bills. */
export async function findRejection(
  tx: Tx,
  billerId: number,
  reference: string,
): Promise<{ row: RejectionRow; bills: RejectedLine[] } | undefined> {
  const [row] = await tx.query<RejectionRow>(
    'select * from rejection where biller_id = $1 and reference = $2',
    [billerId, reference],
  );
  if (row === undefined) return undefined;
  const bills = await tx.query<RejectedLine>(
    `select bill_number, payer_id, amount_minor from rejected_bill
      where biller_id = $1 and payment_id = $2 and rejection_id = $3 order by bill_number`,
    [billerId, row.payment_id, row.rejection_id],
  );
  return { row, bills };
}

export interface RejectedSoFar {
  readonly numbers: ReadonlySet<string>;
  /** The latest; ids of what follows are higher. */
  readonly lastId: string | undefined;
  /** Of the next event of the payment, which was accepted and not reversed. */
  readonly nextRevision: number;
}

/** Bills of a payment that its agency rejected already. */
export async function readRejected(tx: Tx, billerId: number, paymentId: string): Promise<RejectedSoFar> {
  const rows = await tx.query<{ bill_number: string; rejection_id: string }>(
    'select bill_number, rejection_id from rejected_bill where biller_id = $1 and payment_id = $2 order by rejection_id',
    [billerId, paymentId],
  );
  return {
    numbers: new Set(rows.map((row) => row.bill_number)),
    lastId: rows.at(-1)?.rejection_id,
    nextRevision: 2 + new Set(rows.map((row) => row.rejection_id)).size,
  };
}

export interface NewRejection extends RejectionRow {
  readonly billerId: number;
  readonly bills: readonly (RejectedLine & { readonly breakId: string })[];
  readonly paidAt: string | null;
  /** The event's payload, JSON. */
  readonly told: string;
}

/** The rejection with its bills, a break for each, and the event. Throws SQLSTATE 23505 when the name was just taken. */
export async function recordRejection(tx: Tx, r: NewRejection): Promise<void> {
  await tx.query(
    `with rejected as (
       insert into rejection (biller_id, rejection_id, payment_id, reference, reason, revision, currency, amount_minor, business_date, recorded_at)
       values ($1, $2, $3, $4, 'paid-elsewhere', $5, $6, $7, $8, $9)
     ), bills as (
       select * from unnest($10::text[], $11::text[], $12::bigint[], $13::uuid[]) as b(bill_number, payer_id, amount_minor, break_id)
     ), lines as (
       insert into rejected_bill (biller_id, payment_id, bill_number, rejection_id, payer_id, amount_minor, paid_at)
       select $1, $3, bill_number, $2, payer_id, amount_minor, $14 from bills
     ), ${eventParts(`select $1::int, $2::uuid, 'payment.credited', $3::text, $5::int, $15::json, $9::timestamptz`)}
     insert into break (biller_id, break_id, key, kind, payment_id, bill_number, currency, amount_minor, state, opened_at)
     select $1, break_id, format('paid-elsewhere:%s:%s', $3::uuid, bill_number), 'paid-elsewhere', $3, bill_number, $6, amount_minor, 'open', $9
       from bills`,
    [
      r.billerId,
      r.rejection_id,
      r.payment_id,
      r.reference,
      r.revision,
      r.currency,
      r.amount_minor,
      r.business_date,
      r.recorded_at,
      textArray(r.bills, (b) => b.bill_number),
      textArray(r.bills, (b) => b.payer_id),
      plainArray(r.bills, (b) => b.amount_minor),
      plainArray(r.bills, (b) => b.breakId),
      r.paidAt,
      r.told,
    ],
  );
}

/** What was told of its bills is over: their money is the agency's again. Open breaks become `gone`. Locks them. */
export async function endRejectedBreaks(
  tx: Tx,
  billerId: number,
  paymentId: string,
  at: Date,
): Promise<void> {
  const ended = await tx.query<{ break_id: string }>(
    `update break set state = 'gone', ended_at = $3
      where biller_id = $1 and payment_id = $2 and kind = 'paid-elsewhere' and state = 'open' returning break_id`,
    [billerId, paymentId, at],
  );
  await tx.query(
    `insert into break_step (biller_id, break_id, step_id, action, recorded_at)
     select $1, s.*, 'gone', $4 from unnest($2::uuid[], $3::uuid[]) as s`,
    [
      billerId,
      plainArray(ended, (row) => row.break_id),
      plainArray(ended, () => newId(at.getTime(), billerId)),
      at,
    ],
  );
}

/** By payer, what its agency rejected of a payment. */
export function rejectedByPayer(
  tx: Tx,
  billerId: number,
  paymentId: string,
): Promise<{ payerId: string; amountMinor: bigint }[]> {
  return tx.query(
    `select payer_id as "payerId", sum(amount_minor)::bigint as "amountMinor" from rejected_bill
      where biller_id = $1 and payment_id = $2 group by 1 order by 1`,
    [billerId, paymentId],
  );
}
