// Every change by a person or a client leaves one row: who, when, from where, what it was and what it became. It is
// written in the transaction of the change itself, so that there is never the one without the other.

import type { Tx } from '../platform/db/index.ts';
import type { Actor, Change } from './change.ts';
import { insertAudit } from './store.ts';

export function recordAudit(tx: Tx, actor: Actor, change: Change): Promise<void> {
  return insertAudit(tx, actor, change);
}
