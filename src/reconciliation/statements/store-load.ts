// SQL of loading a file: statements that are not in force yet, their lines by COPY in bounded lots, and the moment in
// which all of them are.

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Owner } from './account-book.ts';
import type { Continuity, Span } from './continuity.ts';
import type { BankSettings } from './bank-settings.ts';
import type { StatementHead } from './statement.ts';
import { insertSums } from './store-sum.ts';
import type { BankReading } from './statement-file.ts';

export interface Begun {
  readonly fileId: Uuid;
  readonly statementId: Uuid;
  /** Among those of its file, from 1. */
  readonly position: number;
  readonly owner: Owner;
  readonly head: StatementHead;
}

export async function insertStatement(
  tx: Tx,
  { fileId, statementId, position, owner, head }: Begun,
): Promise<void> {
  await tx.query(
    `insert into statement (statement_id, file_id, position, account_id, biller_id, form, message, reference, sequence, currency,
       from_date, to_date, opening_minor, credits_minor, debits_minor, lines, continuity, state, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, 0, 0, 'unknown', 'loading', business_now())`,
    [
      statementId,
      fileId,
      position,
      owner.accountId,
      owner.billerId,
      head.form,
      head.message,
      head.reference,
      head.sequence,
      head.currency,
      head.from,
      head.to,
      head.opening?.minor ?? null,
    ],
  );
}

export interface Totals {
  readonly closingMinor: bigint | null;
  readonly creditsMinor: bigint;
  readonly debitsMinor: bigint;
  readonly lines: number;
  /** Of the lines, where the bank names no days. */
  readonly from: string | null;
  readonly to: string | null;
}

/** What its end says; equal lines are counted, so that each is a booking of its own. */
export async function endStatement(tx: Tx, statementId: Uuid, totals: Totals): Promise<void> {
  await tx.query(
    `update statement set closing_minor = $2, credits_minor = $3, debits_minor = $4, lines = $5,
            from_date = coalesce(from_date, $6), to_date = coalesce(to_date, $7)
      where statement_id = $1`,
    [
      statementId,
      totals.closingMinor,
      totals.creditsMinor,
      totals.debitsMinor,
      totals.lines,
      totals.from,
      totals.to,
    ],
  );
  // The planner knows nothing of lines that have just come and takes them for one: it would count all anew for each.
  await tx.query(`select set_config('enable_nestloop', 'off', true)`);
  await tx.query(
    `update statement_line l set occurrence = counted.nth
       from (select line, row_number() over (partition by identity order by line) as nth
               from statement_line where statement_id = $1) counted
      where l.statement_id = $1 and l.line = counted.line and counted.nth > 1`,
    [statementId],
  );
  await insertSums(tx, statementId);
}

const COLUMNS = `statement_id, line, entry, account_id, biller_id, booked_on, booked_at, valued_on, currency,
  amount_minor, is_reversal, bank_reference, sum_reference, end_to_end_id, message_id, payment_info_id, code, return_reason,
  counterparty, counterparty_account, text, place, identity, occurrence`;

/** Rows in COPY's text form, in the order of `lineRow`. */
export async function copyLines(tx: Tx, rows: readonly string[]): Promise<void> {
  const copying = tx.client.query(copyFrom(`copy statement_line (${COLUMNS}) from stdin`));
  await pipeline(Readable.from([Buffer.from(rows.join(''))]), copying);
}

/** A bounded part of what a reader who died has left; whether there is more. */
export async function deleteLoaded(tx: Tx, fileId: Uuid): Promise<boolean> {
  const [statement] = await tx.query<{ statement_id: Uuid }>(
    `select statement_id from statement where file_id = $1 and state = 'loading' limit 1`,
    [fileId],
  );
  if (statement === undefined) return false;
  const rows = await tx.query(
    `delete from statement_line where statement_id = $1 and line in (
       select line from statement_line where statement_id = $1 order by line limit 5000) returning 1`,
    [statement.statement_id],
  );
  if (rows.length === 0) {
    await tx.query('delete from statement_sum where statement_id = $1', [statement.statement_id]);
    await tx.query('delete from statement where statement_id = $1', [statement.statement_id]);
  }
  return true;
}

