// SQL of what channels owe: read from the ledger once a date is closed, and never again. Payments, the mass, come in runs
// by key; what else touched a receivable is found by its kind. The operator's book is never closed: what is decided there
// is added with its journal.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { OPERATOR } from '../../ledger/index.ts';
import type { Tx } from '../../platform/db/index.ts';

export interface DueKey {
  readonly billerId: number;
  readonly businessDate: BusinessDate;
}

/** The oldest closed date whose dues are not written; undefined: there is none. */
export async function nextDate(tx: Tx, billerId: number): Promise<BusinessDate | undefined> {
  const [row] = await tx.query<{ date: BusinessDate | null }>(
    `select min(s.business_date) as date from settlement_batch s
      where s.biller_id = $1 and s.business_date > coalesce(
              (select t.business_date from channel_due_through t where t.biller_id = $1), '-infinity')`,
    [billerId],
  );
  return row?.date ?? undefined;
}

export interface CollectedRow {
  channelId: number;
  currency: string;
  minor: bigint;
}

/** What the payments of a date after `after` put on receivables, `most` payments at a time; `through` null: no more. */
export async function readCollected(
  tx: Tx,
  { billerId, businessDate }: DueKey,
  after: Uuid,
  most: number,
): Promise<{ through: Uuid | null; rows: CollectedRow[] }> {
  const [row] = await tx.query<{
    through: Uuid | null;
    rows: { channelId: number; currency: string; minor: string }[] | null;
  }>(
    `with paid as materialized (
       select payment_id from payment where biller_id = $1 and business_date = $2 and payment_id > $3
        order by payment_id limit $4
     ), receivable as (
       select a.channel_id, a.currency, sum(o.amount_minor) as minor
         from paid
         join posting o on o.biller_id = $1 and o.journal_id = paid.payment_id
         join account a on a.biller_id = $1 and a.account_no = o.account_no and a.code = 'channel/receivable'
        group by 1, 2
     )
     select (select max(payment_id::text) from paid)::uuid as through,
            (select json_agg(json_build_object('channelId', channel_id, 'currency', currency, 'minor', minor::text))
               from receivable) as rows`,
    [billerId, businessDate, after, most],
  );
  const rows = (row?.rows ?? []).map((each) => ({ ...each, minor: BigInt(each.minor) }));
  return { through: row?.through ?? null, rows };
}

/** Kinds that may touch a receivable beside payments and the channel's transfers. */
const OTHER_KINDS = [
  'reversal',
  'adjustment',
  'rejection',
  'top-up',
  'credit-applied',
  'credit-remitted',
  'credit-refunded',
  'correction',
  'bank-charge',
  'suspense',
  'direct-proven',
  'deposit',
  'resolution',
  'dispute',
  'debit-return',
];

export interface TakenBackRow {
  channel_id: number;
  currency: string;
  reversed_minor: bigint;
  adjusted_minor: bigint;
}

export function readTakenBack(tx: Tx, { billerId, businessDate }: DueKey): Promise<TakenBackRow[]> {
  return tx.query<TakenBackRow>(
    `select a.channel_id, a.currency,
            coalesce(sum(o.amount_minor) filter (where j.kind = 'reversal'), 0)::bigint as reversed_minor,
            coalesce(sum(o.amount_minor) filter (where j.kind <> 'reversal'), 0)::bigint as adjusted_minor
       from journal j
       join posting o on o.biller_id = $1 and o.journal_id = j.journal_id
       join account a on a.biller_id = $1 and a.account_no = o.account_no and a.code = 'channel/receivable'
      where j.biller_id = $1 and j.business_date = $2 and j.kind = any($3::text[])
      group by 1, 2`,
    [billerId, businessDate, `{${OTHER_KINDS.join(',')}}`],
  );
}

/** How a channel owes: after how many working days; the operator's own channels, which go back to zero, are `deposit`. */
export async function readOwing(tx: Tx): Promise<Map<number, { days: number; isOwn: boolean }>> {
  const rows = await tx.query<{ channel_id: number; owed_after_days: number; kind: string }>(
    'select channel_id, owed_after_days, kind from channel',
  );
  return new Map(
    rows.map((row) => [row.channel_id, { days: row.owed_after_days, isOwn: row.kind === 'deposit' }]),
  );
}

