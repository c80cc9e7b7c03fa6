// A person's second factor: shown to his authenticator, in force when a first code proves that it has it. Remember: with it
// come the recovery codes, and every other session of his ends, for it may be somebody's who had only the password.

import { randomBytes } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import { latinDigits } from '../kernel/latin-digits.ts';
import { openSecret, sealSecret } from '../kernel/seal.ts';
import type { Database, Tx } from '../platform/db/index.ts';
import { actorOf, type Person } from './person.ts';
import { recordAudit } from './record-audit.ts';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.ts';
import type { Session } from './session.ts';
import {
  confirmFactor,
  countRecoveryCodes,
  findFactor,
  putFactor,
  spendRecoveryCode,
  spendStep,
} from './store-factor.ts';
import { endOthers } from './store-session.ts';
import { findStaff } from './store-staff.ts';
import { SECRET_BYTES, shownSecret, stepOf } from './totp.ts';

export interface FactorTools {
  readonly database: Database;
  readonly masterKey: Buffer;
  readonly clock: Clock;
}

/** Refuses `second-factor-active`. Asked again before it is confirmed, there is another secret, and the first is void. */
export async function enrolFactor(
  { database, masterKey }: FactorTools,
  { staffId, login }: Person,
): Promise<{ secret: string; uri: string }> {
  const secret = randomBytes(SECRET_BYTES);
  await database.transaction(async (tx) => {
    await findStaff(tx, login, 'for update of s');
    if ((await findFactor(tx, staffId))?.is_active === true)
      throw new Refused(refuse('second-factor-active'));
    await putFactor(tx, staffId, sealSecret(masterKey, sealName(staffId), secret));
  });
  return shownSecret(secret, login);
}

/** The recovery codes, which nobody can show again. Refuses `second-factor-active` and `second-factor-unconfirmed`. */
export async function proveEnrolment(
  { database, masterKey, clock }: FactorTools,
  { person, sessionId }: Session,
  code: string,
  address: string,
): Promise<string[]> {
  const { staffId, login } = person;
  return database.transaction(async (tx) => {
    await findStaff(tx, login, 'for update of s');
    const factor = await findFactor(tx, staffId);
    if (factor?.is_active === true) throw new Refused(refuse('second-factor-active'));
    const secret = factor && openSecret(masterKey, sealName(staffId), factor.sealed_secret);
    const step = secret && stepOf(secret, digitsOf(code), clock.now());
    if (step === undefined) throw new Refused(refuse('second-factor-unconfirmed'));
    const codes = newRecoveryCodes();
    await confirmFactor(
      tx,
      staffId,
      step,
      codes.map((each) => hashRecoveryCode(staffId, each)),
    );
    const after = { ended: await endOthers(tx, staffId, sessionId) };
    const actor = actorOf(person, address);
    await recordAudit(tx, actor, { action: 'second-factor.enrol', subject: `staff/${login}`, after });
    return codes;
  });
}

/** `none`: he has no factor. `wrong`: also a code that was used before. */
export type Proof = 'none' | 'missing' | 'wrong' | 'code' | 'recovery-code';

/** Of somebody whose row is locked. A code that is right is spent by it. */
export async function proveFactor(
  tx: Tx,
  { masterKey, clock }: Pick<FactorTools, 'masterKey' | 'clock'>,
  { staffId }: Person,
  code: string | undefined,
): Promise<Proof> {
  const factor = await findFactor(tx, staffId);
  if (factor?.is_active !== true) return 'none';
  if (code === undefined) return 'missing';
  const secret = openSecret(masterKey, sealName(staffId), factor.sealed_secret);
  const step = stepOf(secret, digitsOf(code), clock.now());
  if (step !== undefined) return (await spendStep(tx, staffId, step)) ? 'code' : 'wrong';
  return (await spendRecoveryCode(tx, staffId, hashRecoveryCode(staffId, code))) ? 'recovery-code' : 'wrong';
}

export async function factorState(
  database: Database,
  { staffId }: Person,
): Promise<{ active: boolean; recoveryCodesLeft: number }> {
  return database.transaction(async (tx) => ({
    active: (await findFactor(tx, staffId))?.is_active === true,
    recoveryCodesLeft: await countRecoveryCodes(tx, staffId),
  }));
}

/** Authenticators show `123 456`; an Arabic keyboard writes other digits. */
function digitsOf(code: string): string {
  return latinDigits(code).replace(/\s/g, '');
}

function sealName(staffId: string): string {
  return `second-factor/${staffId}`;
}
