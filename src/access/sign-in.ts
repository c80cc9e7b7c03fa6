// Login and password against a session. Remember: who asks must not learn whether a login exists, so the attempt is
// noted, the pause kept, a hash checked and the audit written for every login alike (OWASP ASVS 2.2).

import { hash } from 'node:crypto';
import { refuse, Refused } from '../kernel/errors.ts';
import type { Database } from '../platform/db/index.ts';
import { checkPassword, hashPassword, NOBODYS_HASH } from './password-hash.ts';
import { actorOf, type Person } from './person.ts';
import { recordAudit } from './record-audit.ts';
import { forgetAttempts, noteAttempt } from './store-attempt.ts';
import { insertSession, type Origin } from './store-session.ts';
import { findStaff, readHash, toPerson, updateHash } from './store-staff.ts';
import { hashToken, newToken } from './token.ts';

export interface Opened {
  readonly token: string;
  readonly person: Person;
  readonly expiresAt: Date;
}

export interface Credentials {
  readonly login: string;
  readonly password: string;
}

/**
 * Refuses `sign-in-refused` (wrong password, no such person, a disabled one: all alike) and `sign-in-paused` after wrong
 * passwords, whatever the password is now.
 */
export async function signIn(
  database: Database,
  { login, password }: Credentials,
  origin: Origin,
): Promise<Opened> {
  const { address } = origin;
  const loginHash = hash('sha256', login, 'buffer');
  const attempt = await database.transaction((tx) => noteAttempt(tx, loginHash));
  if (attempt.paused) throw new Refused(refuse('sign-in-paused', { retryAfterSeconds: attempt.seconds }));
  const known = await database.transaction((tx) => readHash(tx, login));
  const { isRight, isOutdated } = await checkPassword(password, known?.hash ?? NOBODYS_HASH);
  if (known === undefined || !isRight) {
    await database.transaction((tx) =>
      recordAudit(
        tx,
        { name: 'stranger', origin: 'api', address },
        { action: 'session.refused', subject: `staff/${known === undefined ? '(unknown)' : login}` },
      ),
    );
    throw new Refused(refuse('sign-in-refused'));
  }
  const newHash = isOutdated ? await hashPassword(password) : undefined;
  return database.transaction(async (tx) => {
    const row = await findStaff(tx, login, 'for update of s');
    // Disabled, or given another password, while his was checked.
    if (row === undefined || (await readHash(tx, login))?.hash !== known.hash)
      throw new Refused(refuse('sign-in-refused'));
    const person = toPerson(row);
    if (newHash !== undefined) await updateHash(tx, person.staffId, newHash);
    await forgetAttempts(tx, loginHash);
    const token = newToken();
    const expiresAt = await insertSession(tx, hashToken(token), person.staffId, origin);
    await recordAudit(tx, actorOf(person, address), { action: 'session.open', subject: `staff/${login}` });
    return { token, person, expiresAt };
  });
}
