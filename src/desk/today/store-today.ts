// SQL of a business date at a glance, of one biller or of many: sums of sums, a few hundred rows however much was paid.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Tx } from '../../platform/db/index.ts';
import { TOLD } from '../../confirmations/index.ts';
import type { ServiceRow } from '../../settlement/reports/index.ts';

export interface DayRow {
  biller_id: number;
  business_date: BusinessDate;
  /** null: nobody has opened such a day. */
  cut_off_at: Date | null;
  sealed_at: Date | null;
  /** The cut-off of the day before. */
  from_at: Date;
  to_at: Date;
}

/** Of each biller the given date, or the one that payments are dated in now; a biller without such a day is left out. */
export function readDays(
  tx: Tx,
  billerIds: readonly number[],
  date: BusinessDate | undefined,
): Promise<DayRow[]> {
  return tx.query<DayRow>(
    `select w.biller_id, d.business_date, d.cut_off_at, d.sealed_at,
            coalesce(before.cut_off_at, d.cut_off_at - interval '1 day', d.business_date::timestamptz) as from_at,
            coalesce(d.cut_off_at, d.business_date::timestamptz) as to_at
       from unnest($1::int[]) as w(biller_id)
      cross join lateral (
        (select business_date, cut_off_at, sealed_at from business_day
          where biller_id = w.biller_id and $2::date is null and sealed_at is null
            and business_date >= (select (business_now() at time zone 'UTC')::date - 2)
            and cut_off_at > (select business_now())
          order by business_date limit 1)
        union all
        select $2::date, d.cut_off_at, d.sealed_at from (select 1) one
          left join business_day d on d.biller_id = w.biller_id and d.business_date = $2::date
         where $2::date is not null) d
       left join lateral (
        select cut_off_at from business_day
         where biller_id = w.biller_id and business_date < d.business_date
         order by business_date desc limit 1) before on true
      order by w.biller_id`,
    [billerIds, date ?? null],
  );
}

/** `dimension`: what the sums are by; the other two are null. */
export interface PaidRow {
  dimension: 'total' | 'biller' | 'channel' | 'hour';
  biller_id: number | null;
  channel_id: number | null;
  hour: Date | null;
  outcome: 'accepted' | 'credited' | 'reversed';
  currency: string;
  payments: bigint;
  amount_minor: bigint;
}

/** `channelId` null: of all channels. */
export function readPaid(tx: Tx, days: readonly DayRow[], channelId: number | null): Promise<PaidRow[]> {
  return tx.query<PaidRow>(
    `select case when grouping(h.biller_id) = 0 then 'biller' when grouping(h.channel_id) = 0 then 'channel'
                 when grouping(h.hour) = 0 then 'hour' else 'total' end as dimension,
            h.biller_id, h.channel_id, h.hour, h.outcome, h.currency,
            sum(h.payments)::bigint as payments, sum(h.amount_minor)::bigint as amount_minor
       from unnest($1::int[], $2::date[]) as w(biller_id, business_date)
       join paid_hour h on h.biller_id = w.biller_id and h.business_date = w.business_date
      where $3::int is null or h.channel_id = $3
      group by grouping sets ((h.outcome, h.currency), (h.outcome, h.currency, h.biller_id),
                              (h.outcome, h.currency, h.channel_id), (h.outcome, h.currency, h.hour))
      order by dimension, h.biller_id, h.channel_id, h.hour, h.currency, h.outcome`,
    [days.map((day) => day.biller_id), days.map((day) => day.business_date), channelId],
  );
}

/** In the hours of each biller's day, from the cut-off of the day before until its own. */
export function readAnswered(tx: Tx, days: readonly DayRow[]): Promise<ServiceRow[]> {
  return tx.query<ServiceRow>(
    `select s.operation, s.outcome, s.bucket, sum(s.answers)::bigint as answers
       from unnest($1::int[], $2::timestamptz[], $3::timestamptz[]) as w(biller_id, from_at, to_at)
       join service_hour s on s.biller_id = w.biller_id
        and s.hour >= date_trunc('hour', w.from_at) and s.hour < w.to_at
      group by s.operation, s.outcome, s.bucket order by 1, 2, 3`,
    [
      days.map((day) => day.biller_id),
      days.map((day) => day.from_at.toISOString()),
      days.map((day) => day.to_at.toISOString()),
    ],
  );
}

export interface WaitingRow {
  waiting: bigint;
  aside: bigint;
  parked: bigint;
}

/** Events that agencies who are told have not been told yet. */
export async function readWaiting(tx: Tx, billerIds: readonly number[]): Promise<WaitingRow> {
  const [row] = await tx.query<WaitingRow>(
    `select coalesce(sum(greatest(0, coalesce(h.last_number, 0) - d.delivered_number)), 0)::bigint as waiting,
            coalesce(sum((select count(*) from delivery_aside a where a.biller_id = d.biller_id and a.state = 'aside')), 0)::bigint as aside,
            coalesce(sum((select count(*) from delivery_aside a where a.biller_id = d.biller_id and a.state = 'parked')), 0)::bigint as parked
       from delivery d left join event_feed_head h using (biller_id)
      where d.biller_id = any($1::int[]) and d.biller_id in (select told.biller_id from ${TOLD} told)`,
    [billerIds],
  );
  if (row === undefined) throw new Error('the database answered nothing');
  return row;
}

export interface OpenRow {
  approvals: number;
  breaks: number;
  now: Date;
}

/** Counted up to MOST_OPEN: nobody reads more at a glance. null: of every biller, of every channel. */
export async function readOpen(
  tx: Tx,
  { billerId, channelId }: { billerId: number | null; channelId: number | null },
): Promise<OpenRow> {
  const [row] = await tx.query<OpenRow>(
    `select (select count(*)::int from (select from approval a
              where a.state = 'open' and ($1::int is null or a.biller_id = $1) limit $3) one) as approvals,
            (select count(*)::int from (select from break b
              where b.state = 'open' and ($1::int is null or b.biller_id = $1)
                and ($2::int is null or b.channel_id = $2) limit $3) one) as breaks,
            business_now() as now`,
    [billerId, channelId, MOST_OPEN],
  );
  if (row === undefined) throw new Error('the database answered nothing');
  return row;
}

export const MOST_OPEN = 1_000;
