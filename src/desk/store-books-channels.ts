// SQL of the invariants of the installation: what channels have left or owe, their day totals, and that every row
// belongs to a biller. Limits are jsonb of minor units as text by currency.

import type { Invariant } from './invariant.ts';

/** Tables that grow with payments, all led by the biller; listed by skipping from one biller to the next. */
const GROWING = [
  'journal',
  'posting',
  'balance',
  'payment',
  'payment_bill',
  'reversal',
  'credit',
  'event',
  'bill',
  'bill_snapshot',
  'rejection',
  'rejected_bill',
  'break',
  'break_step',
  'break_journal',
  'dispute',
  'dispute_step',
  'dispute_evidence',
  'adjustment',
  'credit_leaving',
  'channel_due',
  'channel_payment',
];

const billersIn = (table: string): string => `
  (with recursive found(biller_id) as (
     select min(biller_id) from ${table}
     union all
     select (select min(t.biller_id) from ${table} t where t.biller_id > found.biller_id) from found
      where found.biller_id is not null)
   select '${table}' as table_name, biller_id from found where biller_id is not null)`;

/** The ledger's word on what channels owe ($1: positive) or have paid in (negative), over all billers. */
const channelBalances = (code: string): string => `
  select a.channel_id, a.currency, sum(b.amount_minor) as total
    from account a join balance b on b.biller_id = a.biller_id and b.account_no = a.account_no
   where a.code = '${code}' group by 1, 2`;

const POSITIONS = `
  select p.channel_id, p.currency, sum(p.available_minor) as available
    from channel_position p group by 1, 2`;

/** The operator's own book has rows here too: what he holds for nobody known, and breaks of no one biller. */
const OPERATORS_TOO = [
  'journal',
  'posting',
  'balance',
  'channel_due',
  'channel_payment',
  'break',
  'break_step',
  'statement_match',
  'break_journal',
  'dispute',
  'dispute_step',
  'dispute_evidence',
];

export const CHANNEL_INVARIANTS: readonly Invariant[] = [
  {
    name: 'float-agrees-with-ledger',
    says: 'what a prefunded channel may still spend is what its float accounts hold, over all billers',
    per: 'installation',
    rows: `
select coalesce(p.available, 0) <> coalesce(-l.total, 0) as bad, null::int as biller_id,
       format('channel %s %s: available %s, ledger %s', c.code, coalesce(p.currency, l.currency),
         coalesce(p.available, 0), coalesce(-l.total, 0)) as example
  from (${POSITIONS}) p
  full join (${channelBalances('channel/float')}) l on l.channel_id = p.channel_id and l.currency = p.currency
  join channel c on c.channel_id = coalesce(p.channel_id, l.channel_id) and c.funding = 'prefunded'`,
  },
  {
    name: 'credit-limit-agrees-with-ledger',
    says: 'what a channel with a credit limit may still take is the limit less what it owes, over all billers',
    per: 'installation',
    rows: `
select p.available is distinct from k.limit_minor - coalesce(l.total, 0) as bad, null::int as biller_id,
       format('channel %s %s: available %s, limit %s, owed %s', c.code, coalesce(k.currency, p.currency),
         coalesce(p.available::text, 'missing'), coalesce(k.limit_minor::text, 'none'), coalesce(l.total, 0)) as example
  from (select channel_id, key as currency, value::bigint as limit_minor
          from channel cross join lateral jsonb_each_text(credit_limit) where funding = 'postpaid') k
  full join (select p.* from (${POSITIONS}) p join channel c on c.channel_id = p.channel_id and c.funding = 'postpaid') p
    on p.channel_id = k.channel_id and p.currency = k.currency
  left join (${channelBalances('channel/receivable')}) l on l.channel_id = k.channel_id and l.currency = k.currency
  join channel c on c.channel_id = coalesce(k.channel_id, p.channel_id)`,
  },
  {
    name: 'channel-day-equals-payments',
    says: "the day's total of a channel with a limit per day is the sum of its live payments of that date",
    per: 'installation',
    // Totals are kept from three days before the limit began to count (refillDays): older dates may have none.
    rows: `
select coalesce(d.accepted_minor, 0) <> coalesce(t.total, 0) as bad, null::int as biller_id,
       format('channel %s %s on %s: kept %s, payments %s', coalesce(d.channel_id, t.channel_id), coalesce(d.currency, t.currency),
         coalesce(d.business_date, t.business_date), coalesce(d.accepted_minor, 0), coalesce(t.total, 0)) as example
  from (select d.* from channel_day d join channel c on c.channel_id = d.channel_id and c.limit_per_day ? d.currency::text) d
  full join (select p.channel_id, p.currency, p.business_date, sum(p.amount_minor + p.fee_minor) as total
               from payment p join channel c on c.channel_id = p.channel_id and c.limit_per_day ? p.currency::text
              where p.status <> 'reversed' group by 1, 2, 3) t
    on t.channel_id = d.channel_id and t.currency = d.currency and t.business_date = d.business_date
 where d.channel_id is not null or t.business_date >= (business_now() at time zone 'UTC')::date - 3`,
  },
  {
    name: 'rows-belong-to-a-biller',
    says: "every row of the books belongs to a biller that exists, or to the operator's own book",
    per: 'installation',
    rows: `
select b.biller_id is null and not (f.biller_id = 0 and f.table_name in (${OPERATORS_TOO.map((table) => `'${table}'`).join(', ')})) as bad,
       f.biller_id, format('rows of %s', f.table_name) as example
  from (${GROWING.map(billersIn).join(' union all ')}) f left join biller b on b.biller_id = f.biller_id`,
  },
];
