// SQL of what is kept of the service: answers by hour, and the minutes in which a gateway lived.

import type { Tx } from '../../platform/db/index.ts';
import type { ServiceCount } from './service-counts.ts';

/** Added to the hour that it is now, in the books' time. */
export async function addServiceCounts(tx: Tx, counts: readonly ServiceCount[]): Promise<void> {
  if (counts.length === 0) return;
  await tx.query(
    `insert into service_hour (biller_id, hour, operation, outcome, bucket, answers)
     select c.biller_id, h.hour, c.operation, c.outcome, c.bucket, c.answers
       from unnest($1::int[], $2::text[], $3::text[], $4::int[], $5::bigint[])
              as c(biller_id, operation, outcome, bucket, answers),
            (select date_trunc('hour', business_now()) as hour) h
     on conflict (biller_id, hour, operation, outcome, bucket)
     do update set answers = service_hour.answers + excluded.answers`,
    [
      counts.map((each) => each.billerId),
      counts.map((each) => each.operation),
      counts.map((each) => each.outcome),
      counts.map((each) => each.bucket),
      counts.map((each) => each.answers),
    ],
  );
}

export async function markAlive(tx: Tx): Promise<void> {
  await tx.query(
    `insert into gateway_hour (hour, minutes)
     select date_trunc('hour', now), set_bit(repeat('0', 60)::bit(60), extract(minute from now)::int, 1)
       from (select business_now() as now) n
     on conflict (hour) do update set minutes = gateway_hour.minutes | excluded.minutes`,
  );
}

export interface Span {
  readonly billerId: number;
  readonly timeZone: string;
  /** Business dates, both included; hours are those of the biller's own clock. */
  readonly from: string;
  readonly to: string;
}

export interface ServiceRow {
  operation: 'pay' | 'inquire' | 'confirm';
  outcome: string;
  bucket: number;
  answers: bigint;
}

const HOURS = `hour >= $2::date::timestamp at time zone $4 and hour < ($3::date + 1)::timestamp at time zone $4`;

export function readService(tx: Tx, { billerId, from, to, timeZone }: Span): Promise<ServiceRow[]> {
  return tx.query<ServiceRow>(
    `select operation, outcome, bucket, sum(answers)::bigint as answers from service_hour
      where biller_id = $1 and ${HOURS} group by operation, outcome, bucket order by operation, outcome, bucket`,
    [billerId, from, to, timeZone],
  );
}

export interface HourRow {
  /** Local, `YYYY-MM-DD HH:MM`. */
  hour: string;
  minutes_up: number;
  /** Minutes of the hour that have passed. */
  minutes: number;
  answers: bigint;
  failures: bigint;
}

/** Every hour of the span that has begun, from the first in which anything was recorded. `failures`: outcomes. */
export function readHours(
  tx: Tx,
  { billerId, from, to, timeZone }: Span,
  failures: readonly string[],
): Promise<HourRow[]> {
  return tx.query<HourRow>(
    `with answered as (
       select hour, sum(answers)::bigint as answers,
              coalesce(sum(answers) filter (where outcome = any($5::text[])), 0)::bigint as failures
         from service_hour where biller_id = $1 and operation in ('pay', 'inquire') and ${HOURS} group by hour
     ), bounds as (
       select greatest(date_trunc('hour', $2::date::timestamp at time zone $4), (select min(hour) from gateway_hour)) as first,
              least(($3::date + 1)::timestamp at time zone $4 - interval '1 second', n.now) as last, n.now
         from (select business_now() as now) n
     )
     select to_char(g.hour at time zone $4, 'YYYY-MM-DD HH24:MI') as hour,
            coalesce(bit_count(u.minutes), 0)::int as minutes_up,
            least(60, ceil(extract(epoch from b.now - g.hour) / 60))::int as minutes,
            coalesce(a.answers, 0) as answers, coalesce(a.failures, 0) as failures
       from bounds b
      cross join lateral generate_series(b.first, b.last, interval '1 hour') as g(hour)
       left join gateway_hour u on u.hour = g.hour
       left join answered a on a.hour = g.hour
      order by g.hour`,
    [billerId, from, to, timeZone, failures],
  );
}
