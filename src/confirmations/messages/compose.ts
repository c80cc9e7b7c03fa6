// From facts and template to the words that leave. An SMS takes at most five segments: when it would take more, fewer
// bills are named and the biller's name is shortened, never the amount or the receipt.

import { showId } from '../../kernel/ids.ts';
import { fill, plain, valuesFor, type Limits } from './fill-text.ts';
import {
  isDebitKind,
  isMandateKind,
  type Facts,
  type Language,
  type Medium,
  type MessageKey,
  type Outgoing,
} from './message.ts';
import { smsSegments } from './sms-length.ts';
import { defaultTemplate, templateFaults, type Template } from './templates.ts';
import type { Names } from '../../billers/index.ts';
import type { Kind } from './message.ts';

export const MOST_SEGMENTS = 5;
/** Bill numbers that a message may name; what is planned keeps no more. */
export const MOST_BILLS_NAMED = 20;

const EMAIL_LIMITS: Limits = { bills: MOST_BILLS_NAMED, name: 200 };
/** The first that fits. */
const SMS_LIMITS: readonly Limits[] = [
  { bills: 3, name: 200 },
  { bills: 2, name: 60 },
  { bills: 1, name: 60 },
  { bills: 1, name: 30 },
  { bills: 1, name: 30, isBrief: true },
];

export interface Sender {
  readonly name: Names;
  /** IANA. */
  readonly timeZone: string;
}

export interface Written {
  readonly from: string;
  readonly subject: string;
  readonly text: string;
}

/** `own`: the biller's template, in the place of ours. */
export function write(
  facts: Facts,
  { kind, medium, language }: { readonly kind: Kind; readonly medium: Medium; readonly language: Language },
  sender: Sender,
  own?: Template,
): Written {
  const template = own === undefined ? defaultTemplate(kind, medium, language) : sayingAll(own, facts);
  const name = plain(sender.name[language] ?? sender.name.en);
  const inWords = (text: string, limits: Limits): string =>
    fill(text, valuesFor(facts, language, { name, timeZone: sender.timeZone }, limits), language);
  if (medium === 'sms') {
    const texts = SMS_LIMITS.map((limits) => inWords(template.body, limits));
    return { from: name, subject: '', text: texts.find(fits) ?? texts.at(-1) ?? '' };
  }
  return {
    from: name,
    subject: inWords(template.subject ?? '', { bills: 1, name: 60 }),
    text: inWords(template.body, EMAIL_LIMITS),
  };
}

/** Texts of a biller's own may leave out what banks have already; a payer who is not told of it pays it twice. */
function sayingAll(own: Template, facts: Facts): Template {
  const isSaid = !('underWay' in facts) || own.body.includes('{underWay}');
  return isSaid ? own : { ...own, body: `${own.body} {underWay}` };
}

export function outgoingOf(
  key: MessageKey,
  to: string,
  language: Language,
  at: Date,
  words: Written,
): Outgoing {
  const { eventId, addressHash } = key;
  return { id: `${showId('evt', eventId)}-${addressHash.slice(0, 8)}`, to, language, at, ...words };
}

/** What is wrong with a biller's template; an SMS must fit even with the longest values there can be. */
export function faultsOf(template: Template, kind: Kind, medium: Medium, language: Language): string[] {
  const faults = templateFaults(template, kind, medium);
  if (faults.length > 0 || medium === 'email') return faults;
  const { text } = write(longestFacts(kind), { kind, medium, language }, LONGEST_SENDER, template);
  if (fits(text)) return [];
  return [`the text can need ${smsSegments(text)} segments, ${MOST_SEGMENTS} are the most`];
}

function fits(text: string): boolean {
  return smsSegments(text) <= MOST_SEGMENTS;
}

const LONGEST_SENDER: Sender = { name: { en: 'ط'.repeat(200) }, timeZone: 'UTC' };

function longestFacts(kind: Kind): Facts {
  const at = '2026-11-22T08:00:00Z';
  if (isMandateKind(kind))
    return { mandate: '8'.repeat(64), account: 'OM***3456', reason: 'ط'.repeat(200), at };
  const longest = {
    bills: ['8'.repeat(64)],
    billCount: 500,
    amount: { value: '999999999999.999', currency: 'OMR' },
    at,
  };
  if (isDebitKind(kind))
    return {
      ...longest,
      account: 'OM***3456',
      mandate: '8'.repeat(64),
      collectOn: '2026-11-30',
      movedFrom: '2026-11-29',
      amountBefore: longest.amount,
      reason: 'ط'.repeat(200),
      retryOn: '2026-12-03',
    };
  return {
    ...longest,
    fee: { value: '999999999999.999', currency: 'OMR' },
    receipt: '1ZZZ-ZZZZ-ZZZZ-ZZZZ-Z',
  };
}
