// Who is told of what is collected from an account: the payer, at the addresses that his mandate names, once at each.

import type { MoneyText } from '../../kernel/money.ts';
import { addressesOf, languageIn, sumOf, type Contact, type Recipient } from './choose-recipients.ts';
import { MOST_BILLS_NAMED } from './compose.ts';
import type { DebitFacts, DebitKind, Language } from './message.ts';

/** What is read of the event of a debit. */
export interface DebitPayload {
  readonly mandateReference: string;
  readonly account: string;
  readonly amount: MoneyText;
  readonly collectOn: string;
  /** Left out by events of before. */
  readonly sendOn?: string;
  /** Left out by events of before. */
  readonly movedFrom?: string | null;
  readonly amountBefore?: MoneyText | null;
  readonly reason: { readonly words: Readonly<Record<Language, string>> | null } | null;
  readonly retryOn: string | null;
  /** Of another try that does not come after all. */
  readonly retryOnBefore?: string | null;
  /** Of one that goes without a part: the bills that have become more. */
  readonly leftOut?: readonly string[];
  readonly bills: readonly {
    readonly billNumber: string;
    readonly amount: MoneyText;
    readonly outcome: string | null;
    /** Left out by events of before. */
    readonly billStatus?: string | null;
  }[];
}

/** A drop is for the payer only where he had been told of the debit (its event says so). Of the others nobody is told: what was collected is told as the payment that it is. */
const KIND_OF: Readonly<Record<string, DebitKind | undefined>> = {
  'debit.announced': 'debit-announced',
  'debit.reduced': 'debit-reduced',
  'debit.failed': 'debit-failed',
  'debit.returned': 'debit-returned',
  'debit.dropped': 'debit-dropped',
  'debit.given-up': 'debit-dropped',
};

export const TOLD_OF_DEBITS: readonly string[] = Object.keys(KIND_OF);

export function debitRecipients(
  { type, at, payload, payer }: DebitEvent,
  billersLanguage: Language,
): Recipient<DebitFacts>[] {
  const kind = KIND_OF[type];
  if (kind === undefined) return [];
  const language = languageIn(payer) ?? billersLanguage;
  const { account, mandateReference, reason, retryOn } = payload;
  const { movedFrom = null, amountBefore = null } = payload;
  const isOver = kind === 'debit-failed' || kind === 'debit-returned' || type === 'debit.given-up';
  const bills = isOver ? payload.bills.filter(isStillOwed) : concerned(payload);
  if (bills.length === 0) return [];
  const amount = isOver ? sumOf(bills, payload.amount.currency) : payload.amount;
  const facts: DebitFacts = {
    bills: bills.slice(0, MOST_BILLS_NAMED).map(({ billNumber }) => billNumber),
    billCount: bills.length,
    amount,
    account: account.replace(/\*+/, '***'),
    mandate: mandateReference,
    collectOn: payload.retryOnBefore ?? payload.collectOn,
    ...(payload.sendOn !== undefined && { sendOn: payload.sendOn }),
    movedFrom,
    amountBefore,
    reason: reason?.words?.[language] ?? '',
    retryOn,
    at,
  };
  return addressesOf(payer).map((to) => ({ ...to, kind, language, facts }));
}

/**
 * Not what he has paid elsewhere: he owes it no more, and of credit that is taken back he is told as of his credit. A debit of
 * nothing else needs no word of its own.
 */
function isStillOwed({ outcome, billStatus }: DebitPayload['bills'][number]): boolean {
  if (outcome === 'paid-elsewhere' || outcome === 'withdrawn' || outcome === 'credited') return false;
  return billStatus === undefined || billStatus === null || billStatus === 'open';
}

/** Those that are in it; all that it was meant for where it came to nothing; those without which it goes. */
function concerned({ bills, leftOut }: DebitPayload): DebitPayload['bills'] {
  if (leftOut !== undefined) return bills.filter(({ billNumber }) => leftOut.includes(billNumber));
  const kept = bills.filter(({ outcome }) => outcome !== 'paid-elsewhere' && outcome !== 'withdrawn');
  return kept.length > 0 ? kept : bills;
}

export interface DebitEvent {
  readonly type: string;
  readonly at: string;
  readonly payload: DebitPayload;
  readonly payer: Contact | null;
}
