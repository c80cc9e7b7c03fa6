// SQL of the invariants of what persons decide: credit that left, adjustments, and that those who decided are not those
// who asked.

import type { Invariant } from './invariant.ts';

export const DECISION_INVARIANTS: readonly Invariant[] = [
  {
    name: 'adjustment-has-its-journal',
    says: 'every adjustment has its journal, of its kind and date, which moves its amount to what is owed to the biller, or to what he has, and no such journal is without its adjustment',
    per: 'biller',
    rows: `
select x.adjustment_id is null or j.journal_id is null or j.kind <> x.kind or j.business_date <> x.business_date
         or o.owed is distinct from x.amount_minor as bad,
       'journal ' || coalesce(j.journal_id, x.journal_id) as example
  from (select * from adjustment where biller_id = $1) x
  full join (select * from journal where biller_id = $1 and kind in ('correction', 'credit-remitted')) j
    on j.journal_id = x.journal_id
  left join lateral (
    select -sum(o.amount_minor) as owed
      from posting o join account a on a.biller_id = o.biller_id and a.account_no = o.account_no
     where o.biller_id = $1 and o.journal_id = x.journal_id and a.code = case x.route when 'direct' then 'biller/direct' else 'biller/payable' end) o on true`,
  },
  {
    name: 'credit-leaving-has-its-journal',
    says: "every credit that left has its journal, of its way and date, which takes its amount from the payer's credit or suspense, and no such journal is without it",
    per: 'biller',
    rows: `
select c.leaving_id is null or j.journal_id is null or j.kind <> 'credit-' || c.way or j.business_date <> c.business_date
         or o.taken is distinct from c.amount_minor as bad,
       'journal ' || coalesce(j.journal_id, c.journal_id) as example
  from (select * from credit_leaving where biller_id = $1) c
  full join (select * from journal where biller_id = $1 and kind in ('credit-applied', 'credit-remitted', 'credit-refunded')) j
    on j.journal_id = c.journal_id
  left join lateral (
    select sum(o.amount_minor) as taken
      from posting o join account a on a.biller_id = o.biller_id and a.account_no = o.account_no
     where o.biller_id = $1 and o.journal_id = c.journal_id
       and a.code = case c.payer_id when '' then 'suspense' else 'payer/credit' end) o on true`,
  },
  {
    name: 'applied-credit-is-a-payment',
    says: 'every credit applied to a bill is one payment of its amount',
    per: 'biller',
    rows: `
select p.payment_id is null or p.amount_minor <> c.amount_minor or p.currency <> c.currency as bad,
       'journal ' || c.journal_id as example
  from (select * from credit_leaving where biller_id = $1 and way = 'applied') c
  left join payment p on p.biller_id = $1 and p.payment_id = c.payment_id`,
  },
  {
    name: 'nothing-decided-enters-a-sealed-day',
    says: 'no adjustment, no credit that left no resolution and no dispute is dated in a day that had been sealed when it was recorded',
    per: 'biller',
    rows: `
select d.sealed_at is not null and entry.recorded_at > d.sealed_at as bad, 'journal ' || entry.journal_id as example
  from (select journal_id, business_date, recorded_at from adjustment where biller_id = $1
        union all
        select journal_id, business_date, recorded_at from credit_leaving where biller_id = $1
        union all
        select journal_id, business_date, recorded_at from journal where biller_id = $1 and kind in ('resolution', 'dispute', 'debit-return')) entry
  join business_day d on d.biller_id = $1 and d.business_date = entry.business_date`,
  },
  {
    name: 'decided-by-accepted-request',
    says: 'every adjustment and every credit that left has its request, which was accepted',
    per: 'biller',
    rows: `
select a.state is distinct from 'accepted' as bad, 'journal ' || entry.journal_id as example
  from (select journal_id, approval_id from adjustment where biller_id = $1
        union all
        select journal_id, approval_id from credit_leaving where biller_id = $1) entry
  left join approval a on a.biller_id = $1 and a.approval_id = entry.approval_id`,
  },
  {
    name: 'nobody-decides-his-own',
    says: 'an accepted request was accepted, in its last round, by as many different persons as it has steps, and by none who asked for it',
    per: 'ledger',
    rows: `
select s.persons is distinct from a.steps or s.accepted <> a.steps or coalesce(s.own, true) as bad,
       format('request %s (%s)', a.reference, a.kind) as example
  from approval a
  left join lateral (
    select count(distinct p.staff_id) as persons, count(*) as accepted,
           bool_or(p.staff_id is not distinct from a.asked_by) as own
      from approval_step p
     where p.biller_id = a.biller_id and p.approval_id = a.approval_id and p.round = a.round and p.action = 'accepted') s on true
 where a.biller_id = $1 and a.state = 'accepted'`,
  },
];
