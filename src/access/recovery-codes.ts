// Codes for the day that the authenticator is lost: ten, shown once, each good for one sign-in. They are random enough (99
// bits) that nobody finds one from its hash; the person's id in it makes equal codes of two people differ.

import { hash } from 'node:crypto';
import type { Uuid } from '../kernel/ids.ts';
import { newPassword } from './password-rules.ts';

const HOW_MANY = 10;

export function newRecoveryCodes(): string[] {
  return Array.from({ length: HOW_MANY }, newPassword);
}

/** As typed: in capitals and without its hyphens it is the same. */
export function hashRecoveryCode(staffId: Uuid, code: string): Buffer {
  const letters = code.toLowerCase().replace(/[\s-]/g, '');
  return hash('sha256', `${staffId}:${letters}`, 'buffer');
}
