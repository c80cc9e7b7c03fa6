// SQL of the invariants of disputes: what they came to was approved, and is booked.

import type { Invariant } from './invariant.ts';

export const DISPUTE_INVARIANTS: readonly Invariant[] = [
  {
    name: 'dispute-has-its-journal',
    says: "every refund to a payer's credit by a dispute and every loss that it left to the operator has its journal over what was handed over, and no such journal is without it",
    per: 'biller',
    rows: `
select d.dispute_id is null or j.journal_id is null or j.payment_id is distinct from d.payment_id
         or o.moved is distinct from d.amount_minor as bad,
       'journal ' || coalesce(j.journal_id::text, d.journal_id::text, 'of dispute ' || d.dispute_id) as example
  from (select * from dispute where biller_id = $1 and outcome in ('refund-to-credit', 'absorb')) d
  full join (select * from journal where biller_id = $1 and kind = 'dispute') j on j.journal_id = d.journal_id
  left join lateral (
    select sum(abs(o.amount_minor)) as moved
      from posting o join account a on a.biller_id = o.biller_id and a.account_no = o.account_no
     where o.biller_id = $1 and o.journal_id = d.journal_id and a.code = case d.outcome when 'absorb' then 'dispute/loss' else 'payer/credit' end
       and sign(o.amount_minor) = case d.outcome when 'absorb' then 1 else -1 end) o on true`,
  },
  {
    name: 'dispute-undid-its-payment',
    says: 'a dispute that gave money back has undone its payment, and no other has',
    per: 'biller',
    rows: `
select case when d.outcome in ('refund-to-credit', 'chargeback') then r.payment_id is distinct from d.payment_id
            else d.reversal_id is not null end as bad,
       'pay:' || d.payment_id as example
  from (select * from dispute where biller_id = $1 and payment_id is not null) d
  left join reversal r on r.biller_id = $1 and r.reversal_id = d.reversal_id`,
  },
  {
    name: 'absorbed-payment-stands',
    says: 'a payment that a dispute left to the operator to bear stands, neither reversed nor rejected, and each such is by a dispute',
    per: 'biller',
    rows: `
select d.dispute_id is null or a.payment_id is null or d.journal_id <> a.journal_id or p.status is distinct from 'accepted'
         or exists (select 1 from rejected_bill r where r.biller_id = $1 and r.payment_id = a.payment_id) as bad,
       'pay:' || coalesce(a.payment_id, d.payment_id) as example
  from (select * from dispute where biller_id = $1 and outcome = 'absorb') d
  full join (select * from absorbed_payment where biller_id = $1) a on a.payment_id = d.payment_id
  left join payment p on p.biller_id = $1 and p.payment_id = a.payment_id`,
  },
  {
    name: 'decided-dispute-was-approved',
    says: 'every dispute that is decided was so by a request that was accepted',
    per: 'ledger',
    rows: `
select (d.outcome is not null) <> (a.state is not distinct from 'accepted') as bad, format('dispute %s', d.reference) as example
  from dispute d left join approval a
    on a.biller_id = d.biller_id and a.approval_id = d.approval_id and a.kind = 'dispute-decision'
 where d.biller_id = $1`,
  },
];
