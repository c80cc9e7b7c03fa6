// Counts how soon agencies had their events, a bounded step at a time. Call it again and again, in any number of
// processes: an event is counted once.

import type { Biller } from '../../billers/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { tallyStep } from './store-tally.ts';

export async function tallyConfirmations(database: Database, billers: Iterable<Biller>): Promise<void> {
  for (const { billerId } of billers) {
    const node = database.nodeOf(billerId);
    while ((await node.transaction((tx) => tallyStep(tx, billerId))) > 0);
  }
}
