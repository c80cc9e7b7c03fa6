// Runs the invariants: each in a transaction of its own, one biller at a time, so that no snapshot is held long on
// a large database. A single statement sees one moment, so payments may go on meanwhile.

import type { Tx } from '../platform/db/index.ts';
import type { Invariant } from './invariant.ts';

export interface InvariantRow {
  /** null: no biller is concerned. */
  biller_id: number | null;
  looked: bigint;
  broken: bigint;
  examples: string[] | null;
}

const EXAMPLES = 5;

/** One row for each biller that has rows. `billerId` is ignored where the invariant runs over all. */
export async function lookAt(tx: Tx, invariant: Invariant, billerId: number): Promise<InvariantRow[]> {
  await tx.query(`select set_config('statement_timeout', '0', true), set_config('work_mem', '128MB', true)`);
  const overAll = invariant.per === 'installation';
  const statement = {
    name: `books ${invariant.name}`,
    text: `select ${overAll ? 'biller_id' : '$1::int as biller_id'}, count(*) as looked, count(*) filter (where bad) as broken,
            (array_agg(example) filter (where bad))[1:${EXAMPLES}] as examples
       from (${invariant.rows}) rows group by 1 having count(*) > 0 order by 1`,
  };
  return tx.run<InvariantRow>(statement, overAll ? [] : [billerId]);
}
