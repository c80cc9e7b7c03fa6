// SQL of the confirmation delay: each event that the agency has is counted once, by the time from its record until the
// first delivery that reached its number. What was numbered before the agency was told anything does not count.

import type { Tx } from '../../platform/db/index.ts';
import { LIMITS, NO_LIMIT } from './buckets.ts';

const STEP = 20_000;

/** Counts the next events; how many numbers it went on. 0: all are counted, or another worker is at it. */
export async function tallyStep(tx: Tx, billerId: number): Promise<number> {
  await tx.query('insert into confirmation_tally (biller_id, number) values ($1, 0) on conflict do nothing', [
    billerId,
  ]);
  const [span] = await tx.query<{ after: bigint; through: bigint }>(
    `select greatest(t.number, b.number) as after, least(greatest(t.number, b.number) + $2, d.delivered_number) as through
       from confirmation_tally t join delivery d using (biller_id)
      cross join lateral (select min(delivered_number) as number from delivery_progress p where p.biller_id = t.biller_id) b
      where t.biller_id = $1 and b.number is not null for update of t skip locked`,
    [billerId, STEP],
  );
  if (span === undefined || span.through <= span.after) return 0;
  await tx.query(
    `insert into service_hour (biller_id, hour, operation, outcome, bucket, answers)
     select $1, hour, 'confirm', outcome, bucket, count(*)
       from (select date_trunc('hour', p.delivered_at + shift.by) as hour,
                    case when a.event_id is null then 'ok' else 'aside' end as outcome,
                    ($4::int[])[width_bucket(extract(epoch from p.delivered_at + shift.by - e.recorded_at) * 1000, $5::numeric[]) + 1] as bucket
               from (select business_now() - clock_timestamp() as by) shift
              cross join event_feed f
               join event e on e.biller_id = f.biller_id and e.event_id = f.event_id
              cross join lateral (select delivered_at from delivery_progress p
                     where p.biller_id = f.biller_id and p.delivered_number >= f.number order by p.delivered_number limit 1) p
               left join delivery_aside a on a.biller_id = f.biller_id and a.event_id = f.event_id
              where f.biller_id = $1 and f.number > $2 and f.number <= $3) told
      group by hour, outcome, bucket
     on conflict (biller_id, hour, operation, outcome, bucket)
     do update set answers = service_hour.answers + excluded.answers`,
    [billerId, span.after, span.through, [...LIMITS, NO_LIMIT], [...LIMITS]],
  );
  await tx.query('update confirmation_tally set number = $2 where biller_id = $1', [billerId, span.through]);
  return Number(span.through - span.after);
}
