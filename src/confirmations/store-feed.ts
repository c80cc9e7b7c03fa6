// SQL of the feed: a biller's events in the order of their numbers, each looked up by its key.

import type { Statement, Tx } from '../platform/db/index.ts';

export interface FedEvent {
  number: bigint;
  event_id: string;
  type: string;
  subject: string;
  revision: number;
  /** JSON text, as it was written. */
  payload: string;
  recorded_at: Date;
}

const READ: Statement = {
  name: 'feed_read',
  text: `
select f.number, e.event_id, e.type, e.subject, e.revision, e.payload::text as payload, e.recorded_at
  from event_feed f
 cross join lateral (select * from event e where e.biller_id = f.biller_id and e.event_id = f.event_id limit 1) e
 where f.biller_id = $1 and f.number > $2 order by f.number limit $3`,
};

export function readFeed(tx: Tx, billerId: number, after: bigint, limit: number): Promise<FedEvent[]> {
  return tx.run<FedEvent>(READ, [billerId, after, limit]);
}

/** The last numbers of these billers' feeds; a biller without an event is missing. */
export function readHeads(
  tx: Tx,
  billerIds: readonly number[],
): Promise<{ biller_id: number; last_number: bigint }[]> {
  return tx.query('select biller_id, last_number from event_feed_head where biller_id = any($1::int[])', [
    [...billerIds],
  ]);
}
