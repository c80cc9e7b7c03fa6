// Finds payments for a person by what he holds: a receipt, a payment's id, a reference, a bill's number, a payer's. Of
// these, or of all, the newest first. What is another's is not there.

import type { Channel, Directory } from '../../channels/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { billerOf, parseId, parseReceipt, showId } from '../../kernel/ids.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { presentPayment, type Page } from '../look-up.ts';
import {
  byBill,
  byPayer,
  byReceipt,
  byReference,
  placeOf,
  readFound,
  readNewest,
  type PaymentKey,
  type Place,
  type Seen,
} from './store-search.ts';

export interface SearchTools {
  readonly database: Database;
  readonly directory: Directory;
}

export interface SearchWish {
  /** Any of what follows. */
  readonly q?: string;
  readonly receiptNumber?: string;
  readonly paymentId?: string;
  readonly reference?: string;
  readonly billNumber?: string;
  readonly payerId?: string;
  readonly from?: BusinessDate;
  readonly to?: BusinessDate;
  readonly state?: 'accepted' | 'credited' | 'reversed';
  readonly after?: string;
  readonly limit: number;
}

/** `channel`: only what came by it. */
export function searchPayments(
  { database, directory }: SearchTools,
  seen: Seen,
  channel: Channel | undefined,
  wish: SearchWish,
): Promise<Page> {
  return database.transaction(async (tx) => {
    const narrowed = {
      from: wish.from,
      to: wish.to,
      state: wish.state,
      channelId: channel?.channelId ?? null,
      after: await readPlace(tx, wish.after),
      limit: wish.limit + 1,
    };
    const keys = await findKeys(tx, seen, directory, wish);
    const rows =
      keys === undefined ? await readNewest(tx, seen, narrowed) : await readFound(tx, keys, seen, narrowed);
    const items = rows.slice(0, wish.limit);
    const end = items.at(-1);
    return {
      items: items.map(presentPayment),
      next: rows.length > wish.limit && end !== undefined ? showId('pay', end.payment_id) : null,
    };
  });
}

async function readPlace(tx: Tx, after: string | undefined): Promise<Place | undefined> {
  if (after === undefined) return undefined;
  const paymentId = parseId('pay', after);
  const place = paymentId === undefined ? undefined : await placeOf(tx, billerOf(paymentId), paymentId);
  if (place === undefined) throw new Refused(refuse('malformed-request', { field: 'after' }));
  return place;
}

/** undefined: nothing is named. Of several names, what bears all of them. */
async function findKeys(
  tx: Tx,
  seen: Seen,
  directory: Directory,
  wish: SearchWish,
): Promise<PaymentKey[] | undefined> {
  const { q, receiptNumber, paymentId, reference, billNumber, payerId } = wish;
  const channelIds = seen.channelId === null ? [...directory.current.channelsById.keys()] : [seen.channelId];
  const found: PaymentKey[][] = [];
  if (receiptNumber !== undefined) found.push(await ofReceipt(tx, receiptNumber));
  if (paymentId !== undefined) found.push(ofId(paymentId));
  if (reference !== undefined) found.push(await byReference(tx, channelIds, reference));
  if (billNumber !== undefined) found.push(await byBill(tx, seen.billerIds, billNumber));
  if (payerId !== undefined) found.push(await byPayer(tx, seen.billerIds, payerId));
  if (q !== undefined) found.push(await ofAnything(tx, seen, channelIds, q.trim()));
  const [first, ...others] = found;
  return first?.filter(({ payment_id }) =>
    others.every((keys) => keys.some((key) => key.payment_id === payment_id)),
  );
}

async function ofReceipt(tx: Tx, text: string): Promise<PaymentKey[]> {
  const receipt = parseReceipt(text);
  return receipt === undefined ? [] : byReceipt(tx, receipt.billerId, receipt.receiptNo);
}

function ofId(text: string): PaymentKey[] {
  const paymentId = parseId('pay', text);
  return paymentId === undefined ? [] : [{ biller_id: billerOf(paymentId), payment_id: paymentId }];
}

/** An id is nothing else. Any other text may be a receipt, a reference, a bill and a payer at once. */
async function ofAnything(
  tx: Tx,
  { billerIds }: Seen,
  channelIds: readonly number[],
  text: string,
): Promise<PaymentKey[]> {
  const byId = ofId(text);
  if (byId.length > 0) return byId;
  const all = [
    ...(await ofReceipt(tx, text)),
    ...(await byReference(tx, channelIds, text)),
    ...(await byBill(tx, billerIds, text)),
    ...(await byPayer(tx, billerIds, text)),
  ];
  return [...new Map(all.map((key) => [key.payment_id, key])).values()];
}
