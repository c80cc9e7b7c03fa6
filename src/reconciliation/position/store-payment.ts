// SQL of what channels pay: what is open for a transfer, its parts, and what lies in the operator's book. The channel's row
// is the lock of all of them, after the open days of the billers and before balances.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { plainArray, textArray, type Tx } from '../../platform/db/index.ts';
import type { DueAt } from './spread.ts';

/** A debt of a channel in one currency. */
export interface Debt {
  readonly channelId: number;
  readonly currency: string;
}

/** More are left to the next round: a transaction stays short. */
const MOST_DUES = 2_000;

/** Books in which these channels owe something, or are owed: of billers, and the operator's. */
export async function booksOwed(tx: Tx, debts: readonly Debt[]): Promise<number[]> {
  const rows = await tx.query<{ biller_id: number }>(
    `select distinct d.biller_id from unnest($1::int[], $2::text[]) as x(channel_id, currency) cross join lateral (
       select biller_id from channel_due
        where channel_id = x.channel_id and currency = x.currency and owed_minor <> paid_minor
        order by due_on, business_date, biller_id limit ${MOST_DUES}) d`,
    [plainArray(debts, (d) => d.channelId), textArray(debts, (d) => d.currency)],
  );
  return rows.map((row) => row.biller_id);
}

/** In the order in which they are paid, of these books alone. */
export async function readOpen(tx: Tx, debt: Debt, billerIds: readonly number[]): Promise<DueAt[]> {
  const rows = await tx.query<{ biller_id: number; business_date: BusinessDate; minor: bigint }>(
    `select biller_id, business_date, owed_minor - paid_minor as minor from channel_due
      where channel_id = $1 and currency = $2 and owed_minor <> paid_minor and biller_id = any($3::int[])
      order by due_on, business_date, biller_id limit ${MOST_DUES}`,
    [debt.channelId, debt.currency, plainArray(billerIds)],
  );
  return rows.map(asDue);
}

/** What has been paid, the newest first, as far as `minor` goes. */
export async function readPaid(tx: Tx, debt: Debt, minor: bigint): Promise<DueAt[]> {
  const rows = await tx.query<{ biller_id: number; business_date: BusinessDate; minor: bigint }>(
    `select biller_id, business_date, paid_minor as minor
       from (select *, sum(paid_minor) over (order by due_on desc, business_date desc, biller_id desc
                                             rows between unbounded preceding and 1 preceding) as before
               from channel_due where channel_id = $1 and currency = $2 and paid_minor > 0) d
      where coalesce(before, 0) < $3
      order by due_on desc, business_date desc, biller_id desc`,
    [debt.channelId, debt.currency, minor],
  );
  return rows.map(asDue);
}

function asDue(row: { biller_id: number; business_date: BusinessDate; minor: bigint }): DueAt {
  return { billerId: row.biller_id, businessDate: row.business_date, minor: row.minor };
}

export interface AheadRow {
  statement_id: Uuid;
  line: number;
  account_id: number;
  left_minor: bigint;
}

/** What was paid ahead, the oldest first. */
export function readAhead(tx: Tx, { channelId, currency }: Debt): Promise<AheadRow[]> {
  return tx.query<AheadRow>(
    `select statement_id, line, account_id, left_minor from channel_ahead
      where channel_id = $1 and currency = $2 order by recorded_at, statement_id, line`,
    [channelId, currency],
  );
}

/** Debts that can be paid with what lies in the operator's book. */
export async function payableAhead(tx: Tx): Promise<Debt[]> {
  const rows = await tx.query<{ channel_id: number; currency: string }>(
    `select channel_id, currency from (select distinct channel_id, currency from channel_ahead) a
      where exists (select from channel_due d where d.channel_id = a.channel_id and d.currency = a.currency
                       and d.owed_minor <> d.paid_minor and d.owed_minor > d.paid_minor)
      order by 1, 2`,
  );
  return rows.map((row) => ({ channelId: row.channel_id, currency: row.currency }));
}

export interface AheadChange {
  readonly statementId: Uuid;
  readonly line: number;
  readonly debt: Debt;
  readonly accountId: number;
  readonly minor: bigint;
  readonly at: Date;
}

