// SQL of the access room: the audit log. Its time is the real one, also while the demo's clock is shifted: it says
// when somebody did something, not which day the books had.

import type { Tx } from '../platform/db/index.ts';
import type { Actor, Change } from './change.ts';

export async function insertAudit(tx: Tx, actor: Actor, change: Change): Promise<void> {
  await tx.query(
    `insert into audit_log (audit_id, actor, origin, action, subject, before, after)
     values (gen_random_uuid(), $1, $2, $3, $4, $5, $6)`,
    [actor.name, originOf(actor), change.action, change.subject, jsonOf(change.before), jsonOf(change.after)],
  );
}

function originOf({ origin, address }: Actor): string {
  return address === undefined ? origin : `${origin} ${address}`;
}

function jsonOf(rows: object | undefined): string | null {
  return rows === undefined ? null : JSON.stringify(rows);
}
