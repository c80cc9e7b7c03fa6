// Account numbers in texts that anybody may write: a bank that refuses, a payer who ends his mandate. What they write goes
// to events, messages and logs, where nobody is to read a whole number.

import { ibanLength, isRegisteredIban, isRib, RIB_LENGTH } from './bank-account-number.ts';
import { latinDigits } from './latin-digits.ts';
import { maskAccountNumber } from './mask.ts';

const DIGIT = /[0-9]/;
/** Between two of its letters or digits. */
const GAP = /^[\s./-]{0,3}$/u;
/** No number of fewer is taken for an account but by its end. */
const FEWEST_DIGITS = 12;

/**
 * The text with its account numbers masked: IBANs and Algerian RIBs whose check digits fit, and every number that the masked
 * one `shown` may stand for. How it is spaced does not count. The text keeps its length.
 */
export function maskAccountsIn(text: string, shown: string): string {
  const latin = latinDigits(text);
  const places = Array.from(latin.matchAll(/[0-9A-Za-z]/g), ({ index }) => index);
  const compact = places
    .map((at) => latin[at])
    .join('')
    .toUpperCase();
  const isPlain =
    compact.replace(/\D/g, '').length < FEWEST_DIGITS &&
    !compact.includes(shown.slice(shown.lastIndexOf('*') + 1));
  if (isPlain) return text;
  const out = text.split('');
  for (let from = 0; from < places.length; from++) {
    const lengths = [ibanLength(compact.slice(from, from + 2)), RIB_LENGTH, shown.length];
    const number = lengths
      .map((length) => compact.slice(from, from + length))
      .find((each) => isAccount(each, shown) && standsAlone(latin, places.slice(from, from + each.length)));
    if (number === undefined) continue;
    const masked = maskAccountNumber(number);
    for (const [nth, at] of places.slice(from, from + number.length).entries()) out[at] = masked[nth] ?? '*';
    from += number.length - 1;
  }
  return out.join('');
}

function isAccount(number: string, shown: string): boolean {
  return number !== '' && (isRegisteredIban(number) || isRib(number) || maskAccountNumber(number) === shown);
}

/** It is written as one number, and not part of a longer one. */
function standsAlone(text: string, places: readonly number[]): boolean {
  const [first = 0, last = 0] = [places[0], places.at(-1)];
  const isWithin = (one: string | undefined, other: string | undefined): boolean =>
    DIGIT.test(one ?? '') && DIGIT.test(other ?? '');
  if (isWithin(text[first - 1], text[first]) || isWithin(text[last], text[last + 1])) return false;
  return places.every((at, nth) => nth === 0 || GAP.test(text.slice((places[nth - 1] ?? 0) + 1, at)));
}
