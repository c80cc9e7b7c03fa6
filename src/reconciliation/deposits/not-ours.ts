// Pieces of a text that belong to something else than a bill or a payer, whatever numbers they hold: account numbers that
// prove themselves, and digits that are a date, an amount, a card or a telephone. Letters with digits are only taken out
// where an account number proves itself; digits alone are also taken out where they look like any of these.

import { isRegisteredIban } from '../../kernel/bank-account-number.ts';
import { mayJoin, type Atom } from './atoms.ts';
import { isFiller, isNotOurs } from './words.ts';

const MOST_OF_AN_IBAN = 12;
/** In one piece, or in groups of four: "No. 4170196567 Nov" is no account in Norway. */
const WRITTEN_IBAN = /^[A-Z]{2}[0-9]{2}(?:[A-Z0-9]+|(?:[ -][A-Z0-9]{4})+(?:[ -][A-Z0-9]{1,4})?)$/;

/** The pieces that an IBAN is written with, by place. */
export function piecesOfIbans(atoms: readonly Atom[]): ReadonlySet<number> {
  const taken = new Set<number>();
  for (let from = 0; from + 1 < atoms.length; from++) {
    const to = endOfIban(atoms, from);
    if (to === undefined) continue;
    for (let at = from; at <= to; at++) taken.add(at);
    from = to;
  }
  return taken;
}

function endOfIban(atoms: readonly Atom[], from: number): number | undefined {
  const first = atoms[from];
  if (first?.kind !== 'latin' || first.text.length < 2 || atoms[from + 1]?.gap !== '') return undefined;
  // A word may be written as one with it.
  let text = first.text.slice(-2);
  let written = text;
  for (let at = from + 1; at < Math.min(from + MOST_OF_AN_IBAN, atoms.length); at++) {
    const atom = atoms[at];
    if (atom === undefined || atom.kind === 'other' || !mayJoin(atom)) return undefined;
    text += atom.text;
    written += atom.gap + atom.text;
    if (text.length >= 15 && WRITTEN_IBAN.test(written) && isRegisteredIban(text)) return at;
  }
  return undefined;
}

/** Whether the digits at `from` to `to` look like something else: only then do they need no word before them. */
export function looksLikeOther(atoms: readonly Atom[], from: number, to: number): boolean {
  const parts = atoms.slice(from, to + 1);
  const digits = parts.map((atom) => atom.text).join('');
  const before = atoms[from]?.gap ?? '';
  return (
    before.includes('+') ||
    digits.startsWith('00') ||
    isAmount(atoms, parts, to) ||
    holdsDate(digits) ||
    isCard(digits) ||
    isAfterOther(atoms, from)
  );
}

/**
 * Digits that are written as a day (22/11/2026) or an amount (125.500, 1,250.00), by place: behind a word for a bill, too,
 * they may be what it is dated or comes to.
 */
export function piecesOfDaysAndAmounts(atoms: readonly Atom[]): ReadonlySet<number> {
  const taken = new Set<number>();
  for (let from = 0; from < atoms.length; from++) {
    if (atoms[from]?.kind !== 'digits') continue;
    let to = from;
    let written = atoms[from]?.text ?? '';
    for (
      let next = atoms[to + 1];
      next?.kind === 'digits' && /^[.,/-]$/.test(next.gap);
      next = atoms[to + 1]
    ) {
      written += next.gap + next.text;
      to += 1;
    }
    if (WRITTEN_DAY.test(written) || WRITTEN_AMOUNT.test(written) || isCurrency(atoms[to + 1]))
      for (let at = from; at <= to; at++) taken.add(at);
    from = to;
  }
  return taken;
}

/** "LE" is French as well. */
function isCurrency(atom: Atom | undefined): boolean {
  return atom !== undefined && atom.text !== 'LE' && CURRENCY.test(atom.text);
}

const WRITTEN_DAY =
  /^(?:(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:\d{2}|\d{4})|(?:19|20)\d{2}([./-])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01]))$/;
const WRITTEN_AMOUNT = /^\d{1,3}(?:[.,]?\d{3})*[.,]\d{2,3}$/;

/** A decimal point with two or three digits behind it at the end, a comma, or a currency beside it. */
function isAmount(atoms: readonly Atom[], parts: readonly Atom[], to: number): boolean {
  const last = parts.at(-1);
  if (parts.length > 1 && last?.gap === '.' && /^\d{2,3}$/.test(last.text)) return true;
  if ((atoms[to + 1]?.gap ?? '').startsWith(',') && atoms[to + 1]?.kind === 'digits') return true;
  return parts[0]?.gap.endsWith(',') === true || CURRENCY.test(atoms[to + 1]?.text ?? '');
}

const CURRENCY = /^(OMR|QAR|DZD|EGP|USD|EUR|SAR|AED|KWD|BHD|JOD|TND|MAD|LYD|RO|DA|DT|LE)$/;

/** A day of the years 1950 to 2099 at the beginning: 20261122, 22112026, also with a time behind it. */
function holdsDate(digits: string): boolean {
  if (![8, 10, 12, 14].includes(digits.length)) return false;
  const [a, b, c, d] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8), digits.slice(4, 8)];
  const isYear = (text: string): boolean => /^(19[5-9]|20)/.test(text);
  const isDay = (month: string, day: string): boolean =>
    month >= '01' && month <= '12' && day >= '01' && day <= '31';
  if (isYear(a) && isDay(b, c)) return true;
  if (!isYear(d)) return false;
  const [e, f] = [digits.slice(0, 2), digits.slice(2, 4)];
  return isDay(f, e) || isDay(e, f);
}

/** Sixteen digits whose last one proves them (ISO/IEC 7812-1, Luhn). */
function isCard(digits: string): boolean {
  if (digits.length !== 16) return false;
  let sum = 0;
  for (let at = 0; at < 16; at++) {
    const doubled = Number(digits[at]) * (at % 2 === 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Behind a word for a telephone, an account, a card or a date. */
export function isAfterOther(atoms: readonly Atom[], from: number): boolean {
  for (let at = from - 1; at >= Math.max(0, from - 3); at--) {
    const word = atoms[at];
    if (word === undefined || word.kind === 'digits') return false;
    if (isNotOurs(word.text)) return true;
    if (!isFiller(word.text)) return false;
  }
  return false;
}
