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

/** A payment's own event has its id: nearly all are told by one look-up, and the events themselves stay unread. */
const PAYMENT = `select p.business_date, p.channel_id, p.currency, p.amount_minor, p.accepted_at, p.status
  from payment p where p.biller_id = $1`;

/** No payment's own event, or that of one which was reversed since: what it had been then. */
const UNCLEAR = `select e.type, e.subject from event e
  where (p.status is null or p.status = 'reversed') and e.biller_id = $1 and e.event_id = f.event_id
    and e.type in ('payment.accepted', 'payment.credited', 'payment.reversed') limit 1`;

const REVERSED = `select v.business_date, v.recorded_at, p.channel_id, p.currency, p.amount_minor
  from reversal v join payment p on p.biller_id = v.biller_id and p.payment_id = v.payment_id
  where e.type = 'payment.reversed' and v.biller_id = $1 and v.payment_id = e.subject::uuid limit 1`;

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
       from (select coalesce(v.business_date, p.business_date) as business_date, coalesce(v.channel_id, p.channel_id) as channel_id,
                    date_trunc('hour', coalesce(v.recorded_at, p.accepted_at)) as hour, coalesce(substr(e.type, 9), p.status) as outcome,
                    coalesce(v.currency, p.currency) as currency, coalesce(v.amount_minor, p.amount_minor) as amount_minor
               from event_feed f
               left join lateral (${PAYMENT} and p.payment_id = f.event_id limit 1) p on true
               left join lateral (${UNCLEAR}) e on true
               left join lateral (${REVERSED}) v on true
              where f.biller_id = $1 and f.number > $2 and f.number <= $3
                and (p.status is not null or e.type = 'payment.reversed')) told
      group by business_date, channel_id, hour, outcome, currency
     on conflict (biller_id, business_date, channel_id, hour, outcome, currency)
     do update set payments = paid_hour.payments + excluded.payments,
                   amount_minor = paid_hour.amount_minor + excluded.amount_minor`,
    [billerId, span.after, span.through],
  );
  await tx.query('update paid_tally set number = $2 where biller_id = $1', [billerId, span.through]);
  return Number(span.through - span.after);
}
