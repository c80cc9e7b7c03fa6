// How personal words look to those who may not see them, in logs and in answers to channels without the right.
// A mask keeps the shape (how many words, their first letter or last digits) so that a payer can recognise himself.

import { isIban } from './bank-account-number.ts';

/**
 * First letter of every word, the rest starred with its length hidden above four: `Fatma Al Zahra` → `F**** A* Z****`.
 * A word of one letter is a star: no word is ever shown whole.
 */
export function maskName(name: string): string {
  return name.replace(/\S+/gu, maskWord);
}

/** Only the last three digits: `+96824123456` → `*********456`. Spaces and signs are not kept. */
export function maskMobile(mobile: string): string {
  const digits = mobile.replace(/\D/g, '');
  return digits.length <= 3 ? '***' : '*'.repeat(digits.length - 3) + digits.slice(-3);
}

/** First letter and domain: `fatma@example.om` → `f****@example.om`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? '****' : `${firstLetter(email)}****${email.slice(at)}`;
}

function maskWord(word: string): string {
  const letters = [...word].length;
  return letters === 1 ? '*' : firstLetter(word) + '*'.repeat(Math.min(letters - 1, 4));
}

function firstLetter(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 42);
}

/**
 * Country of an IBAN and the last four characters: `OM810180000001299123456` → `OM*****************3456`; two of fewer than
 * nine, none of fewer than four.
 */
export function maskAccountNumber(number: string): string {
  const { length } = number;
  const head = isIban(number) ? 2 : 0;
  const tail = length < 4 ? 0 : length < 9 ? 2 : 4;
  return number.slice(0, head) + '*'.repeat(length - head - tail) + number.slice(length - tail);
}
