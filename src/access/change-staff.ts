// Changes of a person's way in: another password, or none any more. Both end his sessions at once.

import type { Database, Tx } from '../platform/db/index.ts';
import type { Actor, Outcome } from './change.ts';
import { hashPassword } from './password-hash.ts';
import { passwordFault } from './password-rules.ts';
import { recordAudit } from './record-audit.ts';
import { deleteFactor } from './store-factor.ts';
import { endSessions } from './store-session.ts';
import { findStaff, listRows, markDisabled, updateHash, type StaffRow } from './store-staff.ts';

/** How many sessions ended. Refuses an unknown login and a weak password. */
export async function setPassword(
  database: Database,
  login: string,
  password: string,
  actor: Actor,
): Promise<Outcome<{ ended: number }>> {
  const fault = passwordFault(password, login);
  if (fault !== undefined) return { ok: false, reason: fault };
  const hash = await hashPassword(password);
  return changed(database, login, async (tx, { staff_id }) => {
    await updateHash(tx, staff_id, hash);
    const ended = await endSessions(tx, staff_id);
    await recordAudit(tx, actor, { action: 'staff.set-password', subject: `staff/${login}` });
    return { ended };
  });
}

/** He can sign in no more; what he said and decided stays under his name. */
export async function disableStaff(
  database: Database,
  login: string,
  actor: Actor,
): Promise<Outcome<{ ended: number; changed: boolean }>> {
  return changed(database, login, async (tx, { staff_id, disabled_at }) => {
    if (disabled_at !== null) return { ended: 0, changed: false };
    await markDisabled(tx, staff_id);
    const ended = await endSessions(tx, staff_id);
    const after = { disabled: true, ended };
    await recordAudit(tx, actor, { action: 'staff.disable', subject: `staff/${login}`, after });
    return { ended, changed: true };
  });
}

/** For a session that is lost or taken: he signs in again. */
export async function endAllSessions(
  database: Database,
  login: string,
  actor: Actor,
): Promise<Outcome<{ ended: number }>> {
  return changed(database, login, async (tx, { staff_id }) => {
    const after = { ended: await endSessions(tx, staff_id) };
    await recordAudit(tx, actor, { action: 'staff.end-sessions', subject: `staff/${login}`, after });
    return after;
  });
}

/** For an authenticator that is lost with its recovery codes. His sessions end; he signs in with his password alone. */
export async function removeFactor(
  database: Database,
  login: string,
  actor: Actor,
): Promise<Outcome<{ ended: number; changed: boolean }>> {
  return changed(database, login, async (tx, { staff_id }) => {
    if (!(await deleteFactor(tx, staff_id))) return { ended: 0, changed: false };
    const after = { ended: await endSessions(tx, staff_id) };
    await recordAudit(tx, actor, { action: 'second-factor.remove', subject: `staff/${login}`, after });
    return { ...after, changed: true };
  });
}

function changed<T>(
  database: Database,
  login: string,
  change: (tx: Tx, row: StaffRow) => Promise<T>,
): Promise<Outcome<T>> {
  return database.transaction(async (tx) => {
    const row = await findStaff(tx, login, 'for update of s');
    if (row === undefined) return { ok: false, reason: `there is nobody with the login ${login}` };
    return { ok: true, value: await change(tx, row) };
  });
}

export interface StaffEntry {
  readonly login: string;
  readonly name: string;
  readonly role: string;
  readonly of: string;
  readonly language: string;
  readonly disabledAt: Date | null;
}

export async function listStaff(database: Database): Promise<StaffEntry[]> {
  return (await database.transaction(listRows)).map((row) => ({
    login: row.login,
    name: row.name,
    role: row.role,
    of: row.biller_code ?? row.channel_code ?? 'operator',
    language: row.language,
    disabledAt: row.disabled_at,
  }));
}
