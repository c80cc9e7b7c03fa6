// SQL of a sum that may be what another message told in parts: of the same account, day and amount, under no reference
// that says so. One break stands for the whole sum: at the line that says it, or at the first of its parts, while the
// other parts wait.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { DoubtFact } from './facts.ts';
import { MINE } from './store-line-doubt.ts';
import { UNSAID } from './store-sum.ts';
import type { WaitingLine } from './waiting-line.ts';

/** `o` is a line of the sum `b`. */
const OF_SUM = `o.statement_id = b.statement_id and (b.entry = 0 or o.entry = b.entry)`;
const ANSWERED = `exists (select from statement_match a where a.kind = 'another-booking' and a.statement_id = l.statement_id and a.line`;

/** By line. As of doubtsOf: what was told earlier and waits has `outcome` null. */
export async function sumDoubtsOf(
  tx: Tx,
  statementId: Uuid,
  lines: readonly number[],
): Promise<Map<number, DoubtFact>> {
  const rows = await tx.query<{ line: number; alike: DoubtFact }>(
    `with ${MINE}
     select l.line, b.alike from mine, statement_line l cross join lateral (
       select json_build_object('statementId', b.statement_id, 'line', b.first_line, 'entry', b.entry, 'lines', b.lines, 'text', left(f.text, 500),
                'outcome', case when w.waiting then null else f.outcome end) as alike
         from statement_sum b join statement s on s.statement_id = b.statement_id
         join statement_line f on f.statement_id = b.statement_id and f.line = b.first_line
        cross join lateral (
          select bool_or(o.outcome is null) as waiting, bool_and(${UNSAID}) as unsaid from statement_line o where ${OF_SUM}) w
        where b.booked_on = l.booked_on and b.amount_minor = l.amount_minor and b.lines > 1 and b.statement_id <> l.statement_id
          and b.account_id is not distinct from l.account_id and b.biller_id is not distinct from l.biller_id
          and (s.form <> mine.form or mine.meets) and s.sifted_at is not null
          and w.unsaid and (not w.waiting or (s.sifted_at, s.statement_id) < (mine.sifted_at, mine.statement_id))
        order by b.entry = 0, b.statement_id, b.entry limit 1) b
      where l.statement_id = $1 and l.line = any($2::int[]) and not ${ANSWERED} = l.line)
     union all
     select l.line, case when l.line = b.first_line then o.alike else json_build_object('outcome', null) end
       from mine join statement_sum b using (statement_id)
       join statement_line l on l.statement_id = b.statement_id and (b.entry = 0 or l.entry = b.entry) and l.line = any($2::int[])
      cross join lateral (
        select json_build_object('statementId', o.statement_id, 'line', o.line, 'outcome', o.outcome, 'text', left(o.text, 500),
                 'partsOf', b.entry, 'lines', b.lines) as alike
          from statement_line o join statement s on s.statement_id = o.statement_id
         where o.booked_on = b.booked_on and o.amount_minor = b.amount_minor and o.statement_id <> b.statement_id
           and o.account_id is not distinct from b.account_id and o.biller_id is not distinct from b.biller_id
           and (s.form <> mine.form or mine.meets) and s.sifted_at is not null and ${UNSAID}
           and (o.outcome is not null or (s.sifted_at, s.statement_id) < (mine.sifted_at, mine.statement_id))
         order by o.statement_id, o.line limit 1) o
      where b.lines > 1 and not ${ANSWERED} = b.first_line)
        and not exists (select from statement_line o where ${OF_SUM} and o.outcome <> 'break')`,
    [statementId, [...lines]],
  );
  return new Map(rows.map((row) => [row.line, row.alike]));
}

interface Part {
  readonly line: number;
  readonly minor: bigint;
}

export interface Parts {
  readonly lines: readonly Part[];
  /** Our line is of a statement, they are of a notification. */
  readonly claims: boolean;
}

/** The lines of a sum that make as much as this line and that no other is by now; undefined: there is no such sum. */
export async function findParts(
  tx: Tx,
  mine: WaitingLine,
  sum: { statementId: Uuid; entry: number },
): Promise<Parts | undefined> {
  const rows = await tx.query<{ line: number; amount_minor: bigint; claims: boolean; unsaid: boolean }>(
    `select o.line, o.amount_minor, s.form = 'notification' and t.form = 'statement' as claims, ${UNSAID} as unsaid
       from statement t, statement_sum b join statement s using (statement_id) join statement_line o on ${OF_SUM}
      where t.statement_id = $1 and b.statement_id = $2 and b.entry = $3
        and b.account_id is not distinct from t.account_id and b.biller_id is not distinct from t.biller_id
      order by o.line`,
    [mine.statementId, sum.statementId, sum.entry],
  );
  const minor = rows.reduce((all, row) => all + row.amount_minor, 0n);
  if (minor !== mine.amountMinor || rows.some(({ unsaid }) => !unsaid)) return undefined;
  return {
    lines: rows.map((row) => ({ line: row.line, minor: row.amount_minor })),
    claims: rows.some(({ claims }) => claims),
  };
}

/** How much the parts of a sum make, the line among them. undefined: there is none. */
export async function sumOf(tx: Tx, statementId: Uuid, entry: number): Promise<bigint | undefined> {
  const [row] = await tx.query<{ amount_minor: bigint }>(
    'select amount_minor from statement_sum where statement_id = $1 and entry = $2',
    [statementId, entry],
  );
  return row?.amount_minor;
}

/** The parts that wait beside the first one are what it is. Returns how many. The account's lines are locked. */
export async function repeatParts(
  tx: Tx,
  { statementId, line: first }: Pick<WaitingLine, 'statementId' | 'line'>,
  entry: number,
  said: { kind: string; subjectId: Uuid; subjectLine: number; approvalId: Uuid; at: Date },
): Promise<number> {
  const rows = await tx.query(
    `with marked as (
       update statement_line set outcome = 'repeated', placed_at = $4
        where statement_id = $1 and ($2 = 0 or entry = $2) and line <> $3 and outcome is null
       returning line, coalesce(biller_id, 0) as biller_id, amount_minor)
     insert into statement_match (statement_id, line, part, kind, biller_id, subject_id, subject_line, amount_minor, approval_id, recorded_at)
     select $1, line, 0, $5, biller_id, $6, $7, amount_minor, $8, $4 from marked returning line`,
    [statementId, entry, first, said.at, said.kind, said.subjectId, said.subjectLine, said.approvalId],
  );
  return rows.length;
}