interface LoadedRow {
  statement_id: Uuid;
  position: number;
  account_id: number | null;
  biller_id: number | null;
  form: StatementHead['form'];
  reference: string;
  sequence: string | null;
  from_date: string | null;
  to_date: string | null;
  opening_minor: bigint | null;
  closing_minor: bigint | null;
  lines: number;
}

export interface Loaded extends Span {
  readonly statementId: Uuid;
  readonly accountId: number | null;
  readonly billerId: number | null;
  readonly form: StatementHead['form'];
}

/** Of a file, in its order. */
export async function loadedOf(tx: Tx, fileId: Uuid): Promise<Loaded[]> {
  const rows = await tx.query<LoadedRow>('select * from statement where file_id = $1 order by position', [
    fileId,
  ]);
  return rows.map(toLoaded);
}

function toLoaded(row: LoadedRow): Loaded {
  return {
    statementId: row.statement_id,
    accountId: row.account_id,
    billerId: row.biller_id,
    form: row.form,
    reference: row.reference,
    sequence: row.sequence,
    from: row.from_date,
    to: row.to_date,
    openingMinor: row.opening_minor,
    closingMinor: row.closing_minor,
    lines: row.lines,
  };
}

/** One file is put in force at a time, so that each sees those before it. Until the transaction ends. */
export async function lockReading(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('wasit:statements-read'), 0)`);
}

/** Statements in force of the same account: the latest that ends no later, and those that say some of the same days. */
export async function neighboursOf(
  tx: Tx,
  { accountId, billerId, from, to }: Loaded,
): Promise<{
  before: Span | undefined;
  meets: Span[];
}> {
  const ofAccount = `s.state = 'read' and s.form = 'statement' and ($1::int is null or s.account_id = $1) and ($2::int is null or s.biller_id = $2)`;
  const [before] = await tx.query<LoadedRow>(
    `select s.* from statement s join statement_file f using (file_id) where ${ofAccount} and s.to_date <= $3
      order by s.to_date desc, f.received_at desc, s.recorded_at desc, s.position desc limit 1`,
    [accountId, billerId, to],
  );
  const meets = await tx.query<LoadedRow>(
    `select s.* from statement s where ${ofAccount} and s.from_date <= $4 and s.to_date >= $3
      order by s.to_date desc limit 100`,
    [accountId, billerId, from, to],
  );
  return { before: before && toLoaded(before), meets: meets.map(toLoaded) };
}

export async function putInForce(tx: Tx, statementId: Uuid, continuity: Continuity): Promise<void> {
  await tx.query(`update statement set state = 'read', continuity = $2 where statement_id = $1`, [
    statementId,
    continuity,
  ]);
}

export async function noteRead(tx: Tx, fileId: Uuid): Promise<void> {
  await tx.query(
    `update statement_file f set state = 'read', done_at = business_now(), statements = s.statements, lines = s.lines
       from (select count(*) as statements, coalesce(sum(lines), 0) as lines from statement where file_id = $1) s
      where f.file_id = $1`,
    [fileId],
  );
}

export async function noteRefused(tx: Tx, fileId: Uuid, fault: string, place: string): Promise<void> {
  await tx.query(
    `update statement_file set state = 'refused', fault = $2, fault_place = $3, claim = null, done_at = business_now()
      where file_id = $1`,
    [fileId, fault, place],
  );
}

/** The planner's picture of lines, taken anew where many have come: it would look through all of them for each lot. */
export async function analyzeLines(tx: Tx): Promise<void> {
  await tx.query('analyze statement_line');
}

/** How the statements of a bank are read, and of the bank of an account when no bank is named. */
export async function settingsFor(
  tx: Tx,
  { bankId, accountId }: { bankId: number | null; accountId: number | null },
): Promise<BankReading> {
  const [row] = await tx.query<{ statements: BankSettings }>(
    `select statements from bank where bank_id = coalesce($1, (select bank_id from bank_account where account_id = $2))`,
    [bankId, accountId],
  );
  const { csv, encoding } = row?.statements ?? {};
  return { ...(csv !== undefined && { csv }), ...(encoding !== undefined && { encoding }) };
}
