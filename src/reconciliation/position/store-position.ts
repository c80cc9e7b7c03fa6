// SQL of a channel's position. What is not settled yet is the ledger's receivable less the dues, so that no day is summed
// for an answer. A due is late when its date has passed on the wall of the biller that it is owed to, or of the operator.

import { zoneNow } from '../../billers/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import { accountOf } from '../../ledger/index.ts';
import { plainArray, textArray, type Tx } from '../../platform/db/index.ts';

/** Of biller `b`; without one the operator's, whose book is dated in UTC. */
const TODAY = `(business_now() at time zone coalesce(${zoneNow('b')}, 'UTC'))::date`;

/** Rows `book`: the receivable of a channel in each book, 0 the operator's. $1 channel, $2 currencies, $3 accounts. */
const BOOKS = `book as (
  select k.biller_id, x.currency, sum(l.amount_minor)::bigint as minor
    from (select 0 as biller_id union all select biller_id from biller) k
   cross join unnest($2::text[], $3::bigint[]) as x(currency, account_no)
    join balance l on l.biller_id = k.biller_id and l.account_no = x.account_no
   group by 1, 2
), unpaid as (
  select d.biller_id, d.currency, d.business_date, d.owed_minor, d.paid_minor, d.due_on,
         d.owed_minor - d.paid_minor as open_minor, d.owed_minor > d.paid_minor and d.due_on < ${TODAY} as late
    from channel_due d left join biller b on b.biller_id = d.biller_id
   where d.channel_id = $1 and d.owed_minor <> d.paid_minor
), running as (
  select k.biller_id, k.currency, (k.minor - coalesce(u.minor, 0))::bigint as minor,
         (select min(n.business_date) from business_day n
           where n.biller_id = k.biller_id and n.business_date > coalesce(
              (select t.business_date from channel_due_through t where t.biller_id = k.biller_id), '-infinity')) as business_date
    from book k
    left join (select biller_id, currency, sum(open_minor) as minor from unpaid group by 1, 2) u using (biller_id, currency)
   where k.biller_id <> 0 and k.minor <> coalesce(u.minor, 0)
)`;

export interface TotalRow {
  currency: string;
  owed: bigint;
  late: bigint;
  due: bigint;
  to_set_off: bigint;
  running: bigint;
  /** What of transfers is not used. */
  ahead: bigint;
  /** null: without limit, or nothing was ever topped up. */
  available: bigint | null;
  topped_up: bigint;
}

/** By currency, of those in which the channel has anything. */
export function readTotals(tx: Tx, channelId: number, currencies: readonly string[]): Promise<TotalRow[]> {
  return tx.query<TotalRow>(
    `with ${BOOKS}, total as (
       select currency, sum(minor) as owed from book group by 1
     ), paid_ahead as (
       select currency, sum(left_minor) as minor from channel_ahead where channel_id = $1 group by 1
     ), closed as (
       select currency, sum(open_minor) filter (where late) as late,
              sum(open_minor) filter (where not late and open_minor > 0) as due,
              sum(open_minor) filter (where open_minor < 0) as to_set_off
         from unpaid group by 1
     ), funds as (
       select currency, sum(available_minor) as available from channel_position where channel_id = $1 group by 1
     ), paid_in as (
       select currency, sum(amount_minor) as topped_up from top_up where channel_id = $1 group by 1
     )
     select currency, coalesce(t.owed, 0)::bigint as owed, coalesce(c.late, 0)::bigint as late,
            coalesce(c.due, 0)::bigint as due, coalesce(c.to_set_off, 0)::bigint as to_set_off,
            coalesce((select sum(r.minor) from running r where r.currency = x.currency), 0)::bigint as running,
            coalesce(a.minor, 0)::bigint as ahead, f.available::bigint as available,
            coalesce(p.topped_up, 0)::bigint as topped_up
       from unnest($2::text[]) as x(currency)
       left join total t using (currency) left join closed c using (currency) left join paid_ahead a using (currency)
       left join funds f using (currency) left join paid_in p using (currency)
      where t.owed is not null or f.available is not null or p.topped_up is not null
      order by currency`,
    values(channelId, currencies),
  );
}

export interface DayRow {
  /** null: the operator's own book. */
  biller: string | null;
  business_date: BusinessDate;
  currency: string;
  /** null: it is not settled yet. */
  due_on: BusinessDate | null;
  owed_minor: bigint;
  paid_minor: bigint;
  late: boolean;
}

