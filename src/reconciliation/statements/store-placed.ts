// SQL of what earlier lines have done: journals of top-ups, money that lies in suspense.

import type { Uuid } from '../../kernel/ids.ts';
import { plainArray, type Tx } from '../../platform/db/index.ts';
import type { WaitingLine } from './waiting-line.ts';

export async function topUpJournal(tx: Tx, channelId: number, reference: string): Promise<Uuid> {
  const [row] = await tx.query<{ journal_id: Uuid }>(
    'select journal_id from top_up where channel_id = $1 and reference = $2',
    [channelId, reference],
  );
  if (row === undefined) throw new Error(`the top-up ${reference} is not there`);
  return row.journal_id;
}

/** How far the day on which persons made a top-up and that on which the bank booked it may lie apart. */
const DAYS_APART = 10;

/**
 * A top-up of as much that persons have made and no line has proved: the one whose reference the line names, else the
 * oldest of these days. Of this bank account, or of none that was named. The channel is locked.
 * `taken`: by lines before this one, which are not written yet.
 */
export async function findTopUpTold(
  tx: Tx,
  channelId: number,
  { accountId, currency, amountMinor, bookedOn, text }: WaitingLine,
  taken: readonly Uuid[],
): Promise<{ journalId: Uuid; accountId: number } | undefined> {
  const [row] = await tx.query<{ journal_id: Uuid; account_id: number }>(
    `select t.journal_id, a.channel_id as account_id
       from top_up t
       join posting p on p.biller_id = 0 and p.journal_id = t.journal_id
       join account a on a.biller_id = p.biller_id and a.account_no = p.account_no and a.code = 'bank' and a.channel_id in (0, $4)
      where t.channel_id = $1 and t.currency = $2 and t.amount_minor = $3 and t.reference !~ '^stm_[0-9a-z]{26}:[0-9]+$'
        and t.recorded_at::date between $5::date - ${DAYS_APART} and $5::date + ${DAYS_APART}
        and t.journal_id <> all($7::uuid[])
        and not exists (select from statement_match m where m.subject_id = t.journal_id and m.kind = 'top-up')
      order by position(t.reference in $6) = 0, t.recorded_at, t.reference limit 1`,
    [channelId, currency, amountMinor, accountId, bookedOn, text, [...taken]],
  );
  return row && { journalId: row.journal_id, accountId: row.account_id };
}

/** Locks the breaks of lines that a lot takes back, before the channels of its transfers: a decision locks in that order. */
export async function lockLying(
  tx: Tx,
  lines: readonly { readonly statementId: Uuid; readonly line: number }[],
): Promise<void> {
  if (lines.length === 0) return;
  await tx.query(
    `select from break where (statement_id, line) in (select * from unnest($1::uuid[], $2::int[])) and state = 'open'
      order by biller_id, break_id for update`,
    [plainArray(lines, (each) => each.statementId), plainArray(lines, (each) => each.line)],
  );
}

/** The open break of money that lies in the operator's suspense; undefined: somebody has moved it. Locks the break. */
export async function lyingInSuspense(
  tx: Tx,
  statementId: Uuid,
  line: number,
): Promise<{ billerId: number; key: string } | undefined> {
  const [row] = await tx.query<{ biller_id: number; key: string }>(
    `select biller_id, key from break where statement_id = $1 and line = $2 and state = 'open'
        and exists (select from statement_match where statement_id = $1 and line = $2 and biller_id = 0)
        and not exists (select from statement_match where statement_id = $1 and line = $2 and biller_id <> 0)
      for update`,
    [statementId, line],
  );
  return row && { billerId: row.biller_id, key: row.key };
}

/** The line whose money lies in suspense by an open break; undefined: none does. Locks nothing. */
export async function findSuspended(
  tx: Tx,
  breakId: Uuid,
): Promise<{ statementId: Uuid; line: number; accountId: number | null; amountMinor: bigint } | undefined> {
  const [row] = await tx.query<{
    statement_id: Uuid;
    line: number;
    account_id: number | null;
    amount_minor: bigint;
  }>(
    `select l.statement_id, l.line, l.account_id, l.amount_minor
       from break k join statement_line l on l.statement_id = k.statement_id and l.line = k.line
      where k.biller_id = 0 and k.break_id = $1 and k.kind = 'unplaced-deposit' and k.state = 'open' and l.outcome = 'suspense'`,
    [breakId],
  );
  return (
    row && {
      statementId: row.statement_id,
      line: row.line,
      accountId: row.account_id,
      amountMinor: row.amount_minor,
    }
  );
}
