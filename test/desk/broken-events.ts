// Ways to break what is kept of events on their way, and which invariants must see each. The day's agency has been told
// of five of its feed; the second stands aside, the third is parked.
import type { Case } from './broken-books.ts';

export const EVENT_CASES: readonly Case[] = [
  {
    broken: 'an event that is on its way nowhere',
    by: `delete from event_outbox where event_id = (select reversal_id from reversal where payment_id = :reversed)`,
    finds: ['event-is-numbered-once'],
  },
  {
    broken: 'an event that has its number and waits for another',
    by: 'insert into event_outbox values (1, :plain)',
    finds: ['event-is-numbered-once'],
  },
  {
    broken: 'an event with two numbers',
    by: `insert into event_feed select 1, last_number + 1, :plain from event_feed_head where biller_id = 1;
         update event_feed_head set last_number = last_number + 1 where biller_id = 1`,
    finds: ['event-is-numbered-once'],
  },
  {
    broken: 'a number of no event',
    by: `insert into event_feed select 1, last_number + 1, '01900000-0000-0001-0000-000000000008' from event_feed_head where biller_id = 1;
         update event_feed_head set last_number = last_number + 1 where biller_id = 1`,
    finds: ['event-is-numbered-once'],
  },
  {
    broken: 'a number that was left out',
    by: `update event_feed set number = number + 1 where biller_id = 1 and number = (select last_number from event_feed_head where biller_id = 1);
         update event_feed_head set last_number = last_number + 1 where biller_id = 1`,
    finds: ['feed-has-no-gap'],
  },
  {
    broken: 'a head behind its feed: the next number is given twice',
    by: 'update event_feed_head set last_number = last_number - 1 where biller_id = 1',
    finds: ['feed-has-no-gap'],
  },
  {
    broken: 'a feed without its head',
    by: 'delete from event_feed_head where biller_id = 1',
    finds: ['feed-has-no-gap', 'delivery-accounts-for-every-event'],
  },
  {
    broken: 'a webhook that nobody delivers to',
    by: 'delete from delivery where biller_id = 1; delete from delivery_progress where biller_id = 1',
    finds: ['delivery-accounts-for-every-event'],
  },
  {
    broken: 'a mark ahead of the feed: what comes next is never told',
    by: 'update delivery set delivered_number = 1000 where biller_id = 1',
    finds: ['delivery-accounts-for-every-event'],
  },
  {
    broken: 'a mark that went back',
    by: 'update delivery set delivered_number = 4 where biller_id = 1',
    finds: ['delivery-accounts-for-every-event'],
  },
  {
    broken: 'an event aside that is not of the feed at its place',
    by: `update delivery_aside set number = 4 where state = 'parked'`,
    finds: ['aside-is-of-the-feed'],
  },
  {
    broken: 'an event aside that does not exist',
    by: `insert into delivery_aside values (1, '01900000-0000-0001-0000-000000000009', 0, 'aside', 0, now(), now(), null)`,
    finds: ['aside-is-of-the-feed'],
  },
  {
    broken: 'a bill held back by an event that was given up',
    by: `update delivery_aside set state = 'parked' where state = 'aside'`,
    finds: ['aside-is-of-the-feed'],
  },
  {
    broken: 'a bill held back by an event that was delivered',
    by: `delete from delivery_aside where state = 'aside'`,
    finds: ['aside-is-of-the-feed'],
  },
];
