// SQL of returns that wait for persons: what of the credit that a debit left is spent, and who was asked about it.

import type { Uuid } from '../../kernel/ids.ts';
import { textArray, type Tx } from '../../platform/db/index.ts';
import type { DebitRef } from '../debits/index.ts';

/** Persons decide about these first: the operator bears it, its agency rejected bills of it, a dispute gave it to the payer. */
export const STANDINGS = ['absorbed', 'rejected', 'refunded'] as const;
export type Standing = (typeof STANDINGS)[number];

const IS_REFUNDED = `exists (select from dispute d where d.biller_id = p.biller_id and d.payment_id = p.payment_id and d.outcome = 'refund-to-credit')`;

export interface PaidBy {
  readonly paymentId: Uuid;
  /** null: it is undone like every other. */
  readonly standing: Standing | null;
}

/** By which a debit paid, oldest first. */
export function paymentsOf(tx: Tx, { billerId, debitId }: DebitRef): Promise<PaidBy[]> {
  return tx.query<PaidBy>(
    `select p.payment_id as "paymentId",
            case when exists (select from absorbed_payment a where a.biller_id = p.biller_id and a.payment_id = p.payment_id) then 'absorbed'
                 when p.status = 'accepted' and exists (
                   select from rejected_bill r where r.biller_id = p.biller_id and r.payment_id = p.payment_id) then 'rejected'
                 when ${IS_REFUNDED} then 'refunded' end as standing
       from payment p
      where p.biller_id = $1 and p.payment_id in (
        select payment_id from debit_bill where biller_id = $1 and debit_id = $2 and payment_id is not null)
      order by p.payment_id`,
    [billerId, debitId],
  );
}

/** Of one that a dispute has given to the payer: who has how much of it, with its fee. */
export function refundedTo(
  tx: Tx,
  billerId: number,
  paymentId: Uuid,
): Promise<{ payerId: string; amountMinor: bigint }[]> {
  return tx.query(
    `select coalesce(l.payer_id, '') as "payerId", (sum(l.amount_minor) + sum(case l.line when 1 then p.fee_minor else 0 end))::bigint as "amountMinor"
       from payment p join payment_bill l using (biller_id, payment_id)
      where biller_id = $1 and payment_id = $2 group by 1 order by 1`,
    [billerId, paymentId],
  );
}

export interface Spent {
  /** '': nobody's, suspense. */
  readonly payerId: string;
  readonly minor: bigint;
  /** One of those that left it. */
  readonly paymentId: Uuid;
  /** The debit was collected onto the biller's own account, and its credit lay there. */
  readonly isWithBiller: boolean;
}

/**
 * Credit that payments of a debit left: they are credit themselves, their agency rejected bills of them, or a dispute gave
 * them to the payer, with the fee, which was handed over with the first bill.
 */
const LEFT = `
select coalesce(l.payer_id, '') as payer_id, p.currency, p.route = 'direct' as is_direct, l.amount_minor as minor, p.payment_id
  from paid join payment p using (biller_id, payment_id) join payment_bill l using (biller_id, payment_id)
 where p.status = 'credited'
union all
select r.payer_id, p.currency, p.route = 'direct', r.amount_minor, p.payment_id
  from paid join payment p using (biller_id, payment_id) join rejected_bill r using (biller_id, payment_id)
 where p.status = 'accepted'
union all
select coalesce(l.payer_id, ''), p.currency, false, l.amount_minor + case l.line when 1 then p.fee_minor else 0 end, p.payment_id
  from paid join payment p using (biller_id, payment_id) join payment_bill l using (biller_id, payment_id)
 where ${IS_REFUNDED}`;

const SPENT = `with paid as (
   select distinct biller_id, payment_id from debit_bill where biller_id = $1 and debit_id = $2 and payment_id is not null)
 select w.payer_id as "payerId", w.minor - a.minor as minor, w.payment_id as "paymentId", w.is_direct as "isWithBiller"
   from (select payer_id, currency, is_direct, sum(minor)::bigint as minor, min(payment_id::text)::uuid as payment_id
           from (${LEFT}) l group by 1, 2, 3) w
   left join credit c on c.biller_id = $1 and c.payer_id = w.payer_id and c.currency = w.currency
  cross join lateral (
    select coalesce(case when w.is_direct then c.direct_minor else c.available_minor - c.direct_minor end, 0) as minor) a
  where w.minor > a.minor
  order by w.payer_id`;

/** By payer. Locks nothing; exact once the credit of these payers is locked. */
export function spentOf(tx: Tx, { billerId, debitId }: DebitRef): Promise<Spent[]> {
  return tx.query<Spent>(SPENT, [billerId, debitId]);
}

/** Nobody spends any of it until this transaction has ended. */
export async function lockCredit(
  tx: Tx,
  billerId: number,
  currency: string,
  payerIds: readonly string[],
): Promise<void> {
  await tx.query(
    `select from credit where biller_id = $1 and currency = $2 and payer_id = any($3::text[])
      order by payer_id for no key update`,
    [billerId, currency, textArray(payerIds)],
  );
}

export interface AskedAbout {
  readonly approvalId: Uuid | null;
  /** How often. */
  readonly asked: number;
}

/** The word, locked; undefined: another worker is at it, or it is booked. */
export async function lockAskedWord(
  tx: Tx,
  { billerId, debitId }: DebitRef,
  wordId: Uuid,
): Promise<AskedAbout | undefined> {
  const [row] = await tx.query<AskedAbout>(
    `select approval_id as "approvalId", asked from debit_word
      where biller_id = $1 and debit_id = $2 and word_id = $3 and booked_at is null for update skip locked`,
    [billerId, debitId, wordId],
  );
  return row;
}

/** `isLate`: it has ended, and a day has passed. */
export async function requestOf(
  tx: Tx,
  billerId: number,
  approvalId: Uuid,
): Promise<
  | { readonly isOpen: boolean; readonly isLate: boolean; readonly minor: bigint; readonly content: object }
  | undefined
> {
  const [row] = await tx.query<{ isOpen: boolean; isLate: boolean; minor: bigint; content: object }>(
    `select decided_at is null as "isOpen", coalesce(decided_at < business_now() - interval '1 day', false) as "isLate",
            coalesce(amount_minor, 0) as minor, content
       from approval where biller_id = $1 and approval_id = $2`,
    [billerId, approvalId],
  );
  return row;
}

export async function noteAsked(
  tx: Tx,
  { billerId, debitId }: DebitRef,
  wordId: Uuid,
  approvalId: Uuid,
): Promise<void> {
  await tx.query(
    `update debit_word set approval_id = $4, asked = asked + 1 where biller_id = $1 and debit_id = $2 and word_id = $3`,
    [billerId, debitId, wordId, approvalId],
  );
}
