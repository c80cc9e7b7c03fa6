// SQL of direct payments: what channels have to credit to billers themselves, date by date, and what statements prove.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { plainArray, textArray, type Tx } from '../../platform/db/index.ts';
import type { NamedPayment, OpenDate, Proof } from './prove-direct.ts';

/** The oldest closed date whose direct dues are not written; undefined: there is none. */
export async function nextClosed(tx: Tx, billerId: number): Promise<BusinessDate | undefined> {
  const [row] = await tx.query<{ date: BusinessDate | null }>(
    `select min(business_date) as date from settlement_batch where biller_id = $1 and business_date > coalesce(
       (select business_date from direct_due_through where biller_id = $1), '-infinity')`,
    [billerId],
  );
  return row?.date ?? undefined;
}

/**
 * From the batch, and from journals that its direct columns do not tell, which change no more for a closed date: adjustments
 * of direct payments, debits that became credit and their reversals, credit that paid a bill. A date on which as much went as
 * came is written too: lines may name either. Nothing happens to a date that has been written.
 */
export async function writeDirectDues(
  tx: Tx,
  billerId: number,
  businessDate: BusinessDate,
  dueOn: BusinessDate,
): Promise<void> {
  const marked = await tx.query(
    `insert into direct_due_through as t (biller_id, business_date) values ($1, $2)
     on conflict (biller_id) do update set business_date = excluded.business_date where t.business_date < excluded.business_date
     returning 1`,
    [billerId, businessDate],
  );
  if (marked.length === 0) return;
  await tx.query(
    `with paid as (
       select c.channel_id, b.currency, s.direct_gross_minor - s.direct_reversed_minor as minor
         from settlement_batch b join settlement_split s using (biller_id, settlement_id) join channel c on c.code = s.key
        where b.biller_id = $1 and b.business_date = $2 and s.dimension = 'channel' and (s.direct_gross_minor <> 0 or s.direct_reversed_minor <> 0)
     ), adjusted as (
       select a.channel_id, a.currency, sum(p.amount_minor)::bigint as minor
         from journal j join posting p using (biller_id, journal_id) join account a using (biller_id, account_no)
        where j.biller_id = $1 and j.business_date = $2 and a.code = 'channel/direct'
           and (j.kind in ('adjustment', 'dispute', 'resolution', 'credit', 'credit-applied')
                or j.kind = 'reversal' and exists (select from journal c where c.biller_id = $1 and c.journal_id = j.payment_id and c.kind = 'credit'))
        group by 1, 2)
     insert into direct_due (biller_id, channel_id, business_date, currency, owed_minor, due_on, recorded_at)
     select $1, channel_id, $2, currency, sum(minor), $3, business_now()
       from (select * from paid union all select * from adjusted) d group by channel_id, currency`,
    [billerId, businessDate, dueOn],
  );
}

/** Lines that say what a debit has paid, or what was taken back of it; others prove a date whole. */
const OF_DEBITS = `('debit', 'debit-total', 'debit-returned')`;

/** Of channels those that are open, the oldest first, and these dates. Locks them: they are to be proved. */
export async function openDates(
  tx: Tx,
  billerId: number,
  channelIds: readonly number[],
  dates: readonly Pick<OpenDate, 'channelId' | 'businessDate'>[] = [],
): Promise<OpenDate[]> {
  const rows = await tx.query<{
    channel_id: number;
    business_date: BusinessDate;
    minor: bigint;
    by_total: boolean;
  }>(
    `select channel_id, business_date, owed_minor - proved_minor as minor,
            exists (select from direct_proof p
                     where p.biller_id = d.biller_id and p.channel_id = d.channel_id and p.business_date = d.business_date and p.payment_id is null
                       and not exists (select from statement_match m
                                        where m.statement_id = p.statement_id and m.line = p.line and m.kind in ${OF_DEBITS})) as by_total
       from direct_due d
      where biller_id = $1 and (channel_id = any($2::int[]) and owed_minor <> proved_minor
                                or (channel_id, business_date) in (select * from unnest($3::int[], $4::date[])))
      order by channel_id, business_date for update`,
    [
      billerId,
      plainArray([...new Set(channelIds)]),
      plainArray(dates, ({ channelId }) => channelId),
      plainArray(dates, ({ businessDate }) => businessDate),
    ],
  );
  return rows.map((row) => ({
    channelId: row.channel_id,
    businessDate: row.business_date,
    minor: row.minor,
    byTotal: row.by_total,
  }));
}

