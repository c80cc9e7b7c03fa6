// No new payment of the channel is accepted from the commit on; what it has been answered before is still answered
// again, and so is where its payments stand.

import type { Actor, Outcome } from '../access/index.ts';
import type { Database } from '../platform/db/index.ts';
import { changeStatus } from './change-status.ts';

export function suspendChannel(
  database: Database,
  code: string,
  actor: Actor,
): Promise<Outcome<{ changed: boolean }>> {
  return changeStatus(database, code, 'suspended', actor);
}
