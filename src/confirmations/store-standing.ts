// SQL of how deliveries stand: for the agency that asks, for metrics and for the operator.

import type { Tx } from '../platform/db/index.ts';
import { TOLD } from './store-told.ts';

export interface Standing {
  /** Behind the mark of the feed; those that have no number yet are not counted. */
  waiting: bigint;
  aside: number;
  parked: number;
  failing_since: Date | null;
  last_failure: string | null;
  next_try_at: Date | null;
}

const COUNTS = `(select count(*)::int from delivery_aside a where a.biller_id = d.biller_id and a.state = 'aside') as aside,
       (select count(*)::int from delivery_aside a where a.biller_id = d.biller_id and a.state = 'parked') as parked`;
const WAITING = `greatest(0, coalesce((select last_number from event_feed_head h where h.biller_id = d.biller_id), 0) - d.delivered_number)`;

export async function readStanding(tx: Tx, billerId: number): Promise<Standing> {
  const [row] = await tx.query<Standing>(
    `select ${WAITING} as waiting, ${COUNTS}, d.failing_since, d.last_failure, d.next_try_at
       from (select 1) one left join delivery d on d.biller_id = $1`,
    [billerId],
  );
  if (row === undefined) throw new Error('the database answered nothing');
  return row;
}

export interface BillerStanding {
  /** Of the biller. */
  code: string;
  waiting: bigint;
  aside: number;
  parked: number;
  /** Seconds that the oldest event has waited to be delivered for the first time. */
  oldest_seconds: number;
}

/** Of every agency that is told; a few index look-ups each. */
export function readStandings(tx: Tx): Promise<BillerStanding[]> {
  return tx.query<BillerStanding>(
    `select b.code, ${WAITING} as waiting, ${COUNTS},
            coalesce((select extract(epoch from business_now() - e.recorded_at)::float8
                        from event_feed f join event e on e.biller_id = f.biller_id and e.event_id = f.event_id
                       where f.biller_id = d.biller_id and f.number = d.delivered_number + 1), 0) as oldest_seconds
       from delivery d join biller b using (biller_id)
      where d.biller_id in (select told.biller_id from ${TOLD} told)`,
  );
}
