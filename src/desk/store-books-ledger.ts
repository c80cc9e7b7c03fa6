// SQL of the ledger's invariants: journals, balances, and the journals of payments and reversals. An account
// number tells its currency (its first digits, account.ts), so journals are summed without a join.

import type { Invariant } from './invariant.ts';

export const LEDGER_INVARIANTS: readonly Invariant[] = [
  {
    name: 'journals-sum-to-zero',
    says: 'every journal has two postings or more and sums to zero in each currency',
    per: 'ledger',
    rows: `
select j.journal_id is null or s.journal_id is null or s.total <> 0 or s.postings < 2 as bad,
       coalesce('pay:' || j.payment_id, 'journal ' || coalesce(j.journal_id, s.journal_id)) as example
  from (select journal_id, payment_id from journal where biller_id = $1) j
  full join (select journal_id, account_no / 10000000 as currency_no, sum(amount_minor) as total, count(*) as postings
               from posting where biller_id = $1 group by 1, 2) s on s.journal_id = j.journal_id`,
  },
  {
    name: 'balances-equal-postings',
    says: 'every balance is the sum of its postings, and its account is in the chart',
    per: 'ledger',
    rows: `
select coalesce(b.total, 0) <> coalesce(p.total, 0) or a.account_no is null as bad,
       format('account %s %s: balance %s, postings %s', coalesce(a.code, coalesce(b.account_no, p.account_no)::text),
         coalesce(a.currency, '?'), coalesce(b.total, 0), coalesce(p.total, 0)) as example
  from (select account_no, sum(amount_minor) as total from balance where biller_id = $1 group by 1) b
  full join (select account_no, sum(amount_minor) as total from posting where biller_id = $1 group by 1) p
    on p.account_no = b.account_no
  left join account a on a.biller_id = $1 and a.account_no = coalesce(b.account_no, p.account_no)`,
  },
  {
    name: 'trial-balance-is-zero',
    says: 'the balances of a biller add up to zero in each currency',
    per: 'ledger',
    rows: `
select total <> 0 as bad, format('currency %s is off by %s', currency_no, total) as example
  from (select account_no / 10000000 as currency_no, sum(amount_minor) as total
          from balance where biller_id = $1 group by 1) t`,
  },
  {
    name: 'payment-has-its-journal',
    says: 'every payment has its journal, of its kind and date, and no such journal is without its payment',
    per: 'biller',
    rows: `
select p.payment_id is null or j.journal_id is null or j.payment_id is distinct from p.payment_id
         or j.business_date <> p.business_date
         or p.status <> 'reversed' and (p.status = 'credited') <> (j.kind = 'credit') as bad,
       'pay:' || coalesce(p.payment_id, j.journal_id) as example
  from (select payment_id, status, business_date from payment where biller_id = $1) p
  full join (select journal_id, payment_id, kind, business_date from journal
              where biller_id = $1 and kind in ('payment', 'credit')) j on j.journal_id = p.payment_id`,
  },
  {
    name: 'journal-agrees-with-payment',
    says: "the journal of a payment posts its amount, fees, tax and commission, to its channel's accounts",
    per: 'biller',
    // Each posting against what its account should have been given, and how many there should be: a missing one
    // shows in the count. What a credit holds may lie on two accounts; that it is all there, the zero sum says.
    rows: `
select bool_or(wrong) or count(*) filter (where not held) <> min(expected) or bool_or(held) <> bool_or(credited) as bad,
       'pay:' || payment_id as example
  from (select p.payment_id, p.credited, a.code in ('payer/credit', 'suspense') as held,
               a.channel_id not in (0, p.channel_id) or o.amount_minor is distinct from case a.code
                 when 'channel/receivable' then p.owed
                 when 'channel/float' then p.owed
                 when 'biller/payable' then case when not p.credited and not p.direct then -p.amount_minor end
                 when 'channel/direct' then case when p.direct or p.debited then p.amount_minor end
                 when 'biller/direct' then case when p.direct then -p.amount_minor end
                 when 'biller/fees-due' then p.biller_fee_minor
                 when 'fees/income' then p.tax_minor - p.fee_minor - p.biller_fee_minor
                 when 'fees/tax' then -p.tax_minor
                 when 'commission/expense' then p.commission_minor
                 when 'commission/payable' then -p.commission_minor
                 when 'payer/credit' then case when p.credited then least(o.amount_minor, 0) end
                 when 'suspense' then case when p.credited then least(o.amount_minor, 0) end
               end as wrong,
               (p.owed <> 0)::int + case when p.debited then 1 when p.credited then 0 when p.direct then 2 else 1 end
                 + (p.biller_fee_minor <> 0)::int + (p.fee_minor + p.biller_fee_minor <> p.tax_minor)::int
                 + (p.tax_minor <> 0)::int + 2 * (p.commission_minor <> 0)::int as expected
          from (select *, fee_minor + case when direct or debited then 0 else amount_minor end as owed
                  from (select *, route = 'direct' and not credited as direct,
                               route = 'direct' and credited and payment_id in (
                                 select payment_id from debit_bill where biller_id = $1 and outcome in ('credited', 'returned')) as debited
                          from (select *, case status when 'reversed'
                                     then (select j.kind = 'credit' from journal j
                                            where j.biller_id = $1 and j.journal_id = p.payment_id)
                                     else status = 'credited' end as credited
                                  from payment p where biller_id = $1) p) p) p
          join posting o on o.biller_id = $1 and o.journal_id = p.payment_id
          left join account a on a.biller_id = $1 and a.account_no = o.account_no) o
 group by payment_id`,
  },
  {
    name: 'reversal-mirrors-payment',
    says: 'every reversal has its journal, of its kind and date, which undoes that of the payment account by account',
    per: 'biller',
    rows: `
select r.reversal_id is null or j.journal_id is null or j.kind <> r.kind or j.business_date <> r.business_date
         or j.payment_id is distinct from r.payment_id or u.payment_id is not null as bad,
       coalesce('pay:' || coalesce(r.payment_id, j.payment_id), 'journal ' || j.journal_id) as example
  from (select * from reversal where biller_id = $1) r
  full join (select * from journal where biller_id = $1 and kind in ('reversal', 'adjustment')) j
    on j.journal_id = r.reversal_id
  left join (select distinct payment_id
               from (select r.payment_id, o.account_no, sum(o.amount_minor) as total
                       from reversal r cross join lateral (values (r.payment_id), (r.reversal_id)) as both_of(journal_id)
                       join posting o on o.biller_id = $1 and o.journal_id = both_of.journal_id
                      where r.biller_id = $1 group by 1, 2) o
              where total <> 0) u on u.payment_id = r.payment_id
 where r.reversal_id is not null or j.kind = 'reversal'`,
  },
];
