// SQL of bookings that one message says as a sum and another in its parts: the notification tells each payer's transfer,
// the statement what the bank booked of them together, or the other way round. Under the same reference of the bank they
// are one by themselves; of the same day and amount alone, a person says so (store-sum-doubt.ts).

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Unsifted } from './store-sift.ts';

/** Entry 0: all that a notification says of one day, when it has several entries. The statement's lines are all there. */
export async function insertSums(tx: Tx, statementId: Uuid): Promise<void> {
  await tx.query(
    `insert into statement_sum (statement_id, entry, first_line, lines, account_id, biller_id, booked_on, amount_minor, reference)
     select statement_id, entry, min(line), count(*), min(account_id), min(biller_id), min(booked_on), sum(amount_minor), min(sum_reference)
       from statement_line where statement_id = $1
      group by statement_id, entry having count(*) > 1 or min(sum_reference) is not null
     union all
     select l.statement_id, 0, min(line), count(*), min(l.account_id), min(l.biller_id), min(booked_on), sum(amount_minor), null
       from statement s join statement_line l using (statement_id) where s.statement_id = $1 and s.form = 'notification'
      group by l.statement_id having count(distinct entry) > 1 and count(distinct booked_on) = 1`,
    [statementId],
  );
}

/**
 * The line `o` of the statement `s` is not itself said again: a statement's may be what early word had told, a
 * notification's is claimed once.
 */
export const UNSAID = `case s.form
  when 'statement' then not exists (select from statement_match r where r.kind = 'repeats' and r.statement_id = o.statement_id and r.line = o.line)
  else o.outcome is distinct from 'repeated'
    and not exists (select from statement_match c where c.kind = 'claims' and c.subject_id = o.statement_id and c.subject_line = o.line) end`;

/** The line says as one, under the same reference of the bank, what the sum `b` is made of. */
function isWhole(line: string): string {
  return `${line}.booked_on = b.booked_on and ${line}.amount_minor = b.amount_minor and ${line}.bank_reference = b.reference
          and ${line}.sum_reference is null
          and ${line}.account_id is not distinct from b.account_id and ${line}.biller_id is not distinct from b.biller_id`;
}

/**
 * Under the same reference, of the same day and amount: the parts that were told are the sum that this statement says,
 * and the sum that was told is the parts that it says. Its lines are `repeated`; each names what it is. In one transaction
 * for the whole statement, which locks nothing but its lines.
 */
export async function sayAgainSums(tx: Tx, statement: Unsifted): Promise<void> {
  // Else every line would be looked up: most banks tell no sums.
  if (!(await hasSums(tx, statement))) return;
  const { statementId, form, continuity } = statement;
  const isStatement = form === 'statement';
  const others = isStatement ? ['notification'] : ['notification', 'statement'];
  if (continuity === 'overlap' || (isStatement && continuity === 'unknown')) others.push('statement');
  // A statement claims what was told early, once for all; anything else repeats.
  const kind = isStatement ? `case s.form when 'notification' then 'claims' else 'repeats' end` : `'repeats'`;
  const params = [statementId, others];
  await tx.query(
    `with sums as (
       select distinct on (l.line) l.line, b.statement_id, b.entry, ${kind} as kind
         from statement_line l
         join statement_sum b on ${isWhole('l')}
         join statement s on s.statement_id = b.statement_id and s.form = any($2::text[]) and s.sifted_at is not null
        where l.statement_id = $1 and l.outcome is null and b.statement_id <> $1
          and not exists (select from statement_line o where o.statement_id = b.statement_id and o.entry = b.entry and not (${UNSAID}))
        order by l.line, s.sifted_at, b.statement_id, b.entry
     ), once as (
       select distinct on (statement_id, entry) * from sums order by statement_id, entry, line
     ), marked as (
       update statement_line l set outcome = 'repeated', placed_at = business_now()
         from once where l.statement_id = $1 and l.line = once.line
     )
     insert into statement_match (statement_id, line, part, kind, biller_id, subject_id, subject_line, amount_minor, recorded_at)
     select $1, once.line, row_number() over (partition by once.line order by o.line) - 1, once.kind, coalesce(o.biller_id, 0),
            o.statement_id, o.line, o.amount_minor, business_now()
       from once join statement_line o on o.statement_id = once.statement_id and o.entry = once.entry`,
    params,
  );
  await tx.query(
    `with sums as (
       select distinct on (b.entry) b.entry, b.first_line, o.statement_id, o.line, ${kind} as kind
         from statement_sum b
         join statement_line o on ${isWhole('o')}
         join statement s on s.statement_id = o.statement_id and s.form = any($2::text[]) and s.sifted_at is not null
        where b.statement_id = $1 and o.statement_id <> $1 and ${UNSAID}
          and not exists (select from statement_line l where l.statement_id = $1 and l.entry = b.entry and l.outcome is not null)
        order by b.entry, s.sifted_at, o.statement_id, o.line
     ), once as (
       select distinct on (statement_id, line) * from sums order by statement_id, line, entry
     ), marked as (
       update statement_line l set outcome = 'repeated', placed_at = business_now()
         from once where l.statement_id = $1 and l.entry = once.entry
       returning l.line, l.entry, coalesce(l.biller_id, 0) as biller_id, l.amount_minor
     )
     insert into statement_match (statement_id, line, part, kind, biller_id, subject_id, subject_line, amount_minor, recorded_at)
     select $1, m.line, 0, case when m.line = once.first_line or once.kind = 'repeats' then once.kind else 'part-of' end, m.biller_id,
            once.statement_id, once.line, m.amount_minor, business_now()
       from once join marked m using (entry)`,
    params,
  );
}

async function hasSums(tx: Tx, { accountId, billerId }: Unsifted): Promise<boolean> {
  const rows = await tx.query(
    'select from statement_sum where account_id is not distinct from $1 and biller_id is not distinct from $2 limit 1',
    [accountId, billerId],
  );
  return rows.length > 0;
}
