// SQL of who is told, the one definition of it: an agency with a webhook, else a linked one that wants payments told at
// its link; and from which event on.

import type { Tx } from '../platform/db/index.ts';

/** One row for each biller that is told: where, of what, and since when it is so (a link: unknown, long ago). */
export const TOLD = `(
  select w.biller_id, w.url, w.events, w.batch, w.changed_at from webhook w
  union all
  select l.biller_id, l.url || '/payments', array['payment.*'], false, to_timestamp(0)
    from biller_link l join biller b using (biller_id)
   where b.kind = 'linked' and l.notify and not exists (select from webhook w where w.biller_id = l.biller_id))`;

export interface Address {
  url: string;
  /** null: of everything. */
  events: string[] | null;
  batch: boolean;
}

/** undefined: this agency is told of nothing. */
export async function readAddress(tx: Tx, billerId: number): Promise<Address | undefined> {
  const [row] = await tx.query<Address>(
    `select told.url, told.events, told.batch from ${TOLD} told where told.biller_id = $1`,
    [billerId],
  );
  return row;
}

/**
 * Who is told for the first time is told what happens from now on, and what was recorded in the last `overlapSeconds`;
 * who was told before goes on where that ended, and at once.
 */
export async function startDelivery(tx: Tx, billerId: number, overlapSeconds: number): Promise<void> {
  await tx.query(
    `insert into delivery (biller_id, delivered_number)
     select $1, coalesce((select last_number from event_feed_head where biller_id = $1), 0) - (
              select count(*) from event_feed_head h
                join event_feed f on f.biller_id = h.biller_id and f.number > h.last_number - 10000
                join event e on e.biller_id = f.biller_id and e.event_id = f.event_id
               where h.biller_id = $1 and $2::int > 0 and e.recorded_at > business_now() - make_interval(secs => $2::int))
     on conflict (biller_id) do update set failures = 0, next_try_at = null`,
    [billerId, overlapSeconds],
  );
  // The first row of the progress is where it began: what is before it was told to nobody.
  await tx.query(
    `insert into delivery_progress (biller_id, delivered_number, delivered_at)
     select biller_id, delivered_number, clock_timestamp() from delivery d
      where biller_id = $1 and not exists (select from delivery_progress p where p.biller_id = $1)
     on conflict do nothing`,
    [billerId],
  );
}

/** A payment of the moment in which the link was set is told, too, if twice. */
const LINK_OVERLAP_SECONDS = 60;

/** Agencies that are told, but nobody has begun: a link is set without one. */
export async function startLinkDeliveries(tx: Tx): Promise<void> {
  const rows = await tx.query<{ biller_id: number }>(
    `select told.biller_id from ${TOLD} told
      where not exists (select from delivery d where d.biller_id = told.biller_id) order by told.biller_id`,
  );
  for (const row of rows) await startDelivery(tx, row.biller_id, LINK_OVERLAP_SECONDS);
}
