// SQL of a line that may be a booking which another message, or a statement of the same days, tells in other words.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { DoubtFact } from './facts.ts';

/** The statement $1. `meets`: it may say bookings of other statements again. */
export const MINE = `mine as (
       select statement_id, form, message, account_id, biller_id, sifted_at,
              form = 'statement' and continuity in ('overlap', 'unknown') as meets
         from statement where statement_id = $1)`;

/** What there is that lines of a statement could be alike: asked first, for most accounts have neither. */
export async function likenesses(tx: Tx, statementId: Uuid): Promise<{ others: boolean; sums: boolean }> {
  const [row] = await tx.query<{ others: boolean; sums: boolean }>(
    `with ${MINE}
     select exists (select from statement s
              where (s.form <> mine.form or s.message <> mine.message or mine.meets and s.statement_id <> mine.statement_id) and s.state = 'read'
                and s.account_id is not distinct from mine.account_id and s.biller_id is not distinct from mine.biller_id) as others,
            exists (select from statement_sum b
              where b.account_id is not distinct from mine.account_id and b.biller_id is not distinct from mine.biller_id and b.lines > 1) as sums
       from mine`,
    [statementId],
  );
  return row ?? { others: false, sums: false };
}

/**
 * Which lines of a lot may be a booking that is told in other words, by number: by the other form, by a statement of the
 * same days, or by another kind of notification. The same day, or around it under the same reference of the bank: early
 * word may know the day of value only. One that was told earlier and waits has `outcome` null, and whoever tells it later
 * waits for it. None, once persons have said that they are two.
 */
export async function lineDoubtsOf(
  tx: Tx,
  statementId: Uuid,
  lines: readonly number[],
): Promise<Map<number, DoubtFact>> {
  const rows = await tx.query<{ line: number; alike: DoubtFact }>(
    `with ${MINE}
     select l.line, o.alike from mine, statement_line l cross join lateral (
       select json_build_object('statementId', o.statement_id, 'line', o.line, 'outcome', o.outcome, 'text', left(o.text, 500)) as alike
         from statement_line o join statement s on s.statement_id = o.statement_id
        where o.booked_on = any(array[l.booked_on, l.booked_on - 1, l.booked_on + 1, l.booked_on - 2, l.booked_on + 2, l.booked_on - 3, l.booked_on + 3])
          and o.amount_minor = l.amount_minor and o.identity <> l.identity and o.statement_id <> l.statement_id
          and (o.booked_on = l.booked_on or o.bank_reference = l.bank_reference)
          and (s.form <> mine.form or mine.meets or s.form = 'notification' and s.message <> mine.message) and s.sifted_at is not null
          and o.account_id is not distinct from l.account_id and o.biller_id is not distinct from l.biller_id
          and (o.outcome is not null or (s.sifted_at, s.statement_id) < (mine.sifted_at, mine.statement_id))
          and not exists (select from statement_match m where m.statement_id = o.statement_id and m.line = o.line and m.kind = 'repeats')
          and not (o.end_to_end_id is not null and l.end_to_end_id is not null and o.end_to_end_id <> l.end_to_end_id)
          and not exists (select from statement_match c where c.kind = 'claims' and c.subject_id = o.statement_id and c.subject_line = o.line)
          and not exists (select from statement_line t where t.identity = o.identity and t.statement_id = l.statement_id
                             and t.outcome = 'repeated' and t.occurrence >= o.occurrence)
        limit 1) o
      where l.statement_id = $1 and l.line = any($2::int[])
        and not exists (select from statement_match a where a.statement_id = l.statement_id and a.line = l.line and a.kind = 'another-booking')`,
    [statementId, [...lines]],
  );
  return new Map(rows.map((row) => [row.line, row.alike]));
}
