// Messages as the operator sees them: to whom only masked, and the text as the templates say it now. It is not kept:
// what it says are facts of the payment.

import { billerOf, parseId, parseReceipt, showId, type Uuid } from '../../kernel/ids.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { write } from './compose.ts';
import {
  eventsOfPayment,
  listMessages,
  messagesOfEvents,
  paymentOfReceipt,
  type MessageRow,
} from './store-desk.ts';
import { readTexts } from './store-send.ts';

export interface ShownMessage {
  readonly event: string;
  readonly biller: string;
  readonly kind: string;
  readonly medium: string;
  readonly to: string;
  readonly language: string;
  readonly state: string;
  readonly attempts: number;
  readonly failure?: string;
  readonly plannedAt: Date;
  readonly nextTryAt?: Date;
  readonly endedAt?: Date;
}

export async function recentMessages(
  database: Database,
  wish: { code: string | null; state: string | null; limit: number },
): Promise<ShownMessage[]> {
  const rows = await database.transaction((tx) => listMessages(tx, wish));
  return rows.map(show);
}

/** Of a payment, a receipt or an event, with their texts. undefined: `name` is none of them. */
export function messagesOf(
  database: Database,
  name: string,
): Promise<(ShownMessage & { subject?: string; text: string })[] | undefined> {
  return database.transaction(async (tx) => {
    const named = await eventsNamed(tx, name);
    if (named === undefined) return undefined;
    const rows = await messagesOfEvents(tx, named.billerId, named.eventIds);
    const shown = [];
    for (const row of rows) shown.push(await withText(tx, row));
    return shown;
  });
}

async function withText(tx: Tx, row: MessageRow): Promise<ShownMessage & { subject?: string; text: string }> {
  const { kind, medium, language } = row;
  const texts = await readTexts(tx, row.biller_id, medium);
  const own = texts.templates.find((each) => each.kind === kind && each.language === language);
  const { subject, text } = write(row.facts, { kind, medium, language }, texts, own);
  return { ...show(row), ...(subject !== '' && { subject }), text };
}

async function eventsNamed(
  tx: Tx,
  name: string,
): Promise<{ billerId: number; eventIds: Uuid[] } | undefined> {
  const eventId = parseId('evt', name);
  if (eventId !== undefined) return { billerId: billerOf(eventId), eventIds: [eventId] };
  const receipt = parseReceipt(name);
  const paymentId =
    parseId('pay', name) ??
    (receipt === undefined ? undefined : await paymentOfReceipt(tx, receipt.billerId, receipt.receiptNo));
  if (paymentId === undefined) return undefined;
  const billerId = billerOf(paymentId);
  return { billerId, eventIds: await eventsOfPayment(tx, billerId, paymentId) };
}

function show(row: MessageRow): ShownMessage {
  return {
    event: showId('evt', row.event_id),
    biller: row.biller_code,
    kind: row.kind,
    medium: row.medium,
    to: row.shown_address,
    language: row.language,
    state: row.state,
    attempts: row.attempts,
    ...(row.failure !== null && { failure: row.failure }),
    plannedAt: row.planned_at,
    ...(row.state === 'waiting' && { nextTryAt: row.next_try_at }),
    ...(row.ended_at !== null && { endedAt: row.ended_at }),
  };
}
