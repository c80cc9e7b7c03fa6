// SQL of the invariants of payments: their references, bills, events, reversals and days.

import type { Invariant } from './invariant.ts';

export const PAYMENT_INVARIANTS: readonly Invariant[] = [
  {
    name: 'one-payment-per-reference',
    says: 'every accepted reference of a channel has one payment, of the same biller, and every payment its reference',
    per: 'installation', // references are kept by channel: only together do they find a payment told twice
    rows: `
select p.payment_id is null or r.reference is null or r.biller_id <> p.biller_id
         or r.payment_id is distinct from p.payment_id or p.status <> 'reversed' and p.status <> r.outcome as bad,
       coalesce(p.biller_id, r.biller_id) as biller_id,
       format('reference %s of channel %s', coalesce(r.reference, p.reference), coalesce(r.channel_id, p.channel_id)) as example
  from (select * from payment_reference where outcome in ('accepted', 'credited') or payment_id is not null) r
  full join payment p on p.channel_id = r.channel_id and p.reference = r.reference`,
  },
  {
    name: 'one-live-payment-per-bill',
    says: 'a bill is paid exactly when one accepted payment has it that its agency did not reject, and it names that payment',
    per: 'biller',
    rows: `
select b.bill_number is null or l.bill_number is null or b.status <> 'paid' as bad,
       'bill ' || coalesce(b.bill_number, l.bill_number) as example
  from (select bill_number, payment_id, status from bill
         where biller_id = $1 and (status = 'paid' or payment_id is not null)) b
  full join (select l.bill_number, l.payment_id from payment_bill l
               join payment p on p.biller_id = $1 and p.payment_id = l.payment_id
              where l.biller_id = $1 and p.status = 'accepted'
                and not exists (select from rejected_bill r
                                 where r.biller_id = $1 and r.payment_id = l.payment_id and r.bill_number = l.bill_number)) l
    on l.bill_number = b.bill_number and l.payment_id = b.payment_id`,
  },
  {
    name: 'payment-equals-its-bills',
    says: 'the amount of a payment is the sum of what its bills took',
    per: 'biller',
    // Most payments have one bill: only the further lines are grouped.
    rows: `
select p.payment_id is null or l.payment_id is null or l.amount_minor + coalesce(more.total, 0) <> p.amount_minor as bad,
       'pay:' || coalesce(p.payment_id, l.payment_id) as example
  from (select payment_id, amount_minor from payment where biller_id = $1) p
  full join (select payment_id, amount_minor from payment_bill where biller_id = $1 and line = 1) l
    on l.payment_id = p.payment_id
  left join (select payment_id, sum(amount_minor) as total from payment_bill where biller_id = $1 and line > 1 group by 1) more
    on more.payment_id = l.payment_id`,
  },
  {
    name: 'payment-has-its-event',
    says: 'every payment has the event that tells the agency of it, and no such event is without its payment',
    per: 'biller',
    rows: `
select p.payment_id is null or e.event_id is null or e.subject <> p.payment_id::text
         or p.status <> 'reversed' and e.type <> 'payment.' || p.status as bad,
       'pay:' || coalesce(p.payment_id, e.event_id) as example
  from (select payment_id, status from payment where biller_id = $1) p
  full join (select event_id, type, subject from event
              where biller_id = $1 and revision = 1 and type in ('payment.accepted', 'payment.credited')) e on e.event_id = p.payment_id`,
  },
  {
    name: 'reversed-has-its-reversal',
    says: 'a payment is reversed exactly when it has a reversal',
    per: 'biller',
    rows: `
select p.payment_id is null or r.payment_id is null as bad, 'pay:' || coalesce(p.payment_id, r.payment_id) as example
  from (select payment_id from payment where biller_id = $1 and status = 'reversed') p
  full join (select payment_id from reversal where biller_id = $1) r on r.payment_id = p.payment_id`,
  },
  {
    name: 'reversal-has-its-event',
    says: 'every reversal has the event that tells the agency of it, and no such event is without its reversal',
    per: 'biller',
    rows: `
select r.reversal_id is null or e.event_id is null or e.subject <> r.payment_id::text
         or e.revision <> 2 + (select count(*) from rejection x where x.biller_id = $1 and x.payment_id = r.payment_id) as bad,
       coalesce('pay:' || r.payment_id, 'event ' || e.event_id) as example
  from (select reversal_id, payment_id from reversal where biller_id = $1) r
  full join (select event_id, subject, revision from event
              where biller_id = $1 and type = 'payment.reversed') e on e.event_id = r.reversal_id`,
  },
  {
    name: 'nothing-enters-a-sealed-day',
    says: 'no payment, reversal, rejection or adjustment is dated in a day that had been sealed when it was recorded',
    per: 'biller',
    rows: `
select entry.recorded_at > d.sealed_at as bad, 'pay:' || entry.payment_id as example
  from (select payment_id, business_date, accepted_at as recorded_at from payment where biller_id = $1
        union all
        select payment_id, business_date, recorded_at from reversal where biller_id = $1
        union all
        select payment_id, business_date, recorded_at from rejection where biller_id = $1
        union all
        select coalesce(payment_id, adjustment_id), business_date, recorded_at from adjustment where biller_id = $1) entry
  join business_day d on d.biller_id = $1 and d.business_date = entry.business_date and d.sealed_at is not null`,
  },
  {
    name: 'credit-agrees-with-ledger',
    says: "the payers' credit and the suspense of a biller are what its accounts say",
    per: 'biller',
    rows: `
select coalesce(c.total, 0) <> coalesce(a.total, 0) as bad,
       format('%s %s: kept %s, ledger %s', coalesce(c.code, a.code), coalesce(c.currency, a.currency),
         coalesce(c.total, 0), coalesce(a.total, 0)) as example
  from (select case payer_id when '' then 'suspense' else 'payer/credit' end as code, currency, sum(available_minor) as total
          from credit where biller_id = $1 group by 1, 2) c
  full join (select a.code, a.currency, -sum(b.amount_minor) as total
               from account a join balance b on b.biller_id = a.biller_id and b.account_no = a.account_no
              where a.biller_id = $1 and a.code in ('payer/credit', 'suspense') group by 1, 2) a
    on a.code = c.code and a.currency = c.currency`,
  },
  {
    name: 'credit-with-the-biller-agrees-with-ledger',
    says: 'what a biller has on his own account that is no payment of his is credit of his payers',
    per: 'biller',
    rows: `
select coalesce(c.total, 0) <> coalesce(a.total, 0) as bad,
       format('%s: kept %s, ledger %s', coalesce(c.currency, a.currency), coalesce(c.total, 0), coalesce(a.total, 0)) as example
  from (select currency, sum(direct_minor) as total from credit where biller_id = $1 group by 1) c
  full join (select a.currency, sum(b.amount_minor) as total
               from account a join balance b on b.biller_id = a.biller_id and b.account_no = a.account_no
              where a.biller_id = $1 and a.code in ('channel/direct', 'biller/direct') group by 1) a using (currency)`,
  },
];
