// Fills the places of a template. In Arabic every value stands in an isolate (Unicode UAX #9), or "125.500 OMR" and a
// receipt number would be torn apart by the text around them; every line begins with a right-to-left mark, so that a
// telephone that guesses the direction by the first letter guesses right. Latin texts get isolates only around a
// value in another script: they would double the price of an SMS.

import { Temporal } from 'temporal-polyfill';
import type { MoneyText } from '../../kernel/money.ts';
import type { Facts, Language } from './message.ts';
import { isPlace, partsOf, wordsOf, type Place } from './templates.ts';

const FIRST_STRONG_ISOLATE = '\u2068';
const LEFT_TO_RIGHT_ISOLATE = '\u2066';
const POP_ISOLATE = '\u2069';
const RIGHT_TO_LEFT_MARK = '\u200f';
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** Control characters, line ends, and the direction controls that are ours alone to set. */
const NOT_IN_VALUES = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

export type Values = Readonly<Record<Place, string>>;

export interface Limits {
  /** Bills named by number; the others are counted. */
  readonly bills: number;
  /** Characters of the biller's name. */
  readonly name: number;
}

/** `name`: of the biller in this language, or the one it has. `timeZone`: the biller's, IANA. */
export function valuesFor(
  facts: Facts,
  language: Language,
  { name, timeZone }: { readonly name: string; readonly timeZone: string },
  limits: Limits,
): Values {
  const words = wordsOf(language);
  const amount = latin(amountText(facts.amount), language);
  return {
    biller: isolated(shortened(plain(name), limits.name), language),
    bills: billsText(facts, language, limits.bills),
    amount:
      facts.fee === undefined
        ? amount
        : words.withFee
            .replace('{amount}', () => amount)
            .replace('{fee}', () => latin(amountText(facts.fee ?? facts.amount), language)),
    receipt: latin(facts.receipt, language),
    date: latin(localMinute(facts.at, timeZone), language),
    automatic: words.automatic,
  };
}

/** The template with its places filled; each line of an Arabic text marked as one. */
export function fill(template: string, values: Values, language: Language): string {
  const text = partsOf(template)
    .map((part, i) => (i % 2 === 1 && isPlace(part) ? values[part] : part))
    .join('');
  return language === 'ar' ? text.replace(/^(?=.)/gm, RIGHT_TO_LEFT_MARK) : text;
}

/** One line without characters that steer a protocol or a direction. */
export function plain(text: string): string {
  return text.replace(NOT_IN_VALUES, ' ').replace(/\s+/g, ' ').trim();
}

function billsText({ bills, billCount }: Facts, language: Language, limit: number): string {
  const words = wordsOf(language).bills;
  const named = bills.slice(0, limit);
  const more = billCount - named.length;
  const list = named.map((number) => latin(number, language)).join(words.between);
  const text = more > 1 ? words.more : more === 1 ? words.oneMore : named.length > 1 ? words.many : words.one;
  return text.replace('{list}', () => list).replace('{count}', () => latin(String(more), language));
}

/** Numbers, amounts and dates are written from left to right in every language. */
function latin(value: string, language: Language): string {
  const text = plain(value);
  return language === 'ar' ? LEFT_TO_RIGHT_ISOLATE + text + POP_ISOLATE : text;
}

function isolated(text: string, language: Language): string {
  return language === 'ar' || RIGHT_TO_LEFT.test(text) ? FIRST_STRONG_ISOLATE + text + POP_ISOLATE : text;
}

function shortened(text: string, limit: number): string {
  const letters = [...text];
  return letters.length <= limit ? text : `${letters.slice(0, limit - 3).join('')}...`;
}

/** `2026-11-22 12:00` on the biller's wall: read the same way in every language. */
function localMinute(at: string, timeZone: string): string {
  const here = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainDateTime();
  return here.toString({ smallestUnit: 'minute' }).replace('T', ' ');
}

function amountText({ value, currency }: MoneyText): string {
  return `${value} ${currency}`;
}
