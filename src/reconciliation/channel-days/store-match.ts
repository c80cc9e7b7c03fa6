// SQL of the match: the staged lines against our payments of the day, set-based. Stored is what is not plainly alike, never
// what is: marking every matched row would cost several times the match.

import { dateOfDayNumber, dayNumberOf, type BusinessDate } from '../../kernel/business-date.ts';
import { DEBIT_REFERENCES } from '../../kernel/debit-references.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { DayKey } from './day.ts';
import type { StagingTables } from './store-staging.ts';
import type { Side } from './totals.ts';

/** Billers that the channel serves or has served. */
export async function billersOf(tx: Tx, channelId: number): Promise<number[]> {
  const rows = await tx.query<{ biller_id: number }>(
    'select distinct biller_id from agreement where channel_id = $1 order by 1',
    [channelId],
  );
  return rows.map((row) => row.biller_id);
}

/** Every biller's day is sealed, so that no payment enters it any more. A day before a biller's first is none of his. */
export async function areSealed(
  tx: Tx,
  billerIds: readonly number[],
  businessDate: BusinessDate,
): Promise<boolean> {
  const [open] = await tx.query(
    `select from unnest($1::int[]) as b(biller_id)
       left join business_day d on d.biller_id = b.biller_id and d.business_date = $2
      where d.sealed_at is null
        and (d.business_date is not null or not exists (select from business_day l where l.biller_id = b.biller_id and l.business_date > $2))
      limit 1`,
    [billerIds, businessDate],
  );
  return open === undefined;
}

/**
 * For the statements below: nested loops over a million lines are what the planner takes for a biller that its statistics
 * do not know yet (ADR 12), its memory for a hash is that of a page of payments, and it does not know that hardly a row
 * comes out, so that workers cost nothing.
 */
export async function planForSets(tx: Tx): Promise<void> {
  await tx.query(
    `set local enable_nestloop = off; set local enable_mergejoin = off; set local work_mem = '64MB'; set local statement_timeout = 0;
     set local parallel_setup_cost = 0; set local parallel_tuple_cost = 0`,
  );
}

/**
 * Makes the table of references that are not plainly alike; how many. Our payments of the day are read through
 * payment_by_day, biller by biller. Numbers and a date stand in the text itself: only a statement that makes a table is
 * shared among the server's workers, and such a one takes no parameters. What a debit has paid a bank need not list: it was
 * not asked to take it, and its statement proves it.
 */
export async function findUnlike(
  tx: Tx,
  { lines, unlike }: StagingTables,
  { channelId, businessDate }: DayKey,
  billerIds: readonly number[],
): Promise<number> {
  const day = `date '${dateOfDayNumber(dayNumberOf(businessDate))}'`;
  await tx.query(
    `create unlogged table ${unlike} with (autovacuum_enabled = off) as
     select row_number() over () as n, t.line, coalesce(t.reference, p.reference) as reference, t.currency, t.amount_minor,
            t.status, t.fee_minor, t.business_date, t.more
       from ${lines} t
       full join (select reference, status, currency, amount_minor, fee_minor from payment
                   where biller_id = any(array[${billerIds.join(', ')}]::int[]) and business_date = ${day} and channel_id = ${channelId}) p
         on p.reference = t.reference
      where p.reference is null or t.reference is null and p.reference !~ '${DEBIT_REFERENCES}'
         or p.amount_minor <> t.amount_minor or p.currency <> t.currency or p.fee_minor <> t.fee_minor
         or case t.status when 'accepted' then p.status = 'reversed' else p.status <> t.status end
         or t.business_date <> ${day}`,
  );
  await tx.query(`create index on ${unlike} (n)`);
  const [row] = await tx.query<{ count: bigint }>(`select count(*) as count from ${unlike}`);
  return Number(row?.count ?? 0n);
}

/**
 * Makes the tables of references that come more than once, and of their lines; how many references, and what their lines
 * after the first come to.
 */
export async function findRepeated(
  tx: Tx,
  { lines, again, repeated }: StagingTables,
): Promise<{ count: number; more: { currency: string; side: Side }[] }> {
  await tx.query(
    `create unlogged table ${again} with (autovacuum_enabled = off) as
     select reference, line, currency, amount_minor, status from ${lines} where reference in (select reference from ${lines} where again)`,
  );
  const [row] = await tx.query<{ count: bigint }>(
    `with found as (
       insert into ${repeated} (n, reference, first_line, times)
       select row_number() over (), reference, min(line), count(*) from ${again} group by reference having count(*) > 1
       returning 1)
     select count(*) as count from found`,
  );
  await tx.query(`create index on ${repeated} (n)`);
  await tx.query(`create index on ${again} (reference)`);
  const sums = await tx.query<{ currency: string; count: bigint; minor: string | null; reversed: bigint }>(
    `select t.currency, count(*) filter (where t.status <> 'reversed') as count,
            sum(t.amount_minor) filter (where t.status <> 'reversed')::text as minor,
            count(*) filter (where t.status = 'reversed') as reversed
       from ${again} t join ${repeated} r on r.reference = t.reference and t.line <> r.first_line group by 1`,
  );
  return {
    count: Number(row?.count ?? 0n),
    more: sums.map((sum) => ({ currency: sum.currency, side: sideOf(sum) })),
  };
}

function sideOf(row: { count: bigint; minor: string | null; reversed: bigint }): Side {
  return { count: Number(row.count), minor: BigInt(row.minor ?? '0'), reversed: Number(row.reversed) };
}
