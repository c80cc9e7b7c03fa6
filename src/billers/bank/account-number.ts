// Account numbers as orders carry them: an IBAN, proved by its check digits (ISO 13616, ISO 7064 MOD 97-10), or a
// country's own number, such as an Algerian RIB. Written without spaces and hyphens, in capitals.

import { mod97 } from '../../kernel/mod97.ts';

const IBAN = /^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/;
/** Two letters and two digits begin an IBAN and nothing else. */
const MEANT_AS_IBAN = /^[A-Z]{2}[0-9]{2}/;
/** At most what `Othr/Id` of ISO 20022 takes. */
const NATIONAL = /^[0-9A-Z]{4,34}$/;
/** ISO 9362 as ISO 20022 has it since 2014. */
const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/;
const LONGEST_HOLDER = 140;

/** The number in its one written form, or what is wrong with it; the number itself is never repeated in words. */
export function readAccountNumber(text: string): { number: string } | { fault: string } {
  const number = text.replace(/[\s-]/g, '').toUpperCase();
  if (!MEANT_AS_IBAN.test(number))
    return NATIONAL.test(number)
      ? { number }
      : { fault: 'an account number has 4 to 34 letters and digits; spaces and hyphens do not count' };
  if (!IBAN.test(number)) return { fault: 'an IBAN has 15 to 34 letters and digits' };
  if (mod97(number.slice(4) + number.slice(0, 4)) !== 1)
    return { fault: 'the check digits of the IBAN do not fit: it was mistyped' };
  return { number };
}

export function isIban(number: string): boolean {
  return MEANT_AS_IBAN.test(number);
}

export function isBic(text: string): boolean {
  return BIC.test(text);
}

/** undefined: it will do. ISO 20022 takes 140 characters of a name. */
export function holderFault(holder: string): string | undefined {
  const isName = holder.trim() === holder && holder !== '' && holder.length <= LONGEST_HOLDER;
  return isName && !/\p{Cc}/u.test(holder) ? undefined : 'the holder is a name of 1 to 140 characters';
}
