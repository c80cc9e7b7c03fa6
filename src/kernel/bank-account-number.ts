// Numbers of bank accounts that can be checked: IBAN (ISO 13616, ISO 7064 MOD 97-10) and the Algerian RIB (bank 3,
// branch 5, account 10, key 2; key = 97 − (branch‖account × 100 mod 97), the bank left out).

import { mod97 } from './mod97.ts';

const IBAN = /^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/;
const RIB = /^[0-9]{20}$/;

/** Without spaces and hyphens, in capitals; undefined: neither an IBAN nor a RIB, or its check digits do not hold. */
export function bankAccountNumber(text: string): string | undefined {
  const number = text.replaceAll(/[\s-]/g, '').toUpperCase();
  if (IBAN.test(number)) return mod97(number.slice(4) + number.slice(0, 4)) === 1 ? number : undefined;
  if (!RIB.test(number)) return undefined;
  const key = 97n - ((BigInt(number.slice(3, 18)) * 100n) % 97n);
  return key === BigInt(number.slice(18)) ? number : undefined;
}

/** Country or bank, and the last four: `OM****0019`. */
export function maskAccountNumber(number: string): string {
  return `${number.slice(0, 2)}****${number.slice(-4)}`;
}
