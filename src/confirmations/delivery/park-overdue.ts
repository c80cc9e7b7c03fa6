// An endpoint that has taken nothing for three days: what is as old is parked, so that the day it comes back it begins
// with what is new. The feed still has everything. In bounded steps.

import type { Database } from '../../platform/db/index.ts';
import { parkOldest } from './store-delivery.ts';

const IN_ONE_STEP = 1000;

export async function parkOverdue(database: Database, billerId: number, failure: string): Promise<void> {
  for (let parked = IN_ONE_STEP; parked === IN_ONE_STEP;) {
    parked = await database.transaction((tx) => parkOldest(tx, billerId, failure, IN_ONE_STEP));
  }
}
