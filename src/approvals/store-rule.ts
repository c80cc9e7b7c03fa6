// SQL of the steps that a kind of request has.

import type { Tx } from '../platform/db/index.ts';

/** Steps by rule of the kind; undefined: there is no rule. */
export async function stepsOf(tx: Tx, kind: string): Promise<number | undefined> {
  const [row] = await tx.query<{ steps: number }>(`select steps from approval_rule where kind = $1`, [kind]);
  return row?.steps;
}

export async function upsertRule(tx: Tx, kind: string, steps: number): Promise<void> {
  await tx.query(
    'insert into approval_rule (kind, steps) values ($1, $2) on conflict (kind) do update set steps = excluded.steps',
    [kind, steps],
  );
}

export function listRuleRows(tx: Tx): Promise<{ kind: string; steps: number }[]> {
  return tx.query('select kind, steps from approval_rule order by kind');
}
