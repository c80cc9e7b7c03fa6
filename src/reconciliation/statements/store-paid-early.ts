// SQL of breaks of debits that came before the order of their remittance was made.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';

export interface PaidEarly {
  readonly billerId: number;
  readonly breakId: Uuid;
  readonly key: string;
  readonly statementId: Uuid;
  readonly line: number;
}

/** Open ones whose remittance has been ordered since, of exactly its amount and account; at most `limit`, the oldest first. */
export async function orderedSince(tx: Tx, limit: number): Promise<PaidEarly[]> {
  const rows = await tx.query<{
    biller_id: number;
    break_id: Uuid;
    key: string;
    statement_id: Uuid;
    line: number;
  }>(
    `select b.biller_id, b.break_id, b.key, b.statement_id, b.line
       from break b
       join remittance r on r.biller_id = (b.ours ->> 'billerId')::int and r.remittance_id = (b.ours ->> 'remittanceId')::uuid
       join statement_line l on l.statement_id = b.statement_id and l.line = b.line
      where b.state = 'open' and b.kind = 'unplaced-line' and b.ours ->> 'state' in ('planned', 'approved')
        and b.approval_id is null and r.state in ('sent', 'confirmed')
        and l.amount_minor = -r.amount_minor and l.account_id = r.pays_from
      order by b.opened_at, b.break_id limit $1`,
    [limit],
  );
  return rows.map((row) => ({
    billerId: row.biller_id,
    breakId: row.break_id,
    key: row.key,
    statementId: row.statement_id,
    line: row.line,
  }));
}
