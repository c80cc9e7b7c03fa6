// What became of a payment: by reference for the channel that never got an answer, by id, by business date.
// A channel sees only its own payments and an agency only its own; another's answers as if there were none.

import type { Directory } from '../channels/index.ts';
import type { BusinessDate } from '../kernel/business-date.ts';
import { refuse, Refused, type Refusal } from '../kernel/errors.ts';
import { billerOf, parseId, showId } from '../kernel/ids.ts';
import type { Database } from '../platform/db/index.ts';
import { findPayment, findReference, listDay, type RecordedPayment } from './store-read.ts';

/** Whose eyes: a channel, or an agency. */
export type Viewer =
  | { readonly channelId: number; readonly billerId?: undefined }
  | { readonly billerId: number; readonly channelId?: undefined };

export interface LookUpTools {
  readonly database: Database;
  readonly directory: Directory;
}

export type Status =
  | { readonly status: 'accepted' | 'credited' | 'reversed'; readonly payment: Record<string, unknown> }
  | { readonly status: 'refused'; readonly refusal: Refusal }
  | { readonly status: 'cancelled' };

/** Refuses `payment-not-found` when nothing is recorded *yet*: the caller sends the same request again. */
export function statusByReference(
  { database }: LookUpTools,
  channelId: number,
  reference: string,
): Promise<Status> {
  return database.transaction(async (tx) => {
    const found = await findReference(tx, channelId, reference);
    if (found === undefined) throw new Refused(refuse('payment-not-found', { reference }));
    if (found.outcome === 'cancelled') return { status: 'cancelled' };
    if (found.outcome === 'refused') return { status: 'refused', refusal: found.problem as Refusal };
    const payment =
      found.payment_id === null ? undefined : await findPayment(tx, found.biller_id, found.payment_id);
    if (payment === undefined) throw new Error(`reference ${reference} names a payment that is not there`);
    return { status: payment.status, payment: presentPayment(payment) };
  });
}

export async function paymentById(
  { database }: LookUpTools,
  viewer: Viewer,
  shownId: string,
): Promise<Record<string, unknown>> {
  const paymentId = parseId('pay', shownId);
  const billerId = paymentId === undefined ? 0 : billerOf(paymentId);
  const found =
    paymentId === undefined
      ? undefined
      : await database.nodeOf(billerId).transaction((tx) => findPayment(tx, billerId, paymentId));
  if (found === undefined || !mayView(viewer, found))
    throw new Refused(refuse('payment-not-found', { paymentId: shownId }));
  return presentPayment(found);
}

export interface Page {
  readonly items: Record<string, unknown>[];
  readonly next: string | null;
}

/** Payments of a business date in order of acceptance, biller by biller. The cursor is the last payment's id. */
export async function paymentsOfDay(
  { database, directory }: LookUpTools,
  viewer: Viewer,
  { businessDate, after, limit }: { businessDate: BusinessDate; after?: string; limit: number },
): Promise<Page> {
  const last = after === undefined ? undefined : parseId('pay', after);
  if (after !== undefined && last === undefined) {
    throw new Refused(
      refuse('malformed-request', undefined, {
        errors: [{ pointer: '/after', detail: 'not a cursor of this list' }],
      }),
    );
  }
  const billerIds =
    viewer.billerId === undefined ? [...directory.current.billersById.keys()] : [viewer.billerId];
  const rows = await database.transaction((tx) =>
    listDay(tx, {
      billerIds,
      channelId: viewer.channelId,
      businessDate,
      after: last === undefined ? undefined : { billerId: billerOf(last), paymentId: last },
      limit: limit + 1,
    }),
  );
  const items = rows.slice(0, limit);
  const end = items.at(-1);
  return {
    items: items.map(presentPayment),
    next: rows.length > limit && end !== undefined ? showId('pay', end.payment_id) : null,
  };
}

function mayView(viewer: Viewer, payment: RecordedPayment): boolean {
  return viewer.billerId === undefined
    ? payment.channel_id === viewer.channelId
    : payment.biller_id === viewer.billerId;
}

/** The answer as it was given, with the state of today. */
export function presentPayment(row: RecordedPayment): Record<string, unknown> {
  const answer = JSON.parse(row.answer) as Record<string, unknown>;
  return {
    ...answer,
    status: row.status,
    ...(row.reversed_at !== null && { reversedAt: row.reversed_at.toISOString() }),
  };
}
