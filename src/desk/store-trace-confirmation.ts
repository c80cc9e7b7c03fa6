// SQL of what became of an event on its way to the agency. The feed is kept by number alone, so an event's number is
// looked for near where its id, which leads with the time, must stand.

import { TOLD } from '../confirmations/index.ts';
import type { Tx } from '../platform/db/index.ts';

export interface ConfirmationRow {
  /** null: not numbered yet. */
  number: bigint | null;
  webhook: string | null;
  /** What the agency wants to be told of; null: everything. */
  wanted: string[] | null;
  delivered_number: bigint | null;
  /** When the mark passed it. */
  delivered_at: Date | null;
  /** The mark stood there already when the agency set its first webhook. */
  is_before: boolean | null;
  state: 'aside' | 'parked' | null;
  attempts: number | null;
  /** Of the event when it stands aside, else of its agency's endpoint. */
  last_failure: string | null;
  next_try_at: Date | null;
}

export async function readConfirmation(tx: Tx, billerId: number, eventId: string): Promise<ConfirmationRow> {
  const number = await findNumber(tx, billerId, eventId);
  const [row] = await tx.query<ConfirmationRow>(
    `select $3::bigint as number, w.url as webhook, w.events as wanted, d.delivered_number, p.delivered_at, p.is_before,
            a.state, a.attempts, case when a.event_id is null then d.last_failure else a.last_failure end as last_failure,
            case when a.event_id is null then d.next_try_at else a.next_try_at end as next_try_at
       from (select 1) one
       left join ${TOLD} w on w.biller_id = $1
       left join delivery d on d.biller_id = $1
       left join delivery_aside a on a.biller_id = $1 and a.event_id = $2
       left join lateral (
         select p.delivered_at, not exists (select from delivery_progress q where q.biller_id = $1 and q.delivered_number < p.delivered_number) as is_before
           from delivery_progress p where p.biller_id = $1 and p.delivered_number >= $3::bigint order by p.delivered_number limit 1) p on true`,
    [billerId, eventId, number],
  );
  if (row === undefined) throw new Error('the database answered nothing');
  return row;
}

/** Late commits are numbered out of the order of ids, by so many at the most in any but the oddest hour. */
const NEARBY = 5000;

async function findNumber(tx: Tx, billerId: number, eventId: string): Promise<bigint | null> {
  const near = await placeOf(tx, billerId, eventId);
  const look = async (from: bigint, to: bigint | null): Promise<bigint | null> => {
    const [row] = await tx.query<{ number: bigint }>(
      `select number from event_feed
        where biller_id = $1 and number >= $2 and ($3::bigint is null or number <= $3) and event_id = $4`,
      [billerId, from, to, eventId],
    );
    return row?.number ?? null;
  };
  return (await look(near - BigInt(NEARBY), near + BigInt(NEARBY))) ?? look(1n, null);
}

/** Where it would stand if the feed were in the order of ids: by halving. */
async function placeOf(tx: Tx, billerId: number, eventId: string): Promise<bigint> {
  const [head] = await tx.query<{ last_number: bigint }>(
    'select last_number from event_feed_head where biller_id = $1',
    [billerId],
  );
  let [low, high] = [0n, head?.last_number ?? 0n];
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    const [row] = await tx.query<{ event_id: string }>(
      'select event_id from event_feed where biller_id = $1 and number = $2',
      [billerId, middle],
    );
    if (row === undefined || row.event_id > eventId) high = middle - 1n;
    else low = middle;
  }
  return low;
}
