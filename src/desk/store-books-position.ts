// SQL of the invariants of channels' positions: what they owe is what the ledger put on their receivables, what they have
// paid has its journals, and both together are the receivables over all books.

import type { Invariant } from './invariant.ts';

export const POSITION_INVARIANTS: readonly Invariant[] = [
  {
    name: 'dues-equal-ledger',
    says: "what a channel owes of a closed date, and of a day in the operator's book, is what its journals put on the channel's receivable, its transfers aside",
    per: 'ledger',
    rows: `
select d.channel_id is null and l.minor <> 0 or coalesce(d.owed_minor, 0) <> coalesce(l.minor, 0) as bad,
       format('channel %s %s on %s: owed %s, ledger %s', coalesce(d.channel_id, l.channel_id), coalesce(d.currency, l.currency),
         coalesce(d.business_date, l.business_date), coalesce(d.owed_minor, 0), coalesce(l.minor, 0)) as example
  from (select * from channel_due where biller_id = $1) d
  full join (select a.channel_id, a.currency, j.business_date, sum(o.amount_minor) as minor
               from posting o
               join account a on a.biller_id = $1 and a.account_no = o.account_no and a.code = 'channel/receivable'
               join journal j on j.biller_id = $1 and j.journal_id = o.journal_id and j.kind <> 'channel-payment'
                and ($1 = 0 or j.business_date <= (select t.business_date from channel_due_through t where t.biller_id = $1))
              where o.biller_id = $1 group by 1, 2, 3) l
    on l.channel_id = d.channel_id and l.currency = d.currency and l.business_date = d.business_date`,
  },
  {
    name: 'channel-payments-posted',
    says: "each part of a channel's transfer has its journal, which takes it off that channel's receivable and puts it on a bank account, and each such journal its part",
    per: 'ledger',
    rows: `
select p.journal_id is null or j.journal_id is null or j.off is distinct from -p.amount_minor or j.bank is distinct from p.amount_minor
         or j.channel_id is distinct from p.channel_id or j.currency is distinct from p.currency as bad,
       format('line %s of statement %s, journal %s', p.line, p.statement_id, coalesce(p.journal_id, j.journal_id)) as example
  from (select * from channel_payment where biller_id = $1) p
  full join (select j.journal_id, max(a.channel_id) as channel_id, max(a.currency::text) as currency,
                    sum(o.amount_minor) filter (where a.code = 'channel/receivable') as off,
                    sum(o.amount_minor) filter (where a.code = 'bank') as bank
               from journal j
               left join posting o on o.biller_id = $1 and o.journal_id = j.journal_id
               left join (select biller_id, account_no, code, currency,
                                 case code when 'channel/receivable' then channel_id else 0 end as channel_id from account) a
                 on a.biller_id = $1 and a.account_no = o.account_no
              where j.biller_id = $1 and j.kind = 'channel-payment' group by 1) j on j.journal_id = p.journal_id`,
  },
  {
    name: 'paid-equals-parts',
    says: "what is paid of a channel's due is the sum of the parts of transfers for it",
    per: 'ledger',
    rows: `
select d.biller_id is null or coalesce(d.paid_minor, 0) <> coalesce(p.minor, 0) as bad,
       format('channel %s %s on %s: paid %s, parts %s', coalesce(d.channel_id, p.channel_id), coalesce(d.currency, p.currency),
         coalesce(d.business_date, p.business_date), coalesce(d.paid_minor, 0), coalesce(p.minor, 0)) as example
  from (select * from channel_due where biller_id = $1) d
  full join (select channel_id, currency, business_date, sum(amount_minor) as minor from channel_payment
              where biller_id = $1 and business_date is not null group by 1, 2, 3) p
    on p.channel_id = d.channel_id and p.currency = d.currency and p.business_date = d.business_date`,
  },
  {
    name: 'ahead-equals-parts',
    says: 'what a channel has paid ahead is the sum of the parts of transfers that are for no due',
    per: 'installation',
    rows: `
select coalesce(a.minor, 0) <> coalesce(p.minor, 0) as bad, null::int as biller_id,
       format('channel %s %s: lies %s, parts %s', coalesce(a.channel_id, p.channel_id), coalesce(a.currency, p.currency),
         coalesce(a.minor, 0), coalesce(p.minor, 0)) as example
  from (select channel_id, currency, sum(left_minor) as minor from channel_ahead group by 1, 2) a
  full join (select channel_id, currency, sum(amount_minor) as minor from channel_payment where business_date is null group by 1, 2) p
    on p.channel_id = a.channel_id and p.currency = a.currency`,
  },
  {
    name: 'position-equals-ledger',
    says: 'what a channel owes of closed dates less what it has paid, and what is not settled yet, is its receivable over all books',
    per: 'installation',
    // From the postings alone: that the balances are their sums stands with the ledger.
    rows: `
select coalesce(d.minor, 0) - coalesce(p.minor, 0) + coalesce(l.running, 0) <> coalesce(l.minor, 0) as bad, null::int as biller_id,
       format('channel %s %s: owed %s, paid %s, not settled %s, ledger %s', channel_id, currency, coalesce(d.minor, 0),
         coalesce(p.minor, 0), coalesce(l.running, 0), coalesce(l.minor, 0)) as example
  from (select channel_id, currency::text as currency, sum(owed_minor) as minor from channel_due group by 1, 2) d
  full join (select channel_id, currency::text as currency, sum(amount_minor) as minor from channel_payment group by 1, 2) p
    using (channel_id, currency)
  full join (select a.channel_id, a.currency::text as currency, sum(o.amount_minor) as minor,
                    sum(o.amount_minor) filter (where j.kind <> 'channel-payment' and a.biller_id <> 0
                      and j.business_date > coalesce(t.business_date, '-infinity')) as running
               from account a
               join posting o on o.biller_id = a.biller_id and o.account_no = a.account_no
               join journal j on j.biller_id = o.biller_id and j.journal_id = o.journal_id
               left join channel_due_through t on t.biller_id = a.biller_id
              where a.code = 'channel/receivable' group by 1, 2) l using (channel_id, currency)`,
  },
];
