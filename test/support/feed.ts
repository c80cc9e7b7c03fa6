// Gives committed events their numbers in the feed without a relay: for tests of those who read it.
import type { Database } from '../../src/platform/db/index.ts';

/** Numbers what waits in the outbox, in order of ids; returns the billers whose feeds have grown. */
export async function numberEvents(db: Database): Promise<number[]> {
  return db.transaction(async (tx) => {
    const waiting = await tx.query<{ biller_id: number; event_id: string; for_payers: boolean | null }>(
      'delete from event_outbox returning biller_id, event_id, for_payers',
    );
    const billerIds = [...new Set(waiting.map((row) => row.biller_id))].sort((a, b) => a - b);
    for (const billerId of billerIds) {
      const rows = waiting.filter((row) => row.biller_id === billerId);
      await tx.query(
        'insert into event_feed_head (biller_id, last_number) values ($1, 0) on conflict do nothing',
        [billerId],
      );
      await tx.query(
        `with head as (
           update event_feed_head set last_number = last_number + $3 where biller_id = $1 returning last_number - $3 as before
         )
         insert into event_feed (biller_id, number, event_id, for_payers)
         select $1, head.before + row_number() over (order by e.event_id), e.event_id, e.for_payers
           from head, json_to_recordset($2) as e(event_id uuid, for_payers boolean)`,
        [billerId, JSON.stringify(rows), rows.length],
      );
    }
    return billerIds;
  });
}