export interface NewDue {
  readonly channelId: number;
  readonly currency: string;
  readonly collectedMinor: bigint;
  readonly reversedMinor: bigint;
  readonly adjustedMinor: bigint;
  readonly days: number;
  readonly dueOn: BusinessDate;
}

/** False: another has written them. Locks the biller's mark. */
export async function markWritten(tx: Tx, { billerId, businessDate }: DueKey): Promise<boolean> {
  const rows = await tx.query(
    `insert into channel_due_through as t (biller_id, business_date) values ($1, $2)
     on conflict (biller_id) do update set business_date = excluded.business_date
       where t.business_date < excluded.business_date
     returning 1`,
    [billerId, businessDate],
  );
  return rows.length > 0;
}

export async function insertDues(
  tx: Tx,
  { billerId, businessDate }: DueKey,
  dues: readonly NewDue[],
  at: Date,
): Promise<void> {
  const rows = dues.map((due) => ({
    channel_id: due.channelId,
    currency: due.currency,
    collected: String(due.collectedMinor),
    reversed: String(due.reversedMinor),
    adjusted: String(due.adjustedMinor),
    days: due.days,
    due_on: due.dueOn,
  }));
  await tx.query(
    `insert into channel_due (biller_id, channel_id, business_date, currency, collected_minor, reversed_minor,
       adjusted_minor, owed_minor, owed_after_days, due_on, recorded_at)
     select $1, channel_id, $2, currency, collected, reversed, adjusted, collected + reversed + adjusted, days, due_on, $4
       from json_to_recordset($3::json) as d(channel_id integer, currency text, collected bigint, reversed bigint,
              adjusted bigint, days smallint, due_on date)`,
    [billerId, businessDate, JSON.stringify(rows), at],
  );
}

/**
 * The channel owes so much more in the operator's own book (negative: less), of that UTC day and due at once: the date that
 * it is about was owed long before. Locks the due, after channels and before balances.
 */
export async function addOperatorsDue(
  tx: Tx,
  of: { readonly channelId: number; readonly currency: string; readonly minor: bigint },
  { businessDate, now }: { readonly businessDate: BusinessDate; readonly now: Date },
): Promise<void> {
  await tx.query(
    `insert into channel_due as d (biller_id, channel_id, business_date, currency, collected_minor, reversed_minor,
       adjusted_minor, owed_minor, owed_after_days, due_on, recorded_at)
     values ($1, $2, $3, $4, 0, 0, $5, $5, 0, $3, $6)
     on conflict (biller_id, channel_id, business_date, currency) do update
       set adjusted_minor = d.adjusted_minor + excluded.adjusted_minor, owed_minor = d.owed_minor + excluded.owed_minor`,
    [OPERATOR, of.channelId, businessDate, of.currency, of.minor, now],
  );
}

export interface OpenDueRow {
  channel_id: number;
  business_date: BusinessDate;
  currency: string;
  days: number;
  due_on: BusinessDate;
}

/** What is not paid to a biller's book, whatever the channel. Locks nothing. */
export function readUnpaid(tx: Tx, billerId: number): Promise<OpenDueRow[]> {
  return tx.query<OpenDueRow>(
    `select channel_id, business_date, currency, owed_after_days as days, due_on from channel_due
      where biller_id = $1 and owed_minor <> paid_minor`,
    [billerId],
  );
}

/** The channels are locked by this transaction. */
export async function moveDueDates(tx: Tx, billerId: number, moved: readonly OpenDueRow[]): Promise<void> {
  await tx.query(
    `update channel_due d set due_on = m.due_on
       from json_to_recordset($2::json) as m(channel_id integer, business_date date, currency text, due_on date)
      where d.biller_id = $1 and d.channel_id = m.channel_id and d.business_date = m.business_date
        and d.currency = m.currency and d.owed_minor <> d.paid_minor`,
    [billerId, JSON.stringify(moved)],
  );
}
