// SQL that finds lines that were said before, and marks them. Equal lines within one statement are counted, so that two
// equal bookings are two.

import type { Uuid } from '../../kernel/ids.ts';
import { lookUpByKeys, type Tx } from '../../platform/db/index.ts';
import type { Continuity } from './continuity.ts';
import type { StatementForm } from './statement.ts';

export interface Unsifted {
  readonly statementId: Uuid;
  readonly accountId: number | null;
  readonly billerId: number | null;
  readonly form: StatementForm;
  readonly continuity: Continuity;
}

interface Row {
  statement_id: Uuid;
  account_id: number | null;
  biller_id: number | null;
  form: StatementForm;
  continuity: Continuity;
}

/** The oldest in force; `but` are left aside. */
export async function unsifted(tx: Tx, but: readonly Uuid[]): Promise<Unsifted | undefined> {
  const [row] = await tx.query<Row>(
    `select statement_id, account_id, biller_id, form, continuity from statement
      where state = 'read' and sifted_at is null and not statement_id = any($1::uuid[])
      order by recorded_at, statement_id limit 1`,
    [[...but]],
  );
  if (row === undefined) return undefined;
  const { statement_id, account_id, biller_id, form, continuity } = row;
  return { statementId: statement_id, accountId: account_id, billerId: biller_id, form, continuity };
}

/**
 * Until the transaction ends nobody else sifts or places lines of this account, and everything is looked up by its key:
 * tables that were empty a moment ago, and fill while a statement is placed, look small to the planner for too long.
 */
export async function lockLinesOf(
  tx: Tx,
  { accountId, billerId }: { accountId: number | null; billerId: number | null },
): Promise<void> {
  await lookUpByKeys(tx);
  await tx.query(`select pg_advisory_xact_lock(hashtext('wasit:statement-lines'), $1)`, [
    accountId ?? -(billerId ?? 0),
  ]);
}

/** False: it is not the first of its account that waits, or does not wait any more. */
export async function lockOwner(tx: Tx, statement: Unsifted): Promise<boolean> {
  await lockLinesOf(tx, statement);
  const [first] = await tx.query<{ statement_id: Uuid }>(
    `select statement_id from statement where state = 'read' and sifted_at is null
        and account_id is not distinct from $1 and biller_id is not distinct from $2
      order by recorded_at, statement_id limit 1`,
    [statement.accountId, statement.billerId],
  );
  return first?.statement_id === statement.statementId;
}

/** The last line of the next lot after `from`; undefined: there is none. */
export async function nextLot(
  tx: Tx,
  statementId: Uuid,
  from: number,
  lines: number,
): Promise<number | undefined> {
  const [row] = await tx.query<{ last: number | null }>(
    `select max(line) as last from (select line from statement_line where statement_id = $1 and line > $2
       order by line limit $3) lot`,
    [statementId, from, lines],
  );
  return row?.last ?? undefined;
}

export async function noteSifted(tx: Tx, statementId: Uuid): Promise<void> {
  await tx.query('update statement set sifted_at = business_now() where statement_id = $1', [statementId]);
}

export interface Lot {
  readonly from: number;
  readonly to: number;
}

/** Behind a table `said` of lines and of what has said them. */
export const MARK = `marked as (
  update statement_line l set outcome = 'repeated', placed_at = business_now()
    from said where l.statement_id = $1 and l.line = said.line and l.outcome is null
  returning l.line, coalesce(l.biller_id, 0) as biller_id, l.amount_minor)
insert into statement_match (statement_id, line, part, kind, biller_id, subject_id, subject_line, amount_minor, recorded_at)`;

/** Early word that a statement has claimed in other words, or as part of a sum: that statement has said it too. */
const CLAIMED_OTHERWISE = `exists (select from statement_match c join statement_line k on k.statement_id = c.statement_id and k.line = c.line
  where c.kind = 'claims' and c.subject_id = o.statement_id and c.subject_line = o.line and c.statement_id <> $1 and k.identity <> o.identity)`;

/** A line `o` of a debit that repeats by the match `m` what bears another reference: in its own words nothing else has said it. */
const OTHERWISE = `coalesce(o.end_to_end_id like 'WSTD%' and exists (
  select from statement_line k where k.statement_id = m.subject_id and k.line = m.subject_line and k.identity <> o.identity), false)`;

/**
 * Lines that statements of these forms have said before, each as often as they have said it together: two pages with a
 * line each that are equal are two bookings, and the whole day said again repeats both.
 */
export async function repeatSaid(
  tx: Tx,
  statementId: Uuid,
  { from, to }: Lot,
  forms: readonly StatementForm[],
): Promise<void> {
  await tx.query(
    `with mine as (
       select line, identity, occurrence from statement_line
        where statement_id = $1 and line > $2 and line <= $3 and outcome is null
     ), told as (
       select o.identity, o.statement_id as subject_id, o.line as subject_line,
              row_number() over (partition by o.identity order by s.sifted_at, o.statement_id, o.line) as nth
         from (select distinct identity from mine) m
         join statement_line o on o.identity = m.identity and o.statement_id <> $1
         join statement s on s.statement_id = o.statement_id and s.sifted_at is not null and (s.form = any($4::text[]) or ${CLAIMED_OTHERWISE})
        where not exists (select from statement_match m where m.statement_id = o.statement_id and m.line = o.line
                             and (m.kind = 'repeats' and not ${OTHERWISE} or m.kind = 'claims' and 'notification' = any($4::text[])))
     ), said as (
       select mine.line, told.subject_id, told.subject_line
         from mine join told on told.identity = mine.identity and told.nth = mine.occurrence
     ), ${MARK}
     select $1, line, 0, 'repeats', biller_id, said.subject_id, said.subject_line, amount_minor, business_now()
       from marked join said using (line)`,
    [statementId, from, to, [...forms]],
  );
}

/** Whether a notification of the account has been sifted: else there is nothing to claim. */
export async function isNotified(
  tx: Tx,
  { accountId, billerId }: Pick<Unsifted, 'accountId' | 'billerId'>,
): Promise<boolean> {
  const rows = await tx.query(
    `select from statement where form = 'notification' and sifted_at is not null
        and account_id is not distinct from $1 and biller_id is not distinct from $2 limit 1`,
    [accountId, billerId],
  );
  return rows.length > 0;
}

/** Lines that a notification has said and no statement has claimed yet, each once. */
export async function claimNotified(tx: Tx, statementId: Uuid, { from, to }: Lot): Promise<void> {
  await tx.query(
    `with mine as (
       select line, identity, row_number() over (partition by identity order by line) as nth
         from statement_line where statement_id = $1 and line > $2 and line <= $3 and outcome is null
     ), notified as (
       select o.identity, o.statement_id as subject_id, o.line as subject_line,
              row_number() over (partition by o.identity order by s.sifted_at, o.statement_id, o.line) as nth
         from (select distinct identity from mine) m
         join statement_line o on o.identity = m.identity and o.statement_id <> $1
         join statement s on s.statement_id = o.statement_id and s.form = 'notification' and s.sifted_at is not null
        where o.outcome is distinct from 'repeated'
          and not exists (select from statement_match c where c.kind = 'claims' and c.subject_id = o.statement_id and c.subject_line = o.line)
     ), said as (
       select mine.line, notified.subject_id, notified.subject_line from mine join notified using (identity, nth)
     ), ${MARK}
     select $1, line, 0, 'claims', biller_id, said.subject_id, said.subject_line, amount_minor, business_now()
       from marked join said using (line)`,
    [statementId, from, to],
  );
}
