// Login and password, and the code of a second factor, against a session. Remember: who asks must not learn whether a login exists, so the attempt is
// noted, the pause kept, a hash checked and the audit written for every login alike (OWASP ASVS 2.2).

import { hash } from 'node:crypto';
import { refuse, Refused } from '../kernel/errors.ts';
import type { Tx } from '../platform/db/index.ts';
import { checkPassword, hashPassword, NOBODYS_HASH } from './password-hash.ts';
import { actorOf, type Person } from './person.ts';
import { recordAudit } from './record-audit.ts';
import { proveFactor, type FactorTools } from './second-factor.ts';
import { countRecoveryCodes } from './store-factor.ts';
import { forgetAttempts, noteAttempt } from './store-attempt.ts';
import { insertSession, type Origin, type Way } from './store-session.ts';
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
  /** Of the second factor. */
  readonly code?: string | undefined;
}

/**
 * Refuses `sign-in-refused` (wrong password, no such person, a disabled one: all alike), `sign-in-paused` after wrong ones,
 * whatever is sent now, and of who has a second factor `second-factor-required` and `second-factor-refused`. Every refusal
 * counts towards the next pause, a code that is missing too: it must not wipe out the wrong ones before it.
 */
export async function signIn(
  tools: FactorTools,
  { login, password, code }: Credentials,
  origin: Origin,
): Promise<Opened> {
  const { database } = tools;
  const loginHash = hash('sha256', login, 'buffer');
  const attempt = await database.transaction((tx) => noteAttempt(tx, loginHash));
  if (attempt.paused) throw new Refused(refuse('sign-in-paused', { retryAfterSeconds: attempt.seconds }));
  const known = await database.transaction((tx) => readHash(tx, login));
  const { isRight, isOutdated } = await checkPassword(password, known?.hash ?? NOBODYS_HASH);
  if (known === undefined || !isRight) {
    await database.transaction((tx) => auditRefusal(tx, known === undefined ? '(unknown)' : login, origin));
    throw new Refused(refuse('sign-in-refused'));
  }
  const newHash = isOutdated ? await hashPassword(password) : undefined;
  const opened = await database.transaction(async (tx) => {
    const row = await findStaff(tx, login, 'for update of s');
    // Disabled, or given another password, while his was checked.
    if (row === undefined || (await readHash(tx, login))?.hash !== known.hash)
      return refuse('sign-in-refused');
    const person = toPerson(row);
    const proof = await proveFactor(tx, tools, person, code);
    if (proof === 'missing' || proof === 'wrong') {
      // Somebody has the password: worth knowing.
      await auditRefusal(tx, login, origin, { secondFactor: proof });
      return refuse(proof === 'missing' ? 'second-factor-required' : 'second-factor-refused');
    }
    if (newHash !== undefined) await updateHash(tx, person.staffId, newHash);
    await forgetAttempts(tx, loginHash);
    return openSession(tx, person, origin, 'password', proof);
  });
  // Outside, so that what was written of a refusal stays.
  if ('code' in opened) throw new Refused(opened);
  return opened;
}

/** `proof`: what was shown beside the password, or the provider that says who it is. */
export async function openSession(
  tx: Tx,
  person: Person,
  origin: Origin,
  way: Way,
  proof: string,
): Promise<Opened> {
  const actor = actorOf(person, origin.address);
  const subject = `staff/${person.login}`;
  const token = newToken();
  const expiresAt = await insertSession(tx, hashToken(token), person.staffId, origin, way);
  if (proof === 'recovery-code') {
    const after = { left: await countRecoveryCodes(tx, person.staffId) };
    await recordAudit(tx, actor, { action: 'second-factor.recovery-used', subject, after });
  }
  await recordAudit(tx, actor, { action: 'session.open', subject, after: { way, secondFactor: proof } });
  return { token, person, expiresAt };
}

function auditRefusal(tx: Tx, login: string, { address }: Origin, after?: object): Promise<void> {
  const change = { action: 'session.refused', subject: `staff/${login}`, after };
  return recordAudit(tx, { name: 'stranger', origin: 'api', address }, change);
}
