// SQL of events set aside: those that an endpoint refuses while it takes others, and those behind them on the same
// bills. They are tried again one by one, each bill's in their order.

import { plainArray, textArray, type Tx } from '../../platform/db/index.ts';
import type { FedEvent } from '../store-feed.ts';

export interface AsideEvent extends FedEvent {
  attempts: number;
  set_aside_at: Date;
  now: Date;
}

export interface SetAside {
  readonly eventId: string;
  readonly number: bigint;
  readonly keys: readonly string[];
  /** 0: it only waits behind another. */
  readonly attempts: number;
  /** undefined: not before what holds it back is out of the way. */
  readonly pauseMs: number | undefined;
  readonly failure: string | null;
}

/** In one transaction with the move of the feed's mark past them. */
export async function setAside(tx: Tx, billerId: number, events: readonly SetAside[]): Promise<void> {
  await lockAside(tx, billerId);
  await tx.query(
    `insert into delivery_aside (biller_id, event_id, number, state, attempts, set_aside_at, next_try_at, last_failure)
     select $1, event_id, number, 'aside', attempts, clock_timestamp(),
            coalesce(clock_timestamp() + make_interval(secs => pause_ms / 1000.0), 'infinity'), failure
       from unnest($2::uuid[], $3::bigint[], $4::int[], $5::int[], $6::text[]) as a(event_id, number, attempts, pause_ms, failure)
     on conflict (biller_id, event_id) do nothing`,
    [
      billerId,
      plainArray(events, (e) => e.eventId),
      plainArray(events, (e) => e.number),
      plainArray(events, (e) => e.attempts),
      plainArray(events, (e) => e.pauseMs ?? null),
      textArray(events, (e) => e.failure),
    ],
  );
  const holds = events.flatMap((event) => event.keys.map((key) => ({ key, event })));
  await tx.query(
    `insert into delivery_hold (biller_id, order_key, number, event_id)
     select $1, * from unnest($2::text[], $3::bigint[], $4::uuid[]) on conflict do nothing`,
    [
      billerId,
      textArray(holds, (h) => h.key),
      plainArray(holds, (h) => h.event.number),
      plainArray(holds, (h) => h.event.eventId),
    ],
  );
  await freeUnheld(tx, billerId, [...new Set(events.flatMap(({ keys }) => keys))]);
}

/**
 * What is set aside behind an event and what lets that event go must not pass each other unseen. Locks the delivery's
 * row until the end of the transaction.
 */
async function lockAside(tx: Tx, billerId: number): Promise<void> {
  await tx.query('select from delivery where biller_id = $1 for update', [billerId]);
}

/** Which of these keys are held by an event that stands aside. */
export async function heldKeys(tx: Tx, billerId: number, keys: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ order_key: string }>(
    'select distinct order_key from delivery_hold where biller_id = $1 and order_key = any($2::text[])',
    [billerId, textArray(keys)],
  );
  return new Set(rows.map((row) => row.order_key));
}

/** Due events that nothing before them holds back, in order. */
export function readDueAside(tx: Tx, billerId: number, limit: number): Promise<AsideEvent[]> {
  return tx.query<AsideEvent>(
    `select a.number, e.event_id, e.type, e.subject, e.revision, e.payload::text as payload, e.recorded_at,
            a.attempts, a.set_aside_at, clock_timestamp() as now
       from delivery_aside a
      cross join lateral (select * from event e where e.biller_id = a.biller_id and e.event_id = a.event_id limit 1) e
      where a.biller_id = $1 and a.state = 'aside' and a.next_try_at <= clock_timestamp()
        and not exists (
          select from delivery_hold mine join delivery_hold before
              on before.biller_id = mine.biller_id and before.order_key = mine.order_key and before.number < mine.number
           where mine.biller_id = a.biller_id and mine.event_id = a.event_id)
      order by a.number limit $2`,
    [billerId, limit],
  );
}

/** Delivered at last: the endpoint is well. */
export async function takeBack(tx: Tx, billerId: number, eventId: string): Promise<void> {
  await lockAside(tx, billerId);
  await tx.query(
    `update delivery set failures = 0, failing_since = null, last_failure = null, next_try_at = null
      where biller_id = $1 and failures > 0`,
    [billerId],
  );
  await tx.query('delete from delivery_aside where biller_id = $1 and event_id = $2', [billerId, eventId]);
  await release(tx, billerId, eventId);
}

/** Refused once more: tried again after `pauseMs`, or given up when it is undefined. */
export async function refusedAgain(
  tx: Tx,
  billerId: number,
  eventId: string,
  { pauseMs, failure }: { pauseMs: number | undefined; failure: string },
): Promise<void> {
  await lockAside(tx, billerId);
  await tx.query(
    `update delivery_aside set attempts = attempts + 1, last_failure = $3,
            state = case when $4::float8 is null then 'parked' else 'aside' end,
            next_try_at = clock_timestamp() + make_interval(secs => coalesce($4::float8, 0) / 1000.0)
      where biller_id = $1 and event_id = $2`,
    [billerId, eventId, failure, pauseMs ?? null],
  );
  if (pauseMs === undefined) await release(tx, billerId, eventId);
}

/** What waited behind it may go, unless something else is before it. */
async function release(tx: Tx, billerId: number, eventId: string): Promise<void> {
  const rows = await tx.query<{ order_key: string }>(
    'delete from delivery_hold where biller_id = $1 and event_id = $2 returning order_key',
    [billerId, eventId],
  );
  await freeUnheld(
    tx,
    billerId,
    rows.map((row) => row.order_key),
  );
}

/** Makes due what waits on one of these keys and has nothing before it on any of its own. */
async function freeUnheld(tx: Tx, billerId: number, keys: readonly string[]): Promise<void> {
  await tx.query(
    `update delivery_aside a set next_try_at = clock_timestamp()
       from (select distinct event_id from delivery_hold where biller_id = $1 and order_key = any($2::text[])) h
      where a.biller_id = $1 and a.event_id = h.event_id and a.next_try_at = 'infinity'
        and not exists (
          select from delivery_hold mine join delivery_hold before
              on before.biller_id = mine.biller_id and before.order_key = mine.order_key and before.number < mine.number
           where mine.biller_id = $1 and mine.event_id = a.event_id)`,
    [billerId, textArray(keys)],
  );
}

/** The endpoint is back after an outage: what it refused is worth another try now. */
export async function makeDue(tx: Tx, billerId: number): Promise<void> {
  await tx.query(
    `update delivery_aside set next_try_at = clock_timestamp()
      where biller_id = $1 and state = 'aside' and next_try_at > clock_timestamp() and next_try_at < 'infinity'`,
    [billerId],
  );
}
