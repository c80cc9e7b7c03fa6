// A suspended channel may take payments again.

import type { Actor, Outcome } from '../access/index.ts';
import type { Database } from '../platform/db/index.ts';
import { changeStatus } from './change-status.ts';

export function resumeChannel(
  database: Database,
  code: string,
  actor: Actor,
): Promise<Outcome<{ changed: boolean }>> {
  return changeStatus(database, code, 'active', actor);
}
