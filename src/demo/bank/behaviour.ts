// How the demo bank behaves, account by account: the last two digits of the number decide, of a RIB the last two before its
// key, so that its check digits are always right. docs/demo-bank.md has the table. Pure.

import { readAccountNumber } from '../../kernel/bank-account-number.ts';

export interface Behaviour {
  readonly mandate: 'validated' | 'refused' | 'silent';
  /** What becomes of the first debit under a mandate, the second, and then in turn. */
  readonly debits: readonly ('collected' | Refusal | 'silent')[];
  /** Its word on debits comes later: by files a day, by its API a moment. */
  readonly isLate?: boolean;
  /** It says the same again. */
  readonly isTwice?: boolean;
  /** What it has collected it takes back. */
  readonly takesBack?: Refusal;
}

/** Code of ISO 20022 and the bank's words. */
export interface Refusal {
  readonly code: string;
  readonly text: string;
}

const SHORT: Refusal = { code: 'AM04', text: 'Provision insuffisante' };
const CLOSED: Refusal = { code: 'AC04', text: 'Compte clos' };
const TAKEN_BACK: Refusal = { code: 'MD06', text: 'Remboursement demandé par le débiteur' };

/** Why it refuses a mandate. */
export const NOT_PROVED: Refusal = { code: 'MD13', text: 'La signature n’est pas celle du titulaire' };

const PAYS: Behaviour = { mandate: 'validated', debits: ['collected'] };
const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  '04': { mandate: 'validated', debits: [SHORT, 'collected'] },
  '14': { mandate: 'validated', debits: ['collected', SHORT] },
  '05': { mandate: 'validated', debits: [CLOSED] },
  '06': { mandate: 'validated', debits: ['collected'], takesBack: TAKEN_BACK },
  '07': { mandate: 'validated', debits: ['collected'], isLate: true },
  '08': { mandate: 'validated', debits: ['collected'], isTwice: true },
  '09': { mandate: 'refused', debits: [{ code: 'MD01', text: 'Aucune autorisation' }] },
  '10': { mandate: 'silent', debits: ['silent'] },
  '11': { mandate: 'validated', debits: ['silent'] },
};

/** Of an account number in its written form, without spaces. */
export function behaviourOf(account: string): Behaviour {
  const read = readAccountNumber(account);
  const digits = 'kind' in read && read.kind === 'rib' ? account.slice(16, 18) : account.slice(-2);
  return BEHAVIOURS[digits] ?? PAYS;
}

/** `nth`: how many debits under the mandate there were before. */
export function outcomeOf({ debits }: Behaviour, nth: number): 'collected' | Refusal | 'silent' {
  return debits[nth % debits.length] ?? 'collected';
}
