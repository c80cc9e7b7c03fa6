// SQL of deliveries: the lease under which one worker at a time tells an agency, how far it has been told, and when to
// try again. Pauses and leases go by the real clock, not by the books' time.

import type { Statement, Tx } from '../../platform/db/index.ts';
import { TOLD } from '../store-told.ts';

export interface DeliveryRow {
  delivered_number: bigint;
  failures: number;
  /** Something stands aside and holds back what is on its bills. */
  has_holds: boolean;
}

/**
 * What a worker that was killed makes its agencies wait, at the most. It is renewed every three seconds (lease.ts), so
 * that only a worker whose database or processor stood still for seven loses it; then it stops, and what it had sent
 * may be sent again, under the same id.
 */
const LEASE_SECONDS = 10;

const TAKE: Statement = {
  name: 'delivery_take',
  text: `update delivery set lease = $2, leased_until = clock_timestamp() + interval '${LEASE_SECONDS} s'
 where biller_id = $1 and (lease is null or lease = $2 or leased_until < clock_timestamp())
   and (next_try_at is null or next_try_at <= clock_timestamp())
returning delivered_number, failures,
          exists (select from delivery_hold h where h.biller_id = $1) as has_holds`,
};

/** undefined: another worker holds it, or it is not due. */
export async function takeLease(tx: Tx, billerId: number, lease: string): Promise<DeliveryRow | undefined> {
  return (await tx.run<DeliveryRow>(TAKE, [billerId, lease]))[0];
}

const MOVE: Statement = {
  name: 'delivery_move',
  text: `with moved as (
  update delivery set delivered_number = greatest(delivered_number, $3), failures = 0, failing_since = null,
         last_failure = null, next_try_at = null, leased_until = clock_timestamp() + interval '${LEASE_SECONDS} s'
   where biller_id = $1 and lease = $2
  returning delivered_number
), noted as (
  insert into delivery_progress (biller_id, delivered_number, delivered_at)
  select $1, delivered_number, clock_timestamp() from moved on conflict do nothing
)
select 1 from moved`,
};

/** Something got through: everything up to `number` is dealt with. False: the lease is lost, another goes on. */
export async function moveDelivered(
  tx: Tx,
  billerId: number,
  lease: string,
  number: bigint,
): Promise<boolean> {
  return (await tx.run(MOVE, [billerId, lease, number])).length > 0;
}

/** The lease lasts on; nothing else is said. False: it is lost, another goes on. */
export async function renewLease(tx: Tx, billerId: number, lease: string): Promise<boolean> {
  const rows = await tx.query(
    `update delivery set leased_until = clock_timestamp() + interval '${LEASE_SECONDS} s'
      where biller_id = $1 and lease = $2 returning 1`,
    [billerId, lease],
  );
  return rows.length > 0;
}

/** Nothing gets through: the next try after `pauseMs`. */
export async function noteFailing(
  tx: Tx,
  billerId: number,
  lease: string,
  { pauseMs, failure }: { pauseMs: number; failure: string },
): Promise<void> {
  await tx.query(
    `update delivery set failures = failures + 1, failing_since = coalesce(failing_since, clock_timestamp()),
            last_failure = $3, next_try_at = clock_timestamp() + make_interval(secs => $4 / 1000.0)
      where biller_id = $1 and lease = $2`,
    [billerId, lease, failure, pauseMs],
  );
}

/**
 * Parks the oldest undelivered events that are three days old, when nothing has got through for as long. Returns how
 * many; locks the delivery's row. Whoever holds the lease calls it when he gives way.
 */
export async function parkOldest(tx: Tx, billerId: number, failure: string, limit: number): Promise<number> {
  const rows = await tx.query(
    `with failing as (
       select delivered_number from delivery
        where biller_id = $1 and failing_since < clock_timestamp() - interval '3 days' for update
     ), old as (
       select f.number, f.event_id from failing
        cross join lateral (select * from event_feed f where f.biller_id = $1 and f.number > failing.delivered_number
                             order by f.number limit $3) f
        cross join lateral (select recorded_at from event e where e.biller_id = $1 and e.event_id = f.event_id limit 1) e
        where e.recorded_at < business_now() - interval '3 days'
     ), parked as (
       insert into delivery_aside (biller_id, event_id, number, state, set_aside_at, next_try_at, last_failure)
       select $1, event_id, number, 'parked', clock_timestamp(), clock_timestamp(), $2 from old
       on conflict (biller_id, event_id) do nothing
     ), moved as (
       update delivery set delivered_number = (select max(number) from old)
        where biller_id = $1 and exists (select from old)
     )
     select 1 from old`,
    [billerId, failure, limit],
  );
  return rows.length;
}

export async function releaseLease(tx: Tx, billerId: number, lease: string): Promise<void> {
  await tx.query(
    'update delivery set lease = null, leased_until = null where biller_id = $1 and lease = $2',
    [billerId, lease],
  );
}

export interface DueRow {
  biller_id: number;
  /** Another holder is at it. */
  is_leased: boolean;
  /** When its webhook was set. */
  changed_at: Date;
}

const DUE: Statement = {
  name: 'delivery_due',
  text: `
select d.biller_id, coalesce(d.leased_until > clock_timestamp() and d.lease <> $1, false) as is_leased,
       told.changed_at
  from delivery d join ${TOLD} told on told.biller_id = d.biller_id
 where (d.next_try_at is null or d.next_try_at <= clock_timestamp())
   and (exists (select from event_feed_head h where h.biller_id = d.biller_id and h.last_number > d.delivered_number)
        or exists (select from delivery_aside a where a.biller_id = d.biller_id and a.state = 'aside'
                      and a.next_try_at <= clock_timestamp()))`,
};

/** Billers whose agencies have something to be told now. `holder` is who asks: its own leases do not count. */
export function readDue(tx: Tx, holder: string): Promise<DueRow[]> {
  return tx.run<DueRow>(DUE, [holder]);
}
