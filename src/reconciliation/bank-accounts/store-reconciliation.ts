// SQL of one bank account, held against its statements. A statement line counts once, however many statements say it; what
// early word has booked counts for the line that claims it.

import type { Tx } from '../../platform/db/index.ts';
import { accountOf } from '../../ledger/index.ts';

export interface AccountRow {
  readonly accountId: number;
  readonly code: string;
  readonly currency: string;
}

/** In the order of their codes; null: all. */
export function findAccounts(tx: Tx, code: string | null): Promise<AccountRow[]> {
  return tx.query<{ accountId: number; code: string; currency: string }>(
    `select account_id as "accountId", code, currency from bank_account where $1::text is null or code = $1 order by code`,
    [code],
  );
}

export interface Stated {
  /** Of the first statement. */
  readonly opening_minor: bigint;
  readonly opened_on: string;
  /** Of the last one. */
  readonly closing_minor: bigint;
  readonly closed_on: string;
}

/** undefined: no statement has come. */
export async function readStated(tx: Tx, accountId: number): Promise<Stated | undefined> {
  const [row] = await tx.query<Stated>(
    `with said as (
       select s.*, f.received_at from statement s join statement_file f using (file_id)
        where s.account_id = $1 and s.state = 'read' and s.form = 'statement')
     select f.opening_minor, f.from_date as opened_on, l.closing_minor, l.to_date as closed_on
       from (select * from said order by from_date, received_at, recorded_at, position limit 1) f,
            (select * from said order by to_date desc, received_at desc, recorded_at desc, position desc limit 1) l`,
    [accountId],
  );
  return row;
}

export interface Lines {
  /** Of all statements. */
  readonly told_minor: bigint;
  /** Of these, what is not in the books: it waits, or is a break. */
  readonly unbooked_minor: bigint;
  readonly unbooked: number;
  readonly unbooked_since: string | null;
  /** In the books by early word, and no statement has said it. */
  readonly early_minor: bigint;
  readonly early: number;
  readonly early_since: string | null;
  /** Of these, for more than `GRACE_DAYS` before the last statement's end: that statement should have said it. */
  readonly missed_minor: bigint;
  readonly missed: number;
  /** In the books by lines of this account. */
  readonly booked_minor: bigint;
}

/** Early word may know the day of value alone. */
export const GRACE_DAYS = 3;

const OF_ACCOUNT = `
  booked as (
    select m.statement_id, m.line, sum(p.amount_minor) as minor
      from statement s
      join statement_match m using (statement_id)
      join posting p on p.biller_id = m.biller_id and p.journal_id = m.journal_id and p.account_no = $2
     where s.account_id = $1 and s.state = 'read' group by 1, 2),
  claimed as (
    select m.statement_id, m.line, m.subject_id, m.subject_line
      from statement s join statement_match m using (statement_id)
     where s.account_id = $1 and s.state = 'read' and m.kind = 'claims'),
  lines as (
    select s.form, l.statement_id, l.line, l.outcome, l.amount_minor, l.booked_on, coalesce(b.minor, 0) as booked,
           exists (select from statement_match m where m.statement_id = l.statement_id and m.line = l.line and m.kind = 'repeats') as again
      from statement s join statement_line l using (statement_id) left join booked b on b.statement_id = l.statement_id and b.line = l.line
     where s.account_id = $1 and s.state = 'read'),
  told as (
    select l.booked_on, l.amount_minor,
           case l.outcome when 'repeated' then coalesce(c.unbooked, 0) else l.amount_minor - l.booked end as unbooked
      from lines l
      left join (select c.statement_id, c.line, sum(o.amount_minor - o.booked) as unbooked
                   from claimed c join lines o on o.statement_id = c.subject_id and o.line = c.subject_line
                  group by 1, 2) c using (statement_id, line)
     where l.form = 'statement' and not l.again),
  early as (
    select l.booked_on, l.booked from lines l
     where l.form = 'notification' and not l.again and l.booked <> 0
       and not exists (select from claimed c where c.subject_id = l.statement_id and c.subject_line = l.line))`;

export async function readLines(tx: Tx, { accountId, currency }: AccountRow): Promise<Lines> {
  const [row] = await tx.query<Lines>(
    `with ${OF_ACCOUNT}, last as (
       select max(to_date) as day from statement where account_id = $1 and state = 'read' and form = 'statement')
     select t.*, e.*, (select coalesce(sum(minor), 0)::bigint from booked) as booked_minor
       from (select coalesce(sum(amount_minor), 0)::bigint as told_minor, coalesce(sum(unbooked), 0)::bigint as unbooked_minor,
                    count(*) filter (where unbooked <> 0)::int as unbooked, min(booked_on) filter (where unbooked <> 0) as unbooked_since from told) t,
            (select coalesce(sum(booked), 0)::bigint as early_minor, count(booked)::int as early, min(booked_on) as early_since,
                    coalesce(sum(booked) filter (where booked_on < last.day - ${GRACE_DAYS}), 0)::bigint as missed_minor,
                    (count(booked) filter (where booked_on < last.day - ${GRACE_DAYS}))::int as missed
               from last left join early on true) e`,
    [accountId, accountOf('bank', accountId, currency).accountNo],
  );
  if (row === undefined) throw new Error('sums make a row');
  return row;
}

/** Of the account in all books. */
export async function readBalance(tx: Tx, { accountId, currency }: AccountRow): Promise<bigint> {
  const [row] = await tx.query<{ minor: bigint }>(
    `select coalesce(sum(b.amount_minor), 0)::bigint as minor
       from (select 0 as biller_id union all select biller_id from biller) book
       join balance b on b.biller_id = book.biller_id and b.account_no = $1`,
    [accountOf('bank', accountId, currency).accountNo],
  );
  return row?.minor ?? 0n;
}

export interface WithoutLine {
  readonly kind: 'remittance' | 'return' | 'top-up';
  readonly count: number;
  /** Signed as the ledger has it. */
  readonly minor: bigint;
  readonly since: Date;
}

/** What persons and answers of the bank have put into the books, and no line has proved. */
export function readWithoutLine(tx: Tx, { accountId, currency }: AccountRow): Promise<WithoutLine[]> {
  return tx.query<WithoutLine>(
    `with steps as (
       select case s.state when 'confirmed' then 'remittance' else 'return' end as kind,
              case s.state when 'confirmed' then -r.amount_minor else r.amount_minor end as minor, s.recorded_at, s.journal_id
         from remittance r join remittance_step s on s.biller_id = r.biller_id and s.remittance_id = r.remittance_id
        where r.pays_from = $1 and s.journal_id is not null and s.state in ('confirmed', 'returned')
          and exists (select from posting p where p.biller_id = s.biller_id and p.journal_id = s.journal_id and p.account_no = $2)
       union all
       select 'top-up', t.amount_minor, t.recorded_at, t.journal_id
         from top_up t join posting p on p.biller_id = 0 and p.journal_id = t.journal_id and p.account_no = $2)
     select kind, count(*)::int as count, sum(minor)::bigint as minor, min(recorded_at) as since
       from steps where not exists (select from statement_match m join statement s using (statement_id)
                                     where s.account_id = $1 and m.journal_id = steps.journal_id)
      group by kind order by kind`,
    [accountId, accountOf('bank', accountId, currency).accountNo],
  );
}
