// SQL that adds up what was paid, by the numbers of the feed: each event once, in the order in which it became known. What
// committed late has a later number, so nothing is missed.

import type { Tx } from '../../platform/db/index.ts';

/** Events of one step: far below the half second that a transaction may last. */
const STEP = 5_000;

/** Billers whose feeds have grown since they were counted. */
export async function readUncounted(tx: Tx): Promise<number[]> {
  const rows = await tx.query<{ biller_id: number }>(
    `select h.biller_id from event_feed_head h left join paid_tally t using (biller_id)
      where h.last_number > coalesce(t.number, 0) order by h.biller_id`,
  );
  return rows.map((row) => row.biller_id);
}

/** Counts the next events; how many numbers it went on. 0: all are counted, or another worker is at it. */
export async function countPaid(tx: Tx, billerId: number): Promise<number> {
  await tx.query('insert into paid_tally (biller_id, number) values ($1, 0) on conflict do nothing', [
    billerId,
  ]);
  const [span] = await tx.query<{ after: bigint; through: bigint }>(
    `select t.number as after, least(t.number + $2, h.last_number) as through
       from paid_tally t join event_feed_head h using (biller_id)
      where t.biller_id = $1 for update of t skip locked`,
    [billerId, STEP],
  );
  if (span === undefined || span.through <= span.after) return 0;
  await tx.query(
    `insert into paid_hour (biller_id, business_date, channel_id, hour, outcome, currency, payments, amount_minor)
     select $1, business_date, channel_id, hour, outcome, currency, count(*), sum(amount_minor)
       from (select coalesce(v.business_date, p.business_date) as business_date, p.channel_id,
                    date_trunc('hour', e.recorded_at) as hour, substr(e.type, 9) as outcome, p.currency, p.amount_minor
               from event_feed f
               join event e on e.biller_id = f.biller_id and e.event_id = f.event_id
                and e.type in ('payment.accepted', 'payment.credited', 'payment.reversed')
              cross join lateral (select business_date, channel_id, currency, amount_minor from payment
                     where biller_id = $1 and payment_id = e.subject::uuid limit 1) p
               left join lateral (select business_date from reversal
                     where e.type = 'payment.reversed' and biller_id = $1 and payment_id = e.subject::uuid limit 1) v on true
              where f.biller_id = $1 and f.number > $2 and f.number <= $3) told
      group by business_date, channel_id, hour, outcome, currency
     on conflict (biller_id, business_date, channel_id, hour, outcome, currency)
     do update set payments = paid_hour.payments + excluded.payments,
                   amount_minor = paid_hour.amount_minor + excluded.amount_minor`,
    [billerId, span.after, span.through],
  );
  await tx.query('update paid_tally set number = $2 where biller_id = $1', [billerId, span.through]);
  return Number(span.through - span.after);
}
