// Adds up what was paid, a bounded step at a time. Call it again and again, in any number of processes: an event is counted
// once. A round without news is one small query.

import type { Database } from '../../platform/db/index.ts';
import { countPaid, readUncounted } from './store-tally.ts';

export async function tallyPaid(database: Database, signal?: AbortSignal): Promise<void> {
  for (const billerId of await database.transaction(readUncounted)) {
    const node = database.nodeOf(billerId);
    while (signal?.aborted !== true && (await node.transaction((tx) => countPaid(tx, billerId))) > 0);
  }
}
