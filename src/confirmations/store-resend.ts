// SQL of what stands aside: listing it, and sending events again by hand.

import { plainArray, type Tx } from '../platform/db/index.ts';

export interface AsideRow {
  event_id: string;
  number: bigint;
  type: string;
  subject: string;
  state: 'aside' | 'parked';
  attempts: number;
  last_failure: string | null;
  set_aside_at: Date;
  /** null: when what holds it back is out of the way, or never, when it is parked. */
  next_try_at: Date | null;
}

/** In the order of the feed. */
export function listAside(
  tx: Tx,
  billerId: number,
  { states, after, limit }: { states: readonly string[]; after: bigint; limit: number },
): Promise<AsideRow[]> {
  return tx.query<AsideRow>(
    `select a.event_id, a.number, a.state, a.attempts, a.last_failure, a.set_aside_at, e.type, e.subject,
            case when a.state = 'aside' then nullif(a.next_try_at, 'infinity') end as next_try_at
       from delivery_aside a
      cross join lateral (select type, subject from event e where e.biller_id = a.biller_id and e.event_id = a.event_id limit 1) e
      where a.biller_id = $1 and a.state = any($2::text[]) and a.number > $3 order by a.number limit $4`,
    [billerId, states, after, limit],
  );
}

/** Which of these are events of the biller. */
export async function knownEvents(
  tx: Tx,
  billerId: number,
  eventIds: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.query<{ event_id: string }>(
    'select event_id from event where biller_id = $1 and event_id = any($2::uuid[])',
    [billerId, plainArray(eventIds)],
  );
  return new Set(rows.map((row) => row.event_id));
}

/**
 * Due at once, from a first attempt; what stands aside keeps its place, what was delivered stands aside anew and
 * holds nothing back.
 */
export async function resendEvents(tx: Tx, billerId: number, eventIds: readonly string[]): Promise<number> {
  const rows = await tx.query(
    `insert into delivery_aside (biller_id, event_id, number, state, attempts, set_aside_at, next_try_at)
     select $1, event_id, 0, 'aside', 0, clock_timestamp(), clock_timestamp() from unnest($2::uuid[]) as wanted(event_id)
     on conflict (biller_id, event_id) do update
       set state = 'aside', attempts = 0, set_aside_at = excluded.set_aside_at,
           next_try_at = case when delivery_aside.next_try_at = 'infinity' then 'infinity' else excluded.next_try_at end
     returning 1`,
    [billerId, plainArray(eventIds)],
  );
  return rows.length;
}

export async function resendParked(tx: Tx, billerId: number): Promise<number> {
  const rows = await tx.query(
    `update delivery_aside set state = 'aside', attempts = 0, set_aside_at = clock_timestamp(), next_try_at = clock_timestamp()
      where biller_id = $1 and state = 'parked' returning 1`,
    [billerId],
  );
  return rows.length;
}
