// A person and the subject that a sign-in provider knows him by. Nobody is made by signing in: who is not bound is refused.

import type { Database } from '../platform/db/index.ts';
import type { Actor, Outcome } from './change.ts';
import { recordAudit } from './record-audit.ts';
import { putSubject, type Subject } from './store-provider.ts';
import { endSessions } from './store-session.ts';
import { findStaff } from './store-staff.ts';

/** With `undefined` he signs in by it no more. His sessions end either way: who signed in by another subject is no longer he. Refuses an unknown login and a subject that is taken. */
export async function bindStaff(
  database: Database,
  login: string,
  to: Subject | undefined,
  actor: Actor,
): Promise<Outcome<{ ended: number }>> {
  if (to !== undefined && !/^[\x21-\x7e]{1,255}$/.test(to.subject))
    return { ok: false, reason: 'a subject has 1 to 255 characters of ASCII, as the provider shows it' };
  return database.transaction(async (tx) => {
    const row = await findStaff(tx, login, 'for update of s');
    if (row === undefined) return { ok: false, reason: `there is nobody with the login ${login}` };
    if (!(await putSubject(tx, row.staff_id, to)))
      return { ok: false, reason: `somebody else is bound to the subject ${to?.subject}` };
    const ended = await endSessions(tx, row.staff_id);
    const action = to === undefined ? 'staff.unbind' : 'staff.bind';
    await recordAudit(tx, actor, { action, subject: `staff/${login}`, after: { ...to, ended } });
    return { ok: true, value: { ended } };
  });
}
