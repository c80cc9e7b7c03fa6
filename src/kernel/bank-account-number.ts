// Numbers of bank accounts, proved where they carry check digits, so that a slip of the pen sends no money elsewhere.
// Every account number that enters is read here: IBAN (ISO 13616, ISO 7064 MOD 97-10), Algerian RIB (instruction 06-2004
// of the Bank of Algeria), or a country's own number, which proves nothing.

import { mod97 } from './mod97.ts';

/** Characters of an IBAN, all counted: the countries of the IBAN registry that SWIFT keeps for ISO 13616, release 101. */
const COUNTRIES_BY_LENGTH: Readonly<Record<number, string>> = {
  15: 'NO',
  16: 'BE',
  18: 'DK FI FK FO GL NL SD',
  19: 'MK SI',
  20: 'AT BA EE KZ LT LU MN XK',
  21: 'CH HR LI LV',
  22: 'BG BH CR DE GB GE IE ME RS VA',
  23: 'AE GI IL IQ OM SO TL',
  24: 'AD CZ ES MD PK RO SA SE SK TN VG',
  25: 'LY PT ST',
  26: 'IS TR',
  27: 'BI DJ FR GR IT MC MR SM',
  28: 'AL AZ BY CY DO GT HN HU LB NI PL SV',
  29: 'BR EG PS QA UA',
  30: 'JO KW MU YE',
  31: 'MT SC',
  32: 'LC',
  33: 'RU',
};
const LENGTHS: ReadonlyMap<string, number> = new Map(
  Object.entries(COUNTRIES_BY_LENGTH).flatMap(([length, countries]) =>
    countries.split(' ').map((country) => [country, Number(length)] as const),
  ),
);

/** At most what `Othr/Id` of ISO 20022 takes. */
const TAKEN = /^[0-9A-Za-z]{4,34}$/;
const IBAN = /^[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}$/;
/** Bank 3, branch 5, account 10, key 2. */
export const RIB_LENGTH = 20;
const RIB = /^[0-9]{20}$/;

export interface AccountNumber {
  /** Without spaces and hyphens, in capitals. */
  readonly number: string;
  /** `national`: a country's own, without proof. */
  readonly kind: 'iban' | 'rib' | 'national';
}

/**
 * The number in its one written form, or what is wrong with it; the number is never repeated in words. What begins with a
 * letter is an IBAN and nothing else, twenty digits are an Algerian RIB and nothing else.
 */
export function readAccountNumber(text: string): AccountNumber | { readonly fault: string } {
  const written = text.replaceAll(/[\s-]/g, '');
  if (!TAKEN.test(written))
    return { fault: 'an account number has 4 to 34 letters and digits; spaces and hyphens do not count' };
  const number = written.toUpperCase();
  const kind = /^[A-Z]/.test(number) ? 'iban' : RIB.test(number) ? 'rib' : 'national';
  const fault = kind === 'iban' ? ibanFault(number) : kind === 'rib' ? ribFault(number) : undefined;
  return fault === undefined ? { number, kind } : { fault };
}

/** Of a number in its written form. */
export function isIban(number: string): boolean {
  return ibanFault(number) === undefined;
}

/** Letters and digits of an IBAN of a country; 0: the registry knows none of it. */
export function ibanLength(country: string): number {
  return LENGTHS.get(country) ?? 0;
}

/** Of a number in its written form: an Algerian RIB whose key fits. */
export function isRib(number: string): boolean {
  return RIB.test(number) && ribFault(number) === undefined;
}

/** The same where any text may stand: only of a country that the registry knows. */
export function isRegisteredIban(number: string): boolean {
  return LENGTHS.get(number.slice(0, 2)) === number.length && isIban(number);
}

function ibanFault(number: string): string | undefined {
  if (!IBAN.test(number))
    return 'an IBAN has two letters, two digits, and 15 to 34 letters and digits in all';
  const country = number.slice(0, 2);
  const length = LENGTHS.get(country) ?? number.length;
  if (number.length !== length) return `an IBAN of ${country} has ${length} letters and digits`;
  const check = number.slice(2, 4);
  // 00, 01 and 99 would leave the same remainder as 97, 98 and 02; only the latter are given out.
  const isGiven = check >= '02' && check <= '98';
  return isGiven && mod97(number.slice(4) + number.slice(0, 4)) === 1
    ? undefined
    : 'the check digits of the IBAN do not fit: it was mistyped';
}

/** The key is 97 less the remainder of branch and account times 100: 01 to 97. The bank's code is not proved by it. */
function ribFault(number: string): string | undefined {
  const key = number.slice(18);
  const isGiven = key >= '01' && key <= '97';
  return isGiven && mod97(number.slice(3)) === 0
    ? undefined
    : 'the key of the RIB does not fit: it was mistyped';
}
