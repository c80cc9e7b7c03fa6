// SQL of returns that wait for persons: what of the credit that a debit left is spent, and who was asked about it.

import type { Uuid } from '../../kernel/ids.ts';
import { textArray, type Tx } from '../../platform/db/index.ts';
import type { DebitRef } from '../debits/index.ts';

export interface Spent {
  /** '': nobody's, suspense. */
  readonly payerId: string;
  readonly minor: bigint;
  /** One of those that left it. */
  readonly paymentId: Uuid;
  /** The debit was collected onto the biller's own account, and its credit lay there. */
  readonly isWithBiller: boolean;
}

const SPENT = `select w.payer_id as "payerId", w.minor - a.minor as minor, w.payment_id as "paymentId", w.is_direct as "isWithBiller"
   from (select coalesce(l.payer_id, '') as payer_id, p.currency, p.route = 'direct' as is_direct, sum(l.amount_minor)::bigint as minor,
                min(p.payment_id::text)::uuid as payment_id
           from (select distinct payment_id from debit_bill where biller_id = $1 and debit_id = $2 and payment_id is not null) d
           join payment p on p.biller_id = $1 and p.payment_id = d.payment_id and p.status = 'credited'
           join payment_bill l on l.biller_id = $1 and l.payment_id = p.payment_id
          group by 1, 2, 3) w
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
): Promise<{ readonly isOpen: boolean; readonly isLate: boolean; readonly minor: bigint } | undefined> {
  const [row] = await tx.query<{ isOpen: boolean; isLate: boolean; minor: bigint }>(
    `select decided_at is null as "isOpen", coalesce(decided_at < business_now() - interval '1 day', false) as "isLate",
            amount_minor as minor
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
