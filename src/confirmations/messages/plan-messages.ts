// Plans the messages of what the feed tells: a row per event and address, with the cursor moved in the same
// transaction, so that a crash plans again and never twice. Nothing of this runs in a payment's transaction.

import { maskAddress } from './addresses.ts';
import { chooseRecipients, type PaidPayload, type Recipient } from './choose-recipients.ts';
import { debitRecipients, type DebitPayload } from './debit-recipients.ts';
import { mandateRecipients, type MandatePayload } from './mandate-recipients.ts';
import { languageOf, type Language, type Medium } from './message.ts';
import {
  insertMessages,
  lockCursor,
  moveCursor,
  readFeed,
  type FeedRow,
  type PlannedMessage,
} from './store-plan.ts';
import { BEGIN_NOTES, type Session } from '../../platform/db/index.ts';

/** A payer is told within a day of the event, or not at all. */
const TRIED_FOR_MS = 86_400_000;
/** Of most of them nobody is told, and they cost next to nothing. */
const EVENTS_AT_ONCE = 1000;
/** The transaction stays short also when each of many events concerns hundreds of persons. */
const ENOUGH_MESSAGES = 1000;

export interface PlanParts {
  /** One that nobody else uses while messages are planned. */
  readonly session: Session;
  /** addressHasher of the installation. */
  readonly hashAddress: (medium: Medium, address: string) => string;
}

export interface Planned {
  /** In these some messages wait to be sent. */
  readonly waiting: readonly Medium[];
  /** The feed goes on after what was planned. */
  readonly more: boolean;
}

/** At most `limit` events; several workers at once take turns. What a crash of the database takes away is planned again. */
export function planMessages(
  { session, hashAddress }: PlanParts,
  billerId: number,
  limit: number = EVENTS_AT_ONCE,
): Promise<Planned> {
  return session.transaction(BEGIN_NOTES, async (tx) => {
    const cursor = await lockCursor(tx, billerId);
    if (cursor === undefined) return { waiting: [], more: false };
    const { through, isFull, rows } = await readFeed(tx, billerId, cursor.number, limit);
    if (through === cursor.number) return { waiting: [], more: false };
    const messages: PlannedMessage[] = [];
    let last = through;
    for (const row of rows) {
      messages.push(...messagesOf(row, languageOf(cursor.names), cursor.now, hashAddress));
      if (messages.length < ENOUGH_MESSAGES) continue;
      last = row.number;
      break;
    }
    const waiting = messages.length === 0 ? [] : await insertMessages(tx, billerId, messages);
    await moveCursor(tx, billerId, last);
    return { waiting, more: isFull || last !== through };
  });
}

function messagesOf(
  row: FeedRow,
  billersLanguage: Language,
  now: Date,
  hashAddress: PlanParts['hashAddress'],
): PlannedMessage[] {
  const { event_id: eventId } = row;
  const remainingMs = TRIED_FOR_MS - (now.getTime() - row.recorded_at.getTime());
  return recipientsOf(row, billersLanguage).map((recipient) => ({
    ...recipient,
    eventId,
    addressHash: hashAddress(recipient.medium, recipient.address),
    shownAddress: maskAddress(recipient.medium, recipient.address),
    remainingMs: Math.min(remainingMs, TRIED_FOR_MS),
  }));
}

function recipientsOf(row: FeedRow, billersLanguage: Language): Recipient[] {
  const { type, payer } = row;
  const at = row.recorded_at.toISOString();
  if (type.startsWith('mandate.')) {
    const payload = JSON.parse(row.payload) as MandatePayload;
    return mandateRecipients({ type, at, payload, payer }, billersLanguage);
  }
  if (type.startsWith('debit.')) {
    const payload = JSON.parse(row.payload) as DebitPayload;
    return debitRecipients({ type, at, payload, payer }, billersLanguage);
  }
  const payment = JSON.parse(row.payload) as PaidPayload;
  const event = {
    isReversal: type === 'payment.reversed',
    at,
    payment,
    payer,
    // Of a payment some bills of which became credit, only those are told of.
    contacts: (row.contacts ?? []).filter((one) =>
      payment.bills.some(({ billNumber }) => billNumber === one.billNumber),
    ),
  };
  return chooseRecipients(event, billersLanguage);
}
