// Who is told of what became of a mandate: the payer, at the addresses that it names, once at each.

import { addressesOf, languageIn, type Contact, type Recipient } from './choose-recipients.ts';
import type { Language, MandateFacts, MandateKind, UnderWay } from './message.ts';

/** What is read of the event of a mandate. */
export interface MandatePayload {
  readonly reference: string;
  readonly account: string;
  readonly reason: string | null;
  /** Whose step it was. */
  readonly by: string;
  /** Of one that holds no more; left out by events of before. */
  readonly underWay?: readonly UnderWay[];
}

/** Of the others nobody is told. */
const KIND_OF: Readonly<Record<string, MandateKind | undefined>> = {
  'mandate.submitted': 'mandate-submitted',
  'mandate.bank-validated': 'mandate-validated',
  'mandate.bank-refused': 'mandate-refused',
  'mandate.accepted': 'mandate-accepted',
  'mandate.rejected': 'mandate-rejected',
  'mandate.returned': 'mandate-returned',
  'mandate.suspended': 'mandate-suspended',
  'mandate.resumed': 'mandate-resumed',
  'mandate.cancelled': 'mandate-cancelled',
  'mandate.expired': 'mandate-expired',
  // In the feed of the further agency, which speaks for itself.
  'mandate.cover-accepted': 'mandate-cover-accepted',
  'mandate.cover-rejected': 'mandate-cover-rejected',
};

export const TOLD_OF_MANDATES: readonly string[] = Object.keys(KIND_OF);

export function mandateRecipients(
  { type, at, payload, payer }: MandateEvent,
  billersLanguage: Language,
): Recipient<MandateFacts>[] {
  const kind = KIND_OF[type];
  const { reference, account, reason, by, underWay = [] } = payload;
  // What his bank itself has opened it has confirmed in the same breath, and that is told.
  if (kind === undefined || (kind === 'mandate-submitted' && by === 'bank')) return [];
  const facts = {
    mandate: reference,
    account: account.replace(/\*+/, '***'),
    reason: reason ?? '',
    ...(underWay.length > 0 && { underWay }),
    at,
  };
  const language = languageIn(payer) ?? billersLanguage;
  return addressesOf(payer).map((to) => ({ ...to, kind, language, facts }));
}

export interface MandateEvent {
  readonly type: string;
  readonly at: string;
  readonly payload: MandatePayload;
  readonly payer: Contact | null;
}