export interface DaySpan {
  /** Left out: every date that is not paid, and no other. */
  readonly from?: BusinessDate | undefined;
  readonly to?: BusinessDate | undefined;
  readonly after?: readonly [businessDate: BusinessDate, biller: string] | undefined;
  readonly limit: number;
}

/** By business date and biller, the operator first. */
export function readDays(
  tx: Tx,
  channelId: number,
  currencies: readonly string[],
  { from, to, after, limit }: DaySpan,
): Promise<DayRow[]> {
  const all = from !== undefined || to !== undefined;
  return tx.query<DayRow>(
    `with ${BOOKS}, day as (
       select biller_id, currency, business_date, due_on, owed_minor, paid_minor, late from unpaid where not $4
       union all
       select d.biller_id, d.currency, d.business_date, d.due_on, d.owed_minor, d.paid_minor,
              d.owed_minor > d.paid_minor and d.due_on < ${TODAY}
         from channel_due d left join biller b on b.biller_id = d.biller_id
        where $4 and d.channel_id = $1 and d.business_date between $5 and $6 and d.currency = any($2::text[])
       union all
       select biller_id, currency, business_date, null, minor, 0, false from running
     )
     select b.code as biller, day.business_date, day.currency, day.due_on, day.owed_minor, day.paid_minor, day.late
       from day left join biller b using (biller_id)
      where day.currency = any($2::text[]) and day.business_date between $5 and $6
        and (day.business_date, coalesce(b.code, '')) > ($7, $8)
      order by day.business_date, coalesce(b.code, '') limit $9`,
    [
      ...values(channelId, currencies),
      all,
      from ?? '0001-01-01',
      to ?? '9999-12-31',
      after?.[0] ?? '0001-01-01',
      after?.[1] ?? '',
      limit,
    ],
  );
}

function values(channelId: number, currencies: readonly string[]): unknown[] {
  return [
    channelId,
    textArray(currencies),
    plainArray(currencies, (currency) => accountOf('channel/receivable', channelId, currency).accountNo),
  ];
}

/** In which billers or the operator are owed, or the channel has paid in. */
export async function readCurrencies(tx: Tx, channelId: number): Promise<string[]> {
  const rows = await tx.query<{ currency: string }>(
    `select currency from biller union select currency from top_up where channel_id = $1
     union select currency from channel_payment where channel_id = $1
     union select currency from channel_due where biller_id = 0 and channel_id = $1 order by 1`,
    [channelId],
  );
  return rows.map((row) => row.currency);
}

export interface ChannelRow {
  channel_id: number;
  code: string;
  name: { ar?: string; fr?: string; en: string };
  funding: 'postpaid' | 'prefunded';
  credit_limit: Record<string, string>;
  now: Date;
}

/** Of one code, or all but the operator's own channels. */
export function readChannels(tx: Tx, code: string | null): Promise<ChannelRow[]> {
  return tx.query<ChannelRow>(
    `select channel_id, code, name, funding, credit_limit, business_now() as now from channel
      where code = $1 or $1 is null and kind <> 'deposit' order by code`,
    [code],
  );
}

/** For the metrics: channels with a closed date that is not paid, by currency. */
export function readLate(tx: Tx): Promise<{ code: string; currency: string; days: number; minor: number }[]> {
  return tx.query(
    `select c.code, d.currency, coalesce(max(d.today - d.due_on) filter (where d.late and d.net > 0), 0)::float8 as days,
            greatest(0, max(d.net))::float8 as minor
       from (select u.*, sum(u.minor) filter (where u.late or u.minor < 0) over (partition by u.channel_id, u.currency) as net
               from (select d.channel_id, d.currency, d.due_on, d.owed_minor - d.paid_minor as minor, t.today,
                            d.owed_minor > d.paid_minor and d.due_on < t.today as late
                       from channel_due d
                       join (select biller_id, ${TODAY} as today
                               from (select 0 as biller_id union all select biller_id from biller) k
                               left join biller b using (biller_id)) t on t.biller_id = d.biller_id
                      where d.owed_minor <> d.paid_minor) u) d
       join channel c on c.channel_id = d.channel_id group by 1, 2 order by 1, 2`,
  );
}
