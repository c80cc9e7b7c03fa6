// SQL of lots of lines that wait to be placed, and of what they were found to be.

import type { Uuid } from '../../kernel/ids.ts';
import { plainArray, textArray, type Statement, type Tx } from '../../platform/db/index.ts';
import type { LineOutcome } from './outcomes.ts';
import type { WaitingLine } from './waiting-line.ts';

export interface WaitingStatement {
  readonly statementId: Uuid;
  readonly accountId: number | null;
  readonly billerId: number | null;
}

/** Of which lines may wait, in the order in which they came. `only`: of this file. */
export async function waitingStatements(tx: Tx, only: Uuid | null): Promise<WaitingStatement[]> {
  const rows = await tx.query<{ statement_id: Uuid; account_id: number | null; biller_id: number | null }>(
    `select s.statement_id, s.account_id, s.biller_id from statement s
      where s.sifted_at is not null and s.placed_at is null and ($1::uuid is null or s.file_id = $1)
      order by s.recorded_at, s.statement_id`,
    [only],
  );
  return rows.map((row) => ({
    statementId: row.statement_id,
    accountId: row.account_id,
    billerId: row.biller_id,
  }));
}

/** That none of its lines waits, if it is so. The lines of its account are locked, so that none is put back meanwhile. */
export async function notePlaced(tx: Tx, statementId: Uuid): Promise<void> {
  await tx.query(
    `update statement s set placed_at = business_now() where s.statement_id = $1 and s.placed_at is null
        and not exists (select from statement_line l where l.statement_id = s.statement_id and l.outcome is null)`,
    [statementId],
  );
}

export interface LineRow {
  statement_id: Uuid;
  line: number;
  account_id: number | null;
  biller_id: number | null;
  booked_on: string;
  booked_at: Date | null;
  currency: string;
  amount_minor: bigint;
  is_reversal: boolean;
  bank_reference: string | null;
  end_to_end_id: string | null;
  message_id: string | null;
  payment_info_id: string | null;
  code: string | null;
  return_reason: string | null;
  counterparty: string | null;
  counterparty_account: string | null;
  text: string;
}

/** The next lines after `after` that wait, in order and locked. */
export async function lockLot(
  tx: Tx,
  statementId: Uuid,
  after: number,
  limit: number,
): Promise<WaitingLine[]> {
  const rows = await tx.query<LineRow>(
    `select * from statement_line where statement_id = $1 and line > $2 and outcome is null
      order by line limit $3 for update`,
    [statementId, after, limit],
  );
  return rows.map(toLine);
}

export function toLine(row: LineRow): WaitingLine {
  return {
    statementId: row.statement_id,
    line: row.line,
    accountId: row.account_id,
    billerId: row.biller_id,
    bookedOn: row.booked_on,
    bookedAt: row.booked_at,
    currency: row.currency,
    amountMinor: row.amount_minor,
    isReversal: row.is_reversal,
    bankReference: row.bank_reference,
    endToEndId: row.end_to_end_id,
    messageId: row.message_id,
    paymentInfoId: row.payment_info_id,
    code: row.code,
    returnReason: row.return_reason,
    counterparty: row.counterparty,
    counterpartyAccount: row.counterparty_account,
    text: row.text,
  };
}

const NOTE: Statement = {
  name: 'statement_lines_note',
  text: `
with noted as (
  update statement_line set outcome = $3, placed_at = $4
   where statement_id = $1 and line = any($2::int[]) and outcome is not distinct from $5 returning 1)
select count(*)::int as noted from noted`,
};

/**
 * Lines of one statement, each once. They are locked by this transaction, and wait, or are what they were called before.
 * Looked up by their keys alone, whatever the planner knows of the statement.
 */
export async function noteOutcomes(
  tx: Tx,
  statementId: Uuid,
  outcomes: ReadonlyMap<number, LineOutcome>,
  at: Date,
  was: LineOutcome | null = null,
): Promise<void> {
  for (const [outcome, lines] of byOutcome(outcomes)) {
    const rows = await tx.run<{ noted: number }>(NOTE, [statementId, plainArray(lines), outcome, at, was]);
    if (rows[0]?.noted !== lines.length)
      throw new Error(`a line of ${statementId} has been placed meanwhile`);
  }
}

function byOutcome(outcomes: ReadonlyMap<number, LineOutcome>): Map<LineOutcome, number[]> {
  const lines = new Map<LineOutcome, number[]>();
  for (const [line, outcome] of outcomes) {
    const others = lines.get(outcome);
    if (others === undefined) lines.set(outcome, [line]);
    else others.push(line);
  }
  return lines;
}

/** What a line proves or moves. */
export interface Match {
  readonly line: number;
  readonly part: number;
  readonly kind: string;
  /** 0: of no one biller. */
  readonly billerId: number;
  readonly channelId: number | null;
  readonly subjectId: Uuid | null;
  readonly subjectLine: number | null;
  /** Signed as the line. */
  readonly amountMinor: bigint;
  readonly journalId: Uuid | null;
  /** Of the request by which persons said so; left out: it was found by itself. */
  readonly approvalId?: Uuid | undefined;
}

const MATCH: Statement = {
  name: 'statement_lines_match',
  text: `
insert into statement_match (statement_id, line, part, kind, biller_id, channel_id, subject_id, subject_line, amount_minor,
  journal_id, approval_id, recorded_at)
select $1, m.*, $12 from unnest($2::int[], $3::int[], $4::text[], $5::int[], $6::int[], $7::uuid[], $8::int[], $9::bigint[],
  $10::uuid[], $11::uuid[]) as m`,
};

export async function insertMatches(
  tx: Tx,
  statementId: Uuid,
  matches: readonly Match[],
  at: Date,
): Promise<void> {
  if (matches.length === 0) return;
  await tx.run(MATCH, [
    statementId,
    plainArray(matches, (m) => m.line),
    plainArray(matches, (m) => m.part),
    textArray(matches, (m) => m.kind),
    plainArray(matches, (m) => m.billerId),
    plainArray(matches, (m) => m.channelId),
    plainArray(matches, (m) => m.subjectId),
    plainArray(matches, (m) => m.subjectLine),
    plainArray(matches, (m) => m.amountMinor),
    plainArray(matches, (m) => m.journalId),
    plainArray(matches, (m) => m.approvalId ?? null),
    at,
  ]);
}

/** How many of the lines of these statements came to what; those that wait under `waiting`. */
export async function countOutcomes(tx: Tx, fileId: Uuid): Promise<Record<string, number>> {
  const rows = await tx.query<{ outcome: string; lines: number }>(
    `select coalesce(l.outcome, 'waiting') as outcome, count(*)::int as lines
       from statement s join statement_line l using (statement_id) where s.file_id = $1 group by 1 order by 1`,
    [fileId],
  );
  return Object.fromEntries(rows.map(({ outcome, lines }) => [outcome, lines]));
}

/** Of these lines those that wait still, locked in order. */
export async function lockThese(tx: Tx, statementId: Uuid, lines: readonly number[]): Promise<number[]> {
  const rows = await tx.query<{ line: number }>(
    `select line from statement_line where statement_id = $1 and line = any($2::int[]) and outcome is null
      order by line for update`,
    [statementId, plainArray(lines)],
  );
  return rows.map((row) => row.line);
}
