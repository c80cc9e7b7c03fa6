// SQL of numbering: takes committed rows out of the outbox and gives their events the next numbers of their billers'
// feeds. By the rows themselves and never by a horizon of transactions, which any open one would hold back.

import { plainArray, type Statement, type Tx } from '../platform/db/index.ts';

export interface Unnumbered {
  biller_id: number;
  event_id: string;
}

const PENDING: Statement = {
  name: 'numbering_pending',
  text: 'select biller_id, event_id from event_outbox where event_id > $1 order by event_id limit $2',
};

/** Oldest first by id; locks nothing. */
export function readOutbox(tx: Tx, after: string, limit: number): Promise<Unnumbered[]> {
  return tx.run<Unnumbered>(PENDING, [after, limit]);
}

const LOCK_HEADS: Statement = {
  name: 'numbering_lock_heads',
  text: `select biller_id from event_feed_head where biller_id = any($1::int[]) order by biller_id for update skip locked`,
};

/** Locks the heads that nobody else is moving; a biller's first event makes its head. */
export async function lockHeads(tx: Tx, billerIds: readonly number[]): Promise<number[]> {
  const lock = async (): Promise<number[]> =>
    (await tx.run<{ biller_id: number }>(LOCK_HEADS, [plainArray(billerIds)])).map((row) => row.biller_id);
  const locked = await lock();
  if (locked.length === billerIds.length) return locked;
  const made = await tx.query(
    'insert into event_feed_head (biller_id) select unnest($1::int[]) on conflict do nothing returning 1',
    [plainArray(billerIds)],
  );
  return made.length === 0 ? locked : lock();
}

const NUMBER: Statement = {
  name: 'numbering_number',
  text: `
with gone as (
  delete from event_outbox o using unnest($2::uuid[]) as wanted(event_id)
   where o.event_id = wanted.event_id and o.biller_id = any($1::int[])
  returning o.biller_id, o.event_id, o.for_payers
), numbered as (
  select g.biller_id, g.event_id, g.for_payers, h.last_number + row_number() over (partition by g.biller_id order by g.event_id) as number
    from gone g join event_feed_head h on h.biller_id = g.biller_id
), fed as (
  insert into event_feed (biller_id, number, event_id, for_payers) select biller_id, number, event_id, for_payers from numbered
)
update event_feed_head h set last_number = n.last_number
  from (select biller_id, max(number) as last_number from numbered group by biller_id) n
 where h.biller_id = n.biller_id
returning h.biller_id, h.last_number`,
};

/** The heads are locked by an earlier statement of this transaction: rows that another took meanwhile are gone. */
export function numberRows(
  tx: Tx,
  billerIds: readonly number[],
  eventIds: readonly string[],
): Promise<{ biller_id: number; last_number: bigint }[]> {
  return tx.run(NUMBER, [plainArray(billerIds), plainArray(eventIds)]);
}
