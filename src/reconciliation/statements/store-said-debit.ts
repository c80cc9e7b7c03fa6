// SQL of debits that early word and a statement both tell, under references of their own. The end-to-end id of a debit is its
// alone for ever, so that the second is the same booking, whatever the bank calls it.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { StatementForm } from './statement.ts';
import { MARK, type Lot } from './store-sift.ts';

/**
 * Lines of a statement of this form that the other form has told, each once: a statement claims, early word that comes late
 * repeats. Two lines of one form are no one booking by that.
 */
export async function sayDebitsAgain(
  tx: Tx,
  statementId: Uuid,
  { from, to }: Lot,
  form: StatementForm,
): Promise<void> {
  const [kind, other] = form === 'statement' ? ['claims', 'notification'] : ['repeats', 'statement'];
  await tx.query(
    `with mine as (
       select distinct on (end_to_end_id, amount_minor) line, end_to_end_id, amount_minor, currency, account_id, biller_id
         from statement_line
        where statement_id = $1 and line > $2 and line <= $3 and outcome is null and end_to_end_id ~ '^WSTD[0-9A-HJKMNP-TV-Z]{26}$'
        order by end_to_end_id, amount_minor, line
     ), said as (
       select distinct on (mine.line) mine.line, o.statement_id as subject_id, o.line as subject_line
         from mine
         join statement_line o on o.end_to_end_id = mine.end_to_end_id and o.end_to_end_id like 'WSTD%' and o.amount_minor = mine.amount_minor
          and o.currency = mine.currency and o.statement_id <> $1
          and o.account_id is not distinct from mine.account_id and o.biller_id is not distinct from mine.biller_id
         join statement s on s.statement_id = o.statement_id and s.form = $4 and s.sifted_at is not null
        where o.outcome is distinct from 'repeated'
          and not exists (select from statement_match m
                           where m.kind in ('claims', 'repeats') and m.subject_id = o.statement_id and m.subject_line = o.line)
        order by mine.line, s.sifted_at, o.statement_id, o.line
     ), ${MARK}
     select $1, line, 0, $5, biller_id, said.subject_id, said.subject_line, amount_minor, business_now()
       from marked join said using (line)`,
    [statementId, from, to, other, kind],
  );
}
