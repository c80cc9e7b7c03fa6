// The texts of messages, with {places} to be filled. Those that come with the program stand in texts/*.json; a biller
// may have its own. Remember: a template that is taken always fits, whatever the payment (compose.ts).

import {
  isDebitKind,
  isMandateKind,
  type DebitKind,
  type Kind,
  type Language,
  type Medium,
} from './message.ts';
import ar from './texts/ar.json' with { type: 'json' };
import en from './texts/en.json' with { type: 'json' };
import fr from './texts/fr.json' with { type: 'json' };

export interface Template {
  /** Of e-mails only, one line. */
  readonly subject?: string;
  readonly body: string;
}

const PAYMENT_PLACES = ['biller', 'bills', 'amount', 'receipt', 'date', 'automatic'] as const;
const MANDATE_PLACES = ['biller', 'mandate', 'account', 'reason', 'underWay', 'date', 'automatic'] as const;
const DEBIT_PLACES = [
  'biller',
  'bills',
  'amount',
  'account',
  'day',
  'moved',
  'mandate',
  'reason',
  'retry',
  'stop',
  'date',
  'automatic',
] as const;
export type Place =
  (typeof PAYMENT_PLACES)[number] | (typeof MANDATE_PLACES)[number] | (typeof DEBIT_PLACES)[number];

export function placesOf(kind: Kind): readonly Place[] {
  if (isDebitKind(kind)) return DEBIT_PLACES;
  return isMandateKind(kind) ? MANDATE_PLACES : PAYMENT_PLACES;
}

/** The day of the next try is announced by what he is told of the failure. */
const NEEDED_OF_DEBITS: Readonly<Record<DebitKind, readonly Place[]>> = {
  'debit-announced': ['day'],
  'debit-reduced': ['day'],
  'debit-failed': ['retry'],
  'debit-returned': ['retry'],
  'debit-dropped': [],
};

/** Without them a payer cannot tell which payment, mandate or debit is meant. */
function neededIn(kind: Kind): readonly Place[] {
  if (isDebitKind(kind)) return ['bills', 'amount', ...NEEDED_OF_DEBITS[kind]];
  return isMandateKind(kind) ? ['mandate'] : ['bills', 'amount', 'receipt'];
}

const LONGEST_SUBJECT = 150;
const LONGEST_EMAIL = 5000;

export type Words = Pick<
  typeof en,
  | 'bills'
  | 'withFee'
  | 'automatic'
  | 'automaticMandate'
  | 'automaticDebit'
  | 'moved'
  | 'amountBefore'
  | 'retry'
  | 'underWay'
  | 'stop'
>;

const TEXTS: Record<Language, typeof en> = { ar, en, fr };

export function wordsOf(language: Language): Words {
  return TEXTS[language];
}

export function defaultTemplate(kind: Kind, medium: Medium, language: Language): Template {
  const { sms, subject, email } = TEXTS[language].kinds[kind];
  return medium === 'sms' ? { body: sms } : { subject, body: email };
}

/** What is wrong with a template, apart from the length of an SMS. */
export function templateFaults({ subject, body }: Template, kind: Kind, medium: Medium): string[] {
  const faults: string[] = [];
  const places = placesOf(kind);
  if (medium === 'sms' && subject !== undefined) faults.push('an SMS has no subject');
  if (medium === 'email' && (subject ?? '').trim() === '') faults.push('an e-mail needs a subject');
  if (subject !== undefined && (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(subject) || subject.length > LONGEST_SUBJECT))
    faults.push(`the subject is one line of at most ${LONGEST_SUBJECT} characters`);
  if (body.length > LONGEST_EMAIL) faults.push(`the text has at most ${LONGEST_EMAIL} characters`);
  if (/[^\P{Cc}\n]/u.test(body)) faults.push('the text has control characters other than line ends');
  for (const text of [subject ?? '', body]) {
    const unknown = placesIn(text).filter((place) => !places.some((one) => one === place));
    if (unknown.length > 0) faults.push(`there is no {${unknown.join('}, {')}}: {${places.join('} {')}}`);
  }
  const missing = neededIn(kind).filter((place) => !placesIn(body).includes(place));
  if (missing.length > 0) faults.push(`the text lacks {${missing.join('}, {')}}`);
  return faults;
}

/** Texts between places and the places, in turn. */
export function partsOf(template: string): string[] {
  return template.split(/\{([A-Za-z]+)\}/);
}

function placesIn(template: string): string[] {
  return partsOf(template).filter((_, i) => i % 2 === 1);
}
