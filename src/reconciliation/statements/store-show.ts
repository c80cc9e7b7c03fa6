// SQL of files and statements as people see them. Reads only.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Continuity } from './continuity.ts';
import type { StatementForm } from './statement.ts';

export interface StatementRow {
  statement_id: Uuid;
  /** The operator's account, or the biller whose own it is. */
  account: string | null;
  biller: string | null;
  form: StatementForm;
  reference: string;
  sequence: string | null;
  currency: string;
  from_date: string | null;
  to_date: string | null;
  opening_minor: bigint | null;
  closing_minor: bigint | null;
  credits_minor: bigint;
  debits_minor: bigint;
  lines: number;
  continuity: Continuity;
  /** Lines by what they were found to be; those that wait under `waiting`. */
  outcomes: Record<string, number> | null;
}

/** Of a file, in its order; or one. */
export function statementsOf(
  tx: Tx,
  { fileId = null, statementId = null }: { fileId?: Uuid | null; statementId?: Uuid | null },
): Promise<StatementRow[]> {
  return tx.query<StatementRow>(
    `select s.statement_id, a.code as account, b.code as biller, s.form, s.reference, s.sequence, s.currency, s.from_date,
            s.to_date, s.opening_minor, s.closing_minor, s.credits_minor, s.debits_minor, s.lines, s.continuity,
            (select json_object_agg(outcome, lines) from (
               select coalesce(outcome, 'waiting') as outcome, count(*) as lines from statement_line l
                where l.statement_id = s.statement_id group by 1 order by 1) o) as outcomes
       from statement s left join bank_account a using (account_id) left join biller b on b.biller_id = s.biller_id
      where (s.file_id = $1 or s.statement_id = $2) and s.state = 'read' order by s.position`,
    [fileId, statementId],
  );
}

/** Codes of banks and of the operator's accounts, by number. */
export async function namesOf(
  tx: Tx,
): Promise<{ banks: Map<number, string>; accounts: Map<number, string> }> {
  const banks = await tx.query<{ id: number; code: string }>('select bank_id as id, code from bank');
  const accounts = await tx.query<{ id: number; code: string }>(
    'select account_id as id, code from bank_account',
  );
  const byId = (rows: readonly { id: number; code: string }[]): Map<number, string> =>
    new Map(rows.map(({ id, code }) => [id, code]));
  return { banks: byId(banks), accounts: byId(accounts) };
}
