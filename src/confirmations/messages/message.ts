// A message to a payer: one event, one medium, one address. Remember: whether it was sent is known, known not, or
// unknown, and what is unknown is never sent again.

import type { Names } from '../../billers/index.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { MoneyText } from '../../kernel/money.ts';

export const MEDIA = ['sms', 'email'] as const;
export type Medium = (typeof MEDIA)[number];

/** In the order in which a biller's own language is looked for. */
export const LANGUAGES = ['ar', 'fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number] & keyof Names;

/** What happened to the payer's money. `credit-reversed`: a credit was taken back, no bill is open again. */
export const PAYMENT_KINDS = ['accepted', 'reversed', 'credited', 'credit-reversed'] as const;
/** What became of what he lets an agency collect from his account. */
export const MANDATE_KINDS = [
  'mandate-submitted',
  'mandate-validated',
  'mandate-refused',
  'mandate-accepted',
  'mandate-rejected',
  'mandate-returned',
  'mandate-suspended',
  'mandate-resumed',
  'mandate-cancelled',
  'mandate-expired',
  'mandate-cover-accepted',
  'mandate-cover-rejected',
] as const;
/** What is collected from his account. What was collected is told as the payment that it is. */
export const DEBIT_KINDS = [
  'debit-announced',
  'debit-reduced',
  'debit-failed',
  'debit-returned',
  'debit-dropped',
] as const;
export const KINDS = [...PAYMENT_KINDS, ...MANDATE_KINDS, ...DEBIT_KINDS] as const;
export type PaymentKind = (typeof PAYMENT_KINDS)[number];
export type MandateKind = (typeof MANDATE_KINDS)[number];
export type DebitKind = (typeof DEBIT_KINDS)[number];
export type Kind = (typeof KINDS)[number];

/** What a text says of a payment. The bills are those that concern the addressee, the first of them by number. */
export interface PaymentFacts {
  readonly bills: readonly string[];
  readonly billCount: number;
  readonly amount: MoneyText;
  /** What the payer paid beside the amount; absent: nothing, or it is not his to know. */
  readonly fee?: MoneyText;
  readonly receipt: string;
  /** RFC 3339. */
  readonly at: string;
}

/** A debit that is collected though its mandate holds no more. */
export interface UnderWay {
  readonly amount: MoneyText;
  /** YYYY-MM-DD. */
  readonly collectOn: string;
}

/** What a text says of a mandate. */
export interface MandateFacts {
  /** The reference of whoever opened it, as it stands on the form. */
  readonly mandate: string;
  /** Masked. */
  readonly account: string;
  /** Why; empty: there is none. */
  readonly reason: string;
  /** What banks have already, of one that holds no more; absent: nothing. */
  readonly underWay?: readonly UnderWay[];
  /** RFC 3339. */
  readonly at: string;
}

/** What a text says of a debit. The bills as of a payment. */
export interface DebitFacts {
  readonly bills: readonly string[];
  readonly billCount: number;
  readonly amount: MoneyText;
  /** Masked. */
  readonly account: string;
  /** The reference of the mandate. */
  readonly mandate: string;
  /** YYYY-MM-DD. */
  readonly collectOn: string;
  /** By when the bank has it; absent: it is not told. */
  readonly sendOn?: string;
  /** YYYY-MM-DD, told before; null: it has not moved. */
  readonly movedFrom: string | null;
  /** Told before; null: it is no more than that. */
  readonly amountBefore: MoneyText | null;
  /** In the message's language; empty: nothing went wrong. */
  readonly reason: string;
  /** YYYY-MM-DD; null: it is not tried again by itself. */
  readonly retryOn: string | null;
  /** RFC 3339. */
  readonly at: string;
}

export type Facts = PaymentFacts | MandateFacts | DebitFacts;

export interface MessageKey {
  readonly billerId: number;
  readonly eventId: Uuid;
  readonly medium: Medium;
  /** Hex. */
  readonly addressHash: string;
}

/** A message ready to leave. */
export interface Outgoing {
  /** Names this message and no other: letters, digits, `_` and `-`. */
  readonly id: string;
  /** E.164 with `+`, or an e-mail address; checked (addresses.ts). */
  readonly to: string;
  readonly language: Language;
  /** The biller's name, one line. */
  readonly from: string;
  /** Of e-mails, one line. */
  readonly subject: string;
  readonly text: string;
  readonly at: Date;
}

/** `again`: another attempt may go better (the provider is away, busy, or set up wrongly). */
export type SendResult =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'not-sent'; readonly again: boolean; readonly reason: string }
  | { readonly outcome: 'unknown'; readonly reason: string };

/** How messages of one medium leave. */
export interface Provider {
  readonly name: string;
  /** So many sends at once at the most. */
  readonly atOnce: number;
  /** Never throws and never repeats; says what became of it within 15 s. */
  send(message: Outgoing): Promise<SendResult>;
  close(): Promise<void>;
}

export type Providers = Readonly<Record<Medium, Provider>>;

export function isMedium(text: string): text is Medium {
  return (MEDIA as readonly string[]).includes(text);
}

export function isLanguage(text: string): text is Language {
  return (LANGUAGES as readonly string[]).includes(text);
}

export function isKind(text: string): text is Kind {
  return (KINDS as readonly string[]).includes(text);
}

export function isMandateKind(kind: Kind): kind is MandateKind {
  return (MANDATE_KINDS as readonly string[]).includes(kind);
}

export function isDebitKind(kind: Kind): kind is DebitKind {
  return (DEBIT_KINDS as readonly string[]).includes(kind);
}

/** `the first language that the biller has a name in`: it speaks to its payers as it calls itself. */
export function languageOf(names: Names): Language {
  return LANGUAGES.find((language) => names[language] !== undefined) ?? 'en';
}
