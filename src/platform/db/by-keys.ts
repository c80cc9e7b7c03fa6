// Work in lots on tables that grow while it goes on. Remember: the planner knows a table as it was when it was last
// analysed; one that was empty then is read whole for each lot, and the work grows with its square.

import type { Tx } from './database.ts';

/** Until the transaction ends rows are looked up by their keys, whatever the planner knows, and nothing is compiled for it. */
export async function lookUpByKeys(tx: Tx): Promise<void> {
  await tx.query(`select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)`);
}
