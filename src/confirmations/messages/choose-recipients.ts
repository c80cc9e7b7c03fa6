// Who is told of an event, and what he may know of it. The payer whom the channel named is told of the whole payment;
// else those whom the agency named on the bills are told, each of his own bills only. One message for each address.

import { formatMinor, parseMinor, type MoneyText } from '../../kernel/money.ts';
import { readAddress } from './addresses.ts';
import { MOST_BILLS_NAMED } from './compose.ts';
import {
  isLanguage,
  MEDIA,
  type Facts,
  type Kind,
  type Language,
  type Medium,
  type PaymentFacts,
  type PaymentKind,
} from './message.ts';

/** As a channel or an agency gave it. */
export interface Contact {
  readonly mobile?: string;
  readonly email?: string;
  readonly language?: string;
}

/** What is read of a payment's answer. */
export interface PaidPayload {
  readonly status: 'accepted' | 'credited';
  readonly receiptNumber: string;
  readonly amount: MoneyText;
  /** Not of a credit that a payment became afterwards. */
  readonly fee?: MoneyText;
  readonly bills: readonly { readonly billNumber: string; readonly amount: MoneyText }[];
}

export interface ToldEvent {
  readonly isReversal: boolean;
  readonly at: string;
  readonly payment: PaidPayload;
  readonly payer: Contact | null;
  /** Of the bills that have one, in the order of the payment. */
  readonly contacts: readonly { readonly billNumber: string; readonly contact: Contact }[];
}

export interface Recipient<Told extends Facts = Facts> {
  readonly kind: Kind;
  readonly medium: Medium;
  readonly address: string;
  readonly language: Language;
  readonly facts: Told;
}

export function chooseRecipients(event: ToldEvent, billersLanguage: Language): Recipient<PaymentFacts>[] {
  const billsLanguage = event.contacts
    .map(({ contact }) => languageIn(contact))
    .find((each) => each !== undefined);
  const ofPayer = addressesOf(event.payer);
  if (ofPayer.length > 0) {
    const language = languageIn(event.payer) ?? billsLanguage ?? billersLanguage;
    return ofPayer.map((to) => ({ ...to, kind: kindOf(event), language, facts: factsOf(event) }));
  }
  return contactsOfBills(event).map(({ contact, bills, medium, address }) => ({
    kind: kindOf(event),
    medium,
    address,
    language: languageIn(contact) ?? billersLanguage,
    facts: factsOf(event, bills),
  }));
}

export interface Address {
  readonly medium: Medium;
  readonly address: string;
}

interface ContactOfBills extends Address {
  readonly contact: Contact;
  readonly bills: ReadonlySet<string>;
}

function contactsOfBills({ contacts }: ToldEvent): ContactOfBills[] {
  const found = new Map<string, ContactOfBills & { bills: Set<string> }>();
  for (const { billNumber, contact } of contacts) {
    for (const { medium, address } of addressesOf(contact)) {
      const key = `${medium}:${address.toLowerCase()}`;
      const known = found.get(key) ?? { medium, address, contact, bills: new Set<string>() };
      known.bills.add(billNumber);
      found.set(key, known);
    }
  }
  return [...found.values()];
}

export function addressesOf(contact: Contact | null): Address[] {
  const given: Record<Medium, unknown> = { sms: contact?.mobile, email: contact?.email };
  return MEDIA.flatMap((medium) => {
    const text = given[medium];
    const address = typeof text === 'string' ? readAddress(medium, text) : undefined;
    return address === undefined ? [] : [{ medium, address }];
  });
}

export function languageIn(contact: Contact | null): Language | undefined {
  const language = contact?.language;
  return language !== undefined && isLanguage(language) ? language : undefined;
}

function kindOf({ isReversal, payment }: ToldEvent): PaymentKind {
  if (payment.status === 'credited') return isReversal ? 'credit-reversed' : 'credited';
  return isReversal ? 'reversed' : 'accepted';
}

/** `only`: the bills that are the addressee's; the fee is told to him whose payment it is. */
function factsOf(event: ToldEvent, only?: ReadonlySet<string>): PaymentFacts {
  const { payment, at } = event;
  const bills = payment.bills.filter(({ billNumber }) => only?.has(billNumber) ?? true);
  const isWhole = bills.length === payment.bills.length;
  // The fee is no part of a credit.
  const hasFee = isWhole && kindOf(event) !== 'credited' && /[1-9]/.test(payment.fee?.value ?? '');
  return {
    bills: bills.slice(0, MOST_BILLS_NAMED).map(({ billNumber }) => billNumber),
    billCount: bills.length,
    amount: isWhole ? payment.amount : sumOf(bills, bills[0]?.amount.currency ?? ''),
    ...(hasFee && { fee: payment.fee }),
    receipt: payment.receiptNumber,
    at,
  };
}

export function sumOf(bills: readonly { readonly amount: MoneyText }[], currency: string): MoneyText {
  let minor = 0n;
  for (const { amount } of bills) minor += parseMinor(amount.value, currency) ?? 0n;
  return { value: formatMinor(minor, currency), currency };
}
