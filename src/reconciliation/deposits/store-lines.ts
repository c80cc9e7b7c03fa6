// SQL of lines that deposits are placed from: which of them wait, and what each was found to be. A line is placed once: its
// row is locked before anything is decided, and says from then on what it is.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { DepositLine } from './deposit.ts';

type LineKey = Pick<DepositLine, 'statementId' | 'line'>;

export function lineKey({ statementId, line }: LineKey): string {
  return `${statementId} ${line}`;
}

const keysJson = (lines: readonly LineKey[]): string =>
  JSON.stringify(lines.map(({ statementId, line }) => ({ statement_id: statementId, line })));

/** Of these the ones that wait, by `lineKey`. Locks them; one that somebody else is placing is left to him. */
export async function lockWaiting(tx: Tx, lines: readonly LineKey[]): Promise<Set<string>> {
  const rows = await tx.query<{ statement_id: Uuid; line: number }>(
    `select l.statement_id, l.line from statement_line l
       join json_to_recordset($1::json) as w(statement_id uuid, line int) using (statement_id, line)
      where l.outcome is null for update of l skip locked`,
    [keysJson(lines)],
  );
  return new Set(rows.map((row) => lineKey({ statementId: row.statement_id, line: row.line })));
}

/** Of these the ones whose statement came longer ago than so many hours. Locks nothing. */
export async function linesOlderThan(tx: Tx, lines: readonly LineKey[], hours: number): Promise<Set<string>> {
  const rows = await tx.query<{ statement_id: Uuid; line: number }>(
    `select w.statement_id, w.line from json_to_recordset($1::json) as w(statement_id uuid, line int)
       join statement s using (statement_id) where s.recorded_at < business_now() - $2 * interval '1 hour'`,
    [keysJson(lines), hours],
  );
  return new Set(rows.map((row) => lineKey({ statementId: row.statement_id, line: row.line })));
}

/** One thing that a line moved: its money into a payment or a payer's credit, into suspense, or out of it again. */
export interface Match extends LineKey {
  readonly kind: 'deposit' | 'credit' | 'suspense' | 'out-of-suspense';
  readonly billerId: number;
  readonly channelId: number | null;
  readonly paymentId: Uuid | null;
  /** Negative: out of suspense. */
  readonly amountMinor: bigint;
  readonly journalId: Uuid;
  readonly approvalId?: Uuid | undefined;
}

/** Parts are numbered on from those that the line has; the line is locked. */
export async function insertMatches(tx: Tx, matches: readonly Match[], at: Date): Promise<void> {
  const rows = matches.map((match) => ({
    statement_id: match.statementId,
    line: match.line,
    kind: match.kind,
    biller_id: match.billerId,
    channel_id: match.channelId,
    subject_id: match.paymentId,
    amount_minor: String(match.amountMinor),
    journal_id: match.journalId,
    approval_id: match.approvalId ?? null,
  }));
  await tx.query(
    `insert into statement_match (statement_id, line, part, kind, biller_id, channel_id, subject_id, amount_minor,
       journal_id, approval_id, recorded_at)
     select m.statement_id, m.line,
            coalesce((select max(part) from statement_match s where s.statement_id = m.statement_id and s.line = m.line), 0)
              + row_number() over (partition by m.statement_id, m.line order by m.place),
            m.kind, m.biller_id, m.channel_id, m.subject_id, m.amount_minor, m.journal_id, m.approval_id, $2
       from (select ordinality as place, r.* from rows from (json_to_recordset($1::json) as (
              statement_id uuid, line int, kind text, biller_id int, channel_id int, subject_id uuid,
              amount_minor bigint, journal_id uuid, approval_id uuid)) with ordinality
              as r(statement_id, line, kind, biller_id, channel_id, subject_id, amount_minor, journal_id, approval_id, ordinality)) m`,
    [JSON.stringify(rows), at],
  );
}

export interface PlacedLine extends LineKey {
  readonly outcome: 'deposit' | 'suspense';
}

/** Throws when one of them was placed before: they are locked. */
export async function markPlaced(tx: Tx, lines: readonly PlacedLine[], at: Date): Promise<void> {
  const rows = lines.map(({ statementId, line, outcome }) => ({ statement_id: statementId, line, outcome }));
  const marked = await tx.query(
    `update statement_line l set outcome = w.outcome, placed_at = $2
       from json_to_recordset($1::json) as w(statement_id uuid, line int, outcome text)
      where l.statement_id = w.statement_id and l.line = w.line and l.outcome is null returning 1`,
    [JSON.stringify(rows), at],
  );
  if (marked.length !== lines.length) throw new Error('a line of a statement was placed twice');
}

interface SuspendedRow {
  account_id: number;
  booked_on: string;
  booked_at: Date | null;
  currency: string;
  amount_minor: bigint;
  text: string;
  counterparty: string | null;
}

/** A credit that lies in suspense, or that is a break, locked; undefined: it does not, or not any more. */
export async function lockCredit(
  tx: Tx,
  { statementId, line }: LineKey,
  outcome: 'suspense' | 'break',
): Promise<DepositLine | undefined> {
  const [row] = await tx.query<SuspendedRow>(
    `select account_id, booked_on, booked_at, currency, amount_minor, text, counterparty from statement_line
      where statement_id = $1 and line = $2 and outcome = $3 and amount_minor > 0 and account_id is not null
        for update`,
    [statementId, line, outcome],
  );
  return (
    row && {
      statementId,
      line,
      accountId: row.account_id,
      bookedOn: row.booked_on,
      bookedAt: row.booked_at,
      currency: row.currency,
      amountMinor: row.amount_minor,
      text: row.text,
      counterparty: row.counterparty,
    }
  );
}

/** It is a payer's now. The line is locked. */
export async function markDeposit(tx: Tx, { statementId, line }: LineKey, at: Date): Promise<void> {
  await tx.query(
    `update statement_line set outcome = 'deposit', placed_at = $3 where statement_id = $1 and line = $2`,
    [statementId, line, at],
  );
}

/** Whether the biller has ever had a bill for him. */
export async function isPayer(
  tx: Tx,
  { billerId, payerId }: { billerId: number; payerId: string },
): Promise<boolean> {
  const rows = await tx.query('select from bill where biller_id = $1 and payer_id = $2 limit 1', [
    billerId,
    payerId,
  ]);
  return rows.length > 0;
}
