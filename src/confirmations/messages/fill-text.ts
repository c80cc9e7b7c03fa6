// Fills the places of a template. In Arabic every value stands in an isolate (Unicode UAX #9), or "125.500 OMR" and a
// receipt number would be torn apart by the text around them; every line begins with a right-to-left mark, so that a
// telephone that guesses the direction by the first letter guesses right. Latin texts get isolates only around a
// value in another script: they would double the price of an SMS.

import { Temporal } from 'temporal-polyfill';
import type { MoneyText } from '../../kernel/money.ts';
import type { DebitFacts, Facts, Language, MandateFacts, PaymentFacts, UnderWay } from './message.ts';
import { partsOf, wordsOf, type Place } from './templates.ts';

const FIRST_STRONG_ISOLATE = '\u2068';
const LEFT_TO_RIGHT_ISOLATE = '\u2066';
const POP_ISOLATE = '\u2069';
const RIGHT_TO_LEFT_MARK = '\u200f';
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** Control characters, line ends, and the direction controls that are ours alone to set. */
const NOT_IN_VALUES = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

export type Values = Readonly<Partial<Record<Place, string>>>;

export interface Limits {
  /** Bills named by number; the others are counted. */
  readonly bills: number;
  /** Characters of the biller's name, and of a reason. */
  readonly name: number;
  /** Without what a debit came to before. */
  readonly isBrief?: boolean;
}

/** `name`: of the biller in this language, or the one it has. `timeZone`: the biller's, IANA. */
export function valuesFor(
  facts: Facts,
  language: Language,
  { name, timeZone }: { readonly name: string; readonly timeZone: string },
  limits: Limits,
): Values {
  const always = {
    biller: isolated(shortened(plain(name), limits.name), language),
    date: latin(localMinute(facts.at, timeZone), language),
  };
  if ('collectOn' in facts)
    return { ...always, ...debitValues(facts, language, limits), stop: stopText(facts, language, timeZone) };
  return 'mandate' in facts
    ? { ...always, ...mandateValues(facts, language, limits) }
    : { ...always, ...paymentValues(facts, language, limits) };
}

function mandateValues(
  { mandate, account, reason, underWay = [] }: MandateFacts,
  language: Language,
  limits: Limits,
): Values {
  return {
    mandate: latin(mandate, language),
    account: latin(account, language),
    reason: isolated(shortened(plain(reason), limits.name), language),
    underWay: underWayText(underWay, language, limits),
    automatic: wordsOf(language).automaticMandate,
  };
}

function debitValues(facts: DebitFacts, language: Language, limits: Limits): Values {
  const { automaticDebit, retry } = wordsOf(language);
  const { amount, account, collectOn, mandate, reason, retryOn } = facts;
  return {
    bills: billsText(facts, language, limits.bills),
    amount: latin(amountText(amount), language),
    account: latin(account, language),
    day: latin(collectOn, language),
    moved: changedText(facts, language, limits),
    mandate: latin(mandate, language),
    reason: isolated(shortened(plain(reason), limits.name), language),
    retry: retryOn === null ? retry.never : retry.again.replace('{day}', () => latin(retryOn, language)),
    automatic: automaticDebit,
  };
}

/** Nothing is promised that cannot be kept: what goes to the bank today the agency stops no more. */
function stopText({ sendOn, at }: DebitFacts, language: Language, timeZone: string): string {
  const { stop } = wordsOf(language);
  return sendOn !== undefined && sendOn <= localMinute(at, timeZone).slice(0, 10) ? stop.bank : stop.agency;
}

function underWayText(debits: readonly UnderWay[], language: Language, limits: Limits): string {
  if (debits.length === 0) return '';
  const { bills, underWay } = wordsOf(language);
  const named = debits
    .slice(0, limits.bills)
    .map(({ amount, collectOn }) =>
      underWay.one
        .replace('{amount}', () => latin(amountText(amount), language))
        .replace('{day}', () => latin(collectOn, language)),
    );
  const more = debits.length - named.length;
  if (more > 0) named.push(underWay.more.replace('{count}', () => latin(String(more), language)));
  return underWay.some.replace('{list}', () => named.join(bills.between));
}

/** What was told before: the day, the amount, both or nothing. */
function changedText(
  { movedFrom, amountBefore }: DebitFacts,
  language: Language,
  { isBrief = false }: Limits,
): string {
  const words = wordsOf(language);
  const day = movedFrom && words.moved.replace('{day}', () => latin(movedFrom, language));
  const amount =
    !isBrief &&
    amountBefore &&
    words.amountBefore.replace('{amount}', () => latin(amountText(amountBefore), language));
  return [day, amount].filter(Boolean).join(' ');
}

function paymentValues(facts: PaymentFacts, language: Language, limits: Limits): Values {
  const words = wordsOf(language);
  const amount = latin(amountText(facts.amount), language);
  return {
    bills: billsText(facts, language, limits.bills),
    amount:
      facts.fee === undefined
        ? amount
        : words.withFee
            .replace('{amount}', () => amount)
            .replace('{fee}', () => latin(amountText(facts.fee ?? facts.amount), language)),
    receipt: latin(facts.receipt, language),
    automatic: words.automatic,
  };
}

/** The template with its places filled; each line of an Arabic text marked as one. */
export function fill(template: string, values: Values, language: Language): string {
  const known: Readonly<Record<string, string | undefined>> = values;
  const text = partsOf(template)
    .map((part, i) => (i % 2 === 1 ? (known[part] ?? part) : part))
    .join('')
    // A place that says nothing leaves no space behind.
    .replace(/ +$/gm, '')
    .replace(/ {2,}/g, ' ');
  return language === 'ar' ? text.replace(/^(?=.)/gm, RIGHT_TO_LEFT_MARK) : text;
}

/** One line without characters that steer a protocol or a direction. */
export function plain(text: string): string {
  return text.replace(NOT_IN_VALUES, ' ').replace(/\s+/g, ' ').trim();
}

function billsText(
  { bills, billCount }: Pick<PaymentFacts, 'bills' | 'billCount'>,
  language: Language,
  limit: number,
): string {
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