/** What lines add to what was paid ahead, or what of them is moved on (below zero); each line and channel once. */
export async function changeAhead(tx: Tx, changes: readonly AheadChange[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ statementId, line, debt, accountId, minor, at }) => ({
    statement_id: statementId,
    line,
    channel_id: debt.channelId,
    currency: debt.currency,
    account_id: accountId,
    minor: String(minor),
    recorded_at: at,
  }));
  await tx.query(
    `with change as (
       select * from json_to_recordset($1::json) as c(statement_id uuid, line integer, channel_id integer, currency text,
                       account_id smallint, minor bigint, recorded_at timestamptz)
     ), added as (
       insert into channel_ahead (statement_id, line, channel_id, currency, account_id, left_minor, recorded_at)
       select statement_id, line, channel_id, currency, account_id, minor, recorded_at from change where minor > 0
     ), used_up as (
       delete from channel_ahead a using change c
        where a.statement_id = c.statement_id and a.line = c.line and a.channel_id = c.channel_id and c.minor < 0 and a.left_minor = -c.minor
     )
     update channel_ahead a set left_minor = a.left_minor + c.minor from change c
      where a.statement_id = c.statement_id and a.line = c.line and a.channel_id = c.channel_id and c.minor < 0 and a.left_minor > -c.minor`,
    [JSON.stringify(rows)],
  );
}

export interface PartRow {
  readonly statementId: Uuid;
  readonly line: number;
  /** 0: the operator's book. */
  readonly billerId: number;
  /** null: nothing is owed yet, or it comes from there. */
  readonly businessDate: BusinessDate | null;
  readonly debt: Debt;
  readonly minor: bigint;
  /** The line whose booking date counts; a part of money that is moved on keeps that of the transfer. */
  readonly journalId: Uuid;
  readonly at: Date;
}

/**
 * Numbered on from those of the line that there are. A line that does not exist, or that has parts though it should be
 * `isNew`, fails the transaction.
 */
export async function insertParts(tx: Tx, parts: readonly PartRow[], isNew: boolean): Promise<void> {
  const rows = parts.map((part, at) => ({
    at,
    statement_id: part.statementId,
    line: part.line,
    biller_id: part.billerId,
    channel_id: part.debt.channelId,
    business_date: part.businessDate,
    currency: part.debt.currency,
    minor: String(part.minor),
    journal_id: part.journalId,
    recorded_at: part.at,
  }));
  const [written] = await tx.query<{ parts: number }>(
    `with written as (
       insert into channel_payment (statement_id, line, part, biller_id, channel_id, business_date, currency, amount_minor,
         paid_on, journal_id, recorded_at)
       select p.statement_id, p.line,
              row_number() over (partition by p.statement_id, p.line order by p.at)
                + case when $2 then 0 else (select coalesce(max(c.part), 0) from channel_payment c
                    where c.statement_id = p.statement_id and c.line = p.line) end,
              p.biller_id, p.channel_id, p.business_date, p.currency, p.minor, l.booked_on, p.journal_id, p.recorded_at
         from json_to_recordset($1::json) as p(at integer, statement_id uuid, line integer, biller_id integer,
                channel_id integer, business_date date, currency text, minor bigint, journal_id uuid, recorded_at timestamptz)
         join statement_line l on l.statement_id = p.statement_id and l.line = p.line
       returning 1)
     select count(*)::int as parts from written`,
    [JSON.stringify(rows), isNew],
  );
  if (written?.parts !== parts.length) throw new Error('a transfer names a line that no statement has');
}

/** The channels are locked by this transaction. */
export async function addPaid(tx: Tx, parts: readonly PartRow[]): Promise<void> {
  const rows = parts.map(({ billerId, businessDate, debt, minor }) => ({
    biller_id: billerId,
    channel_id: debt.channelId,
    business_date: businessDate,
    currency: debt.currency,
    minor: String(minor),
  }));
  await tx.query(
    `update channel_due d set paid_minor = d.paid_minor + p.minor
       from (select biller_id, channel_id, business_date, currency, sum(minor)::bigint as minor
               from json_to_recordset($1::json) as r(biller_id integer, channel_id integer, business_date date,
                      currency text, minor bigint)
              where business_date is not null group by 1, 2, 3, 4) p
      where d.biller_id = p.biller_id and d.channel_id = p.channel_id and d.business_date = p.business_date
        and d.currency = p.currency`,
    [JSON.stringify(rows)],
  );
}

/** Why a channel's transfer pays nothing that it owes, by channel. The channels are locked by this transaction. */
export async function readRefusals(tx: Tx, channelIds: readonly number[]): Promise<Map<number, string>> {
  const rows = await tx.query<{ channel_id: number; code: string; reason: string | null }>(
    `select channel_id, code, case when kind = 'deposit' then 'is the operator''s own and owes nothing'
              when funding = 'prefunded' then 'is prefunded: what it pays in is a top-up' end as reason
       from channel where channel_id = any($1::int[])`,
    [plainArray(channelIds)],
  );
  const known = new Map(rows.map((row) => [row.channel_id, row]));
  const refusals = new Map<number, string>();
  for (const channelId of channelIds) {
    const row = known.get(channelId);
    if (row === undefined) refusals.set(channelId, `there is no channel number ${channelId}`);
    else if (row.reason !== null) refusals.set(channelId, `channel ${row.code} ${row.reason}`);
  }
  return refusals;
}
