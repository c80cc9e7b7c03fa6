// SQL of the invariants of rejections: money that an agency could not book lies with its payers, whole, and the desk
// knows of it.

import type { Invariant } from './invariant.ts';

export const REJECTION_INVARIANTS: readonly Invariant[] = [
  {
    name: 'rejection-has-its-journal',
    says: "every rejection has its journal, of its date, which moves its amount from the agency's account to the payer's credit",
    per: 'biller',
    rows: `
select r.rejection_id is null or j.journal_id is null or j.payment_id is distinct from r.payment_id
         or j.business_date <> r.business_date or o.credited is distinct from r.amount_minor
         or o.owed is distinct from r.amount_minor or coalesce(p.status, '') not in ('accepted', 'reversed') as bad,
       coalesce('pay:' || coalesce(r.payment_id, j.payment_id), 'journal ' || j.journal_id) as example
  from (select * from rejection where biller_id = $1) r
  full join (select * from journal where biller_id = $1 and kind = 'rejection') j on j.journal_id = r.rejection_id
  left join payment p on p.biller_id = $1 and p.payment_id = r.payment_id
  left join lateral (
    select -sum(o.amount_minor) filter (where a.code = 'payer/credit') as credited,
           sum(o.amount_minor) filter (where a.code = case p.route when 'direct' then 'biller/direct' else 'biller/payable' end) as owed
      from posting o join account a on a.biller_id = o.biller_id and a.account_no = o.account_no
     where o.biller_id = $1 and o.journal_id = r.rejection_id) o on true`,
  },
  {
    name: 'rejection-equals-its-bills',
    says: 'the amount of a rejection is the sum of its bills, each as the payment paid it',
    per: 'biller',
    rows: `
select r.rejection_id is null or b.rejection_id is null or b.total <> r.amount_minor or b.stray > 0 as bad,
       'pay:' || coalesce(r.payment_id, b.payment_id) as example
  from (select rejection_id, payment_id, amount_minor from rejection where biller_id = $1) r
  full join (
    select b.rejection_id, b.payment_id, sum(b.amount_minor) as total,
           count(*) filter (where l.amount_minor is distinct from b.amount_minor) as stray
      from rejected_bill b left join payment_bill l
        on l.biller_id = $1 and l.payment_id = b.payment_id and l.bill_number = b.bill_number
     where b.biller_id = $1 group by 1, 2) b on b.rejection_id = r.rejection_id and b.payment_id = r.payment_id`,
  },
  {
    name: 'rejection-has-its-event',
    says: 'every rejection has the event that tells of it, and no such event is without its rejection',
    per: 'biller',
    rows: `
select r.rejection_id is null or e.event_id is null or e.subject <> r.payment_id::text or e.revision <> r.revision as bad,
       coalesce('pay:' || r.payment_id, 'event ' || e.event_id) as example
  from (select rejection_id, payment_id, revision from rejection where biller_id = $1) r
  full join (select event_id, subject, revision from event
              where biller_id = $1 and type = 'payment.credited' and revision > 1) e on e.event_id = r.rejection_id`,
  },
  {
    name: 'rejected-bill-has-its-break',
    says: 'every bill that an agency rejected has one break of its amount, and no such break is without its bill',
    per: 'biller',
    rows: `
select b.bill_number is null or k.bill_number is null or k.breaks <> 1 or k.total <> b.amount_minor as bad,
       'bill ' || coalesce(b.bill_number, k.bill_number) as example
  from (select payment_id, bill_number, amount_minor from rejected_bill where biller_id = $1) b
  full join (select payment_id, bill_number, count(*) as breaks, sum(amount_minor) as total
               from break where biller_id = $1 and kind = 'paid-elsewhere' group by 1, 2) k
    on k.payment_id = b.payment_id and k.bill_number = b.bill_number`,
  },
];
