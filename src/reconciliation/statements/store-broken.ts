// SQL of a line that persons decide about: one that is a break, or whose money lies in suspense; and of the line that it may
// be the same as.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import { toLine, type LineRow } from './store-lot.ts';
import { lockLinesOf } from './store-sift.ts';
import type { WaitingLine } from './waiting-line.ts';

export interface Broken {
  /** Its amount is what nothing has been said of yet. */
  readonly line: WaitingLine;
  readonly firstPart: number;
}

type Key = Pick<WaitingLine, 'statementId' | 'line'>;

/** What a line is called until persons have decided. */
export type Undecided = 'break' | 'suspense';

/** undefined: it is not called so, or not any more. */
export async function findBroken(
  tx: Tx,
  { statementId, line }: Key,
  was: Undecided,
): Promise<Broken | undefined> {
  const [row] = await tx.query<LineRow & { placed_minor: bigint; first_part: number }>(
    `select l.*, m.* from statement_line l cross join lateral (
       select coalesce(sum(amount_minor) filter (where kind <> 'suspense'), 0)::bigint as placed_minor,
              coalesce(max(part), -1) + 1 as first_part
         from statement_match m where m.statement_id = l.statement_id and m.line = l.line) m
      where l.statement_id = $1 and l.line = $2 and l.outcome = $3`,
    [statementId, line, was],
  );
  if (row === undefined) return undefined;
  const found = toLine(row);
  return {
    line: { ...found, amountMinor: found.amountMinor - row.placed_minor },
    firstPart: row.first_part,
  };
}

/**
 * The same, and until the transaction ends nobody else places lines of its account. Of one in suspense the line alone is
 * locked: who takes such a line back holds its account, and waits for its break.
 */
export async function lockBroken(tx: Tx, key: Key, was: Undecided): Promise<Broken | undefined> {
  const seen = await findBroken(tx, key, was);
  if (seen === undefined) return undefined;
  if (was === 'break') await lockLinesOf(tx, seen.line);
  await tx.query('select from statement_line where statement_id = $1 and line = $2 for update', [
    key.statementId,
    key.line,
  ]);
  return findBroken(tx, key, was);
}

export interface Alike {
  readonly statementId: Uuid;
  readonly line: number;
  readonly outcome: string | null;
  /** Our line is of a statement, the other one of a notification. */
  readonly claims: boolean;
  /** Another line has been found, or decided, to be the same booking in this way. */
  readonly isTaken: boolean;
}

/** A line of the same account in another statement, of our amount or of the sum that ours is part of; undefined: there is none. */
export async function findAlike(
  tx: Tx,
  mine: WaitingLine,
  other: Key,
  minor = mine.amountMinor,
): Promise<Alike | undefined> {
  const [row] = await tx.query<{ outcome: string | null; claims: boolean; taken: boolean }>(
    `select o.outcome, s.form = 'notification' and t.form = 'statement' as claims,
            exists (select from statement_match c where c.subject_id = o.statement_id and c.subject_line = o.line
                       and (c.kind = 'claims' or c.kind = 'repeats' and c.statement_id = l.statement_id)) as taken
       from statement_line l
       join statement t on t.statement_id = l.statement_id
       join statement_line o on o.amount_minor = $5 and o.currency = l.currency and o.statement_id <> l.statement_id
        and o.account_id is not distinct from l.account_id and o.biller_id is not distinct from l.biller_id
       join statement s on s.statement_id = o.statement_id
      where l.statement_id = $1 and l.line = $2 and o.statement_id = $3 and o.line = $4`,
    [mine.statementId, mine.line, other.statementId, other.line, minor],
  );
  return row && { ...other, outcome: row.outcome, claims: row.claims, isTaken: row.taken };
}

/** It waits to be placed again. The line, and the lines of its account, are locked. */
export async function putBack(tx: Tx, { statementId, line }: Key): Promise<void> {
  await tx.query(
    `with line as (
       update statement_line set outcome = null, placed_at = null
        where statement_id = $1 and line = $2 and outcome = 'break' returning statement_id)
     update statement s set placed_at = null from line where s.statement_id = line.statement_id`,
    [statementId, line],
  );
}

export async function endToEndIdOf(tx: Tx, remittanceId: Uuid): Promise<string | undefined> {
  const [row] = await tx.query<{ end_to_end_id: string }>(
    'select end_to_end_id from remittance where remittance_id = $1',
    [remittanceId],
  );
  return row?.end_to_end_id;
}
