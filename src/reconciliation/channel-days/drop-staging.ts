// Staging tables that nobody needs any more are dropped, one by one.

import type { Database, Tx } from '../../platform/db/index.ts';
import { dropTable } from './store-staging.ts';

export async function dropStaging(
  database: Database,
  find: (tx: Tx) => Promise<{ name: string }[]>,
): Promise<void> {
  for (const { name } of await database.transaction(find))
    await database.transaction((tx) => dropTable(tx, name));
}
