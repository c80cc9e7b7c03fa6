// SQL of how channels' days stand: what waits for a worker, what may be matched for good, what balances, and how long the
// oldest that does not has been over.

import type { Tx } from '../../platform/db/index.ts';
import type { DayKey } from './day.ts';
import { IDLE_SECONDS } from './store-claim.ts';
import { BALANCED_AT, OVER_AT } from './store-day.ts';

/** Provisional days of whose billers' days all are sealed by now are matched once more. */
export async function wantFinal(tx: Tx): Promise<void> {
  await tx.query(
    `update reconciliation_day d set match_again = true
      where d.balanced_at is null and d.version is not null and not d.is_final and not d.match_again
        and not exists (
          select from (select distinct biller_id from agreement a where a.channel_id = d.channel_id) a
            left join business_day b on b.biller_id = a.biller_id and b.business_date = d.business_date
           where b.sealed_at is null and (b.business_date is not null
              or not exists (select from business_day l where l.biller_id = a.biller_id and l.business_date > d.business_date)))`,
  );
}

/** Days that nobody works on, though there is something to do. */
export async function findWaiting(tx: Tx): Promise<DayKey[]> {
  const rows = await tx.query<{ channel_id: number; business_date: string }>(
    `select d.channel_id, d.business_date
       from (select channel_id, business_date from channel_file where state = 'loading'
             union select channel_id, business_date from reconciliation_day where match_again and balanced_at is null) w
       join reconciliation_day d on d.channel_id = w.channel_id and d.business_date = w.business_date
      where not d.is_claimed or d.touched_at < clock_timestamp() - make_interval(secs => ${IDLE_SECONDS})
      order by 2, 1 limit 100`,
  );
  return rows.map((row) => ({ channelId: row.channel_id, businessDate: row.business_date }));
}

/** A day that balances stays so until another file of it is matched. */
export async function noteBalanced(tx: Tx): Promise<void> {
  await tx.query(
    `update reconciliation_day d set balanced_at = ${BALANCED_AT}
      where d.balanced_at is null and d.is_final and not d.match_again and not d.is_claimed and ${BALANCED_AT} is not null`,
  );
}

export interface StandingRow {
  code: string;
  /** Since the last cut-off of the oldest day that is over and not balanced; 0: there is none. */
  seconds: number;
  days: number;
}

/** So far back a day without a file is looked for. */
const LOOK_BACK_DAYS = 60;

/**
 * Channels that send files. Their days are those with a file, and after their first one those on which a settlement has
 * payments of theirs.
 */
export function readStanding(tx: Tx): Promise<StandingRow[]> {
  return tx.query<StandingRow>(
    `with sender as (
       select c.channel_id, c.code, min(d.business_date) as since
         from reconciliation_day d join channel c on c.channel_id = d.channel_id group by 1, 2
     ), day as (
       select channel_id, business_date from reconciliation_day where balanced_at is null
       union
       select s.channel_id, b.business_date
         from sender s
         join settlement_batch b on b.business_date >= greatest(s.since, business_now()::date - ${LOOK_BACK_DAYS})
         join settlement_split p on p.biller_id = b.biller_id and p.settlement_id = b.settlement_id
          and p.dimension = 'channel' and p.key = s.code and p.payments + p.direct_payments + p.credited > 0
        where not exists (select from reconciliation_day r where r.channel_id = s.channel_id and r.business_date = b.business_date)
     ), over as (
       select d.channel_id, extract(epoch from business_now() - ${OVER_AT}) as seconds from day d
     )
     select s.code, coalesce(max(o.seconds), 0)::float8 as seconds, count(o.seconds)::int as days
       from sender s left join over o on o.channel_id = s.channel_id and o.seconds > 0 group by 1 order by 1`,
  );
}