/** Direct payments of a biller under these references of their channels, that stand and are not proved. */
export async function paymentsNamed(
  tx: Tx,
  billerId: number,
  references: readonly string[],
): Promise<(NamedPayment & { reference: string })[]> {
  const rows = await tx.query<{
    payment_id: Uuid;
    channel_id: number;
    reference: string;
    business_date: BusinessDate;
    amount_minor: bigint;
  }>(
    `select p.payment_id, p.channel_id, p.reference, p.business_date, p.amount_minor
       from channel c join payment_reference r on r.channel_id = c.channel_id and r.reference = any($2::text[])
       join payment p on p.biller_id = $1 and p.payment_id = r.payment_id
      where r.biller_id = $1 and p.route = 'direct' and p.status = 'accepted'
        and not exists (select from direct_proof d where d.biller_id = $1 and d.payment_id = p.payment_id)`,
    [billerId, textArray(references)],
  );
  return rows.map((row) => ({
    paymentId: row.payment_id,
    channelId: row.channel_id,
    reference: row.reference,
    businessDate: row.business_date,
    amountMinor: row.amount_minor,
  }));
}

export interface ProofOfLine {
  readonly billerId: number;
  readonly statementId: Uuid;
  readonly line: number;
  readonly currency: string;
  readonly journalId: Uuid;
  readonly at: Date;
  readonly proofs: readonly Proof[];
}

/** The dates are locked by this transaction. Break keys of dates that are proved whole by it. */
export async function insertProofs(tx: Tx, proved: ProofOfLine): Promise<string[]> {
  const { billerId, statementId, line, currency, journalId, at, proofs } = proved;
  const rows = proofs.map(({ channelId, businessDate, paymentId, minor }) => ({
    channel_id: channelId,
    business_date: businessDate,
    payment_id: paymentId,
    minor: String(minor),
  }));
  const whole = await tx.query<{ channel_id: number; business_date: BusinessDate; whole: boolean }>(
    `with proofs as (
       select * from json_to_recordset($1::json) as p(channel_id integer, business_date date, payment_id uuid, minor bigint)
     ), written as (
       insert into direct_proof (biller_id, channel_id, business_date, statement_id, line, payment_id, currency, amount_minor, journal_id, recorded_at)
       select $2, channel_id, business_date, $3, $4, payment_id, $5, minor, $6, $7 from proofs)
     update direct_due d set proved_minor = d.proved_minor + p.minor
       from (select channel_id, business_date, sum(minor)::bigint as minor from proofs group by 1, 2) p
      where d.biller_id = $2 and d.channel_id = p.channel_id and d.business_date = p.business_date
     returning d.channel_id, d.business_date, d.owed_minor = d.proved_minor as whole`,
    [JSON.stringify(rows), billerId, statementId, line, currency, journalId, at],
  );
  return whole.filter((row) => row.whole).map((row) => directKey(row.channel_id, row.business_date));
}

/** The key of the break of a date that was not credited. */
export function directKey(channelId: number, businessDate: BusinessDate): string {
  return `direct:${channelId}:${businessDate}`;
}

export interface LateDate extends OpenDate {
  readonly currency: string;
  readonly owedMinor: bigint;
  readonly dueOn: BusinessDate;
}

/** Not proved by `today` of the biller, at most `limit`, of which no break says so. */
export async function lateDates(
  tx: Tx,
  billerId: number,
  today: BusinessDate,
  limit: number,
): Promise<LateDate[]> {
  const rows = await tx.query<{
    channel_id: number;
    business_date: BusinessDate;
    currency: string;
    owed_minor: bigint;
    minor: bigint;
    due_on: BusinessDate;
  }>(
    `select d.channel_id, d.business_date, d.currency, d.owed_minor, d.owed_minor - d.proved_minor as minor, d.due_on
       from direct_due d
      where d.biller_id = $1 and d.owed_minor <> d.proved_minor and d.due_on < $2
        and not exists (select from break b where b.biller_id = $1 and b.state <> 'gone'
                           and b.key = 'direct:' || d.channel_id || ':' || d.business_date)
      order by d.business_date, d.channel_id limit $3`,
    [billerId, today, limit],
  );
  return rows.map((row) => ({
    channelId: row.channel_id,
    businessDate: row.business_date,
    currency: row.currency,
    owedMinor: row.owed_minor,
    minor: row.minor,
    dueOn: row.due_on,
  }));
}

export async function proofDays(tx: Tx, billerId: number): Promise<number> {
  const [row] = await tx.query<{ days: number }>(
    'select direct_proof_days as days from biller where biller_id = $1',
    [billerId],
  );
  return row?.days ?? 0;
}
