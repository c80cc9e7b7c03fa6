// SQL of the invariants of events on their way: their numbers in the feed, and what agencies have been told.

import type { Invariant } from './invariant.ts';

export const EVENT_INVARIANTS: readonly Invariant[] = [
  {
    name: 'event-is-numbered-once',
    says: 'every event waits for its number or has one in the feed, and neither is there without its event',
    per: 'biller',
    rows: `
select e.event_id is null or p.places is distinct from 1 as bad, 'event ' || coalesce(e.event_id, p.event_id) as example
  from (select event_id from event where biller_id = $1) e
  full join (select event_id, count(*) as places
               from (select event_id from event_feed where biller_id = $1
                     union all
                     select event_id from event_outbox where biller_id = $1) place
              group by 1) p on p.event_id = e.event_id`,
  },
  {
    name: 'feed-has-no-gap',
    says: 'the numbers of a feed count up from one without a gap, and its head is the last',
    per: 'biller',
    rows: `
select number <> place as bad, format('number %s at place %s', number, place) as example
  from (select number, row_number() over (order by number) as place from event_feed where biller_id = $1) f
union all
select coalesce(head, 0) <> coalesce(last, 0), format('the head says %s, the last is %s', head, last)
  from (select (select last_number from event_feed_head where biller_id = $1) as head,
               (select max(number) from event_feed where biller_id = $1) as last) ends
 where head is not null or last is not null`,
  },
  {
    // With a feed without a gap: up to the mark an event is delivered or stands aside, behind it it waits.
    name: 'delivery-accounts-for-every-event',
    says: 'every event of an agency with a webhook is delivered, aside, parked or waiting: its mark is within its feed',
    per: 'biller',
    rows: `
select d.biller_id is null or d.delivered_number not between coalesce(p.last, 0) and coalesce(h.last_number, 0) as bad,
       format('the mark %s, noted %s, the head %s', d.delivered_number, p.last, h.last_number) as example
  from (select biller_id from webhook where biller_id = $1 union select biller_id from delivery where biller_id = $1) w
  left join delivery d on d.biller_id = w.biller_id
  left join event_feed_head h on h.biller_id = w.biller_id
  left join lateral (select max(delivered_number) as last from delivery_progress where biller_id = $1) p on true`,
  },
  {
    // Number 0: sent again by hand, in no order.
    name: 'aside-is-of-the-feed',
    says: 'what stands aside is an event of the feed, and what holds others back stands aside and waits',
    per: 'biller',
    rows: `
select e.event_id is null or a.number <> 0 and f.event_id is distinct from a.event_id as bad,
       'aside: event ' || a.event_id as example
  from delivery_aside a
  left join lateral (select event_id from event e where e.biller_id = $1 and e.event_id = a.event_id limit 1) e on true
  left join event_feed f on f.biller_id = $1 and f.number = a.number
 where a.biller_id = $1
union all
select a.event_id is null, format('%s is held back by event %s', o.order_key, o.event_id)
  from delivery_hold o
  left join delivery_aside a on a.biller_id = $1 and a.event_id = o.event_id and a.number = o.number and a.state = 'aside'
 where o.biller_id = $1`,
  },
];
