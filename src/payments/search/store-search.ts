// SQL that finds payments for people. Each key has its index, and what has no key is read from the newest on, by day; a
// channel that pays little by the summaries of its column (migration 0056).

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import { RECORDED, type RecordedPayment } from '../store-read.ts';

export interface PaymentKey {
  biller_id: number;
  payment_id: Uuid;
}

/** Whose payments may be seen at all; `channelId` null: of every channel. */
export interface Seen {
  readonly billerIds: readonly number[];
  readonly channelId: number | null;
}

export function byReference(tx: Tx, channelIds: readonly number[], reference: string): Promise<PaymentKey[]> {
  return tx.query<PaymentKey>(
    `select biller_id, payment_id from payment_reference
      where channel_id = any($1::int[]) and reference = $2 and payment_id is not null`,
    [channelIds, reference],
  );
}

export function byReceipt(tx: Tx, billerId: number, receiptNo: bigint): Promise<PaymentKey[]> {
  return tx.query<PaymentKey>(
    'select biller_id, payment_id from payment where biller_id = $1 and receipt_no = $2',
    [billerId, receiptNo],
  );
}

/** By the bills themselves, by what they were, and by what could not be paid and became credit. */
const OF_BILLS = `select biller_id, payment_id from own where payment_id is not null
  union
  select h.biller_id, (h.content ->> 'payment_id')::uuid from own o
    join bill_history h on h.biller_id = o.biller_id and h.bill_number = o.bill_number
   where h.content ->> 'payment_id' is not null
  union
  select l.biller_id, l.payment_id from unnest($1::int[]) as w(biller_id)
    join payment_bill l on l.biller_id = w.biller_id and l.refusal is not null`;

export function byBill(tx: Tx, billerIds: readonly number[], billNumber: string): Promise<PaymentKey[]> {
  return tx.query<PaymentKey>(
    `with own as (select biller_id, bill_number, payment_id from bill where biller_id = any($1::int[]) and bill_number = $2)
     ${OF_BILLS} and l.bill_number = $2`,
    [billerIds, billNumber],
  );
}

export function byPayer(tx: Tx, billerIds: readonly number[], payerId: string): Promise<PaymentKey[]> {
  return tx.query<PaymentKey>(
    `with own as (select biller_id, bill_number, payment_id from bill where biller_id = any($1::int[]) and payer_id = $2)
     ${OF_BILLS} and l.payer_id = $2`,
    [billerIds, payerId],
  );
}

export interface Narrowed {
  readonly from: BusinessDate | undefined;
  readonly to: BusinessDate | undefined;
  readonly channelId: number | null;
  readonly state: RecordedPayment['status'] | undefined;
  readonly after: Place | undefined;
  readonly limit: number;
}

/** Where a page ended. */
export interface Place {
  business_date: BusinessDate;
  payment_id: Uuid;
}

export async function placeOf(tx: Tx, billerId: number, paymentId: Uuid): Promise<Place | undefined> {
  const [row] = await tx.query<Place>(
    'select business_date, payment_id from payment where biller_id = $1 and payment_id = $2',
    [billerId, paymentId],
  );
  return row;
}

const NEWEST = 'order by business_date desc, payment_id desc';

/** Those of `keys`, the newest first. */
export function readFound(
  tx: Tx,
  keys: readonly PaymentKey[],
  seen: Seen,
  narrowed: Narrowed,
): Promise<RecordedPayment[]> {
  const { conditions, values } = conditionsOf(seen, narrowed);
  return tx.query<RecordedPayment>(
    `select ${RECORDED}
       join (select p.biller_id, p.payment_id, p.business_date
               from unnest($9::int[], $10::uuid[]) as k(biller_id, payment_id)
              cross join lateral (select * from payment
                where biller_id = k.biller_id and payment_id = k.payment_id limit 1) p
              where p.biller_id = any($1::int[]) and ${conditions} ${NEWEST} limit $7) found
         on found.biller_id = p.biller_id and found.payment_id = p.payment_id
      order by p.business_date desc, p.payment_id desc`,
    [...values, keys.map((key) => key.biller_id), keys.map((key) => key.payment_id)],
  );
}

/** Of all, the newest first: of each biller as many as there may be, by its index. */
export function readNewest(tx: Tx, seen: Seen, narrowed: Narrowed): Promise<RecordedPayment[]> {
  const { conditions, values } = conditionsOf(seen, narrowed);
  return tx.query<RecordedPayment>(
    `select ${RECORDED}
       join (select each.* from unnest($1::int[]) as w(biller_id) cross join lateral (
               select biller_id, payment_id, business_date from payment p
                where p.biller_id = w.biller_id and ${conditions} ${NEWEST} limit $7) each
              ${NEWEST} limit $7) found
         on found.biller_id = p.biller_id and found.payment_id = p.payment_id
      order by p.business_date desc, p.payment_id desc`,
    values,
  );
}

/** Every place is in the text, used or not, so that it may be read as one; what is not asked for is no condition. */
function conditionsOf(seen: Seen, narrowed: Narrowed): { conditions: string; values: unknown[] } {
  const { from, to, channelId, state, after, limit } = narrowed;
  const wished = seen.channelId ?? channelId;
  const conditions = [
    `($2::date is null or p.business_date >= $2)`,
    `($3::date is null or p.business_date <= $3)`,
    wished === null ? '$4::int is null' : 'p.channel_id = $4',
    state === undefined ? '$5::text is null' : 'p.status = $5',
    ...(state === undefined || state === 'accepted' ? [] : [`p.status <> 'accepted'`]),
    '($6::uuid is null or (p.business_date, p.payment_id) < ($8::date, $6))',
  ];
  const values = [seen.billerIds, from ?? null, to ?? null, wished, state ?? null];
  return {
    conditions: conditions.join(' and '),
    values: [...values, after?.payment_id ?? null, limit, after?.business_date ?? null],
  };
}
