// SQL of the invariants of settlements: each equals the payments, reversals, rejections and adjustments of its day, adds
// up in every dimension, goes on from the one before it, and is what the ledger says.

import type { Invariant } from './invariant.ts';

const COLUMNS = [
  'payments',
  'bills',
  'gross_minor',
  'reversals',
  'reversed_minor',
  'adjustments',
  'adjusted_minor',
  'direct_payments',
  'direct_gross_minor',
  'direct_reversed_minor',
  'direct_adjusted_minor',
  'credited',
  'credited_minor',
  'payer_fee_minor',
  'biller_fee_minor',
  'tax_minor',
  'commission_minor',
] as const;

/** What became credit: of a reversed payment only its journal still tells. */
const CREDITED = `case p.status when 'reversed' then (select j.kind = 'credit' from journal j where j.biller_id = $1 and j.journal_id = p.payment_id)
                 else p.status = 'credited' end`;

/** One row per entry of any day, with the columns of a settlement. */
const ENTRIES = `
with p as materialized (
  select p.*, ${CREDITED} as is_credited, p.route = 'direct' as is_direct from payment p where p.biller_id = $1
), entry as (
  select p.business_date, (not is_credited and not is_direct)::int as payments,
         case when is_credited then 0 else (select count(*) from payment_bill l where l.biller_id = $1 and l.payment_id = p.payment_id) end as bills,
         case when is_credited or is_direct then 0 else amount_minor end as gross_minor,
         0 as reversals, 0::bigint as reversed_minor, 0 as adjustments, 0::bigint as adjusted_minor,
         (not is_credited and is_direct)::int as direct_payments,
         case when not is_credited and is_direct then amount_minor else 0 end as direct_gross_minor,
         0::bigint as direct_reversed_minor, 0::bigint as direct_adjusted_minor,
         is_credited::int as credited, case when is_credited then amount_minor else 0 end as credited_minor,
         fee_minor as payer_fee_minor, biller_fee_minor, tax_minor, commission_minor
    from p
  union all
  select r.business_date, 0, 0, 0, (r.kind = 'reversal')::int,
         case when r.kind = 'reversal' and not is_credited and not is_direct then amount_minor else 0 end,
         (r.kind = 'adjustment')::int,
         case when r.kind = 'adjustment' and not is_credited and not is_direct then -amount_minor else 0 end, 0, 0,
         case when r.kind = 'reversal' and not is_credited and is_direct then amount_minor else 0 end,
         case when r.kind = 'adjustment' and not is_credited and is_direct then -amount_minor else 0 end,
         0, case when is_credited then -amount_minor else 0 end, -fee_minor, -biller_fee_minor, -tax_minor, -commission_minor
    from reversal r join p on p.payment_id = r.payment_id where r.biller_id = $1
  union all
  select j.business_date, 0, 0, 0, 0, 0, 1, case when is_direct then 0 else -j.amount_minor end, 0, 0, 0,
         case when is_direct then -j.amount_minor else 0 end, 1, j.amount_minor, 0, 0, 0, 0
    from rejection j join p on p.payment_id = j.payment_id where j.biller_id = $1
  union all
  select a.business_date, 0, 0, 0, 0, 0, 1, case route when 'direct' then 0 else a.amount_minor end, 0, 0, 0,
         case route when 'direct' then a.amount_minor else 0 end, 0, 0, 0, 0, 0, 0 from adjustment a where a.biller_id = $1
)`;

const day = (alias: string): string => `format('the settlement of %s', ${alias}.business_date)`;

export const SETTLEMENT_INVARIANTS: readonly Invariant[] = [
  {
    name: 'settlement-equals-its-entries',
    says: 'the totals of a settlement are those of the payments, reversals, rejections and adjustments of its day',
    per: 'biller',
    rows: `${ENTRIES}, sums as (
  select business_date, ${COLUMNS.map((each) => `sum(${each}) as ${each}`).join(', ')} from entry group by 1
)
select s.settlement_id is null or ${COLUMNS.map((each) => `s.${each} <> coalesce(e.${each}, 0)`).join(' or ')} as bad,
       ${day('b')} as example
  from settlement_batch b
  left join settlement_split s on s.biller_id = $1 and s.settlement_id = b.settlement_id and s.dimension = 'total' and s.key = ''
  left join sums e on e.business_date = b.business_date
 where b.biller_id = $1`,
  },
  {
    name: 'settlement-splits-add-up',
    says: 'in each dimension every column of a settlement adds up to its total',
    per: 'biller',
    rows: `
select ${[...COLUMNS, 'net_minor'].map((each) => `t.${each} <> s.${each}`).join(' or ')} as bad,
       format('settlement %s by %s', t.settlement_id, s.dimension) as example
  from settlement_split t
  join (select settlement_id, dimension, ${[...COLUMNS, 'net_minor'].map((each) => `sum(${each}) as ${each}`).join(', ')}
          from settlement_split where biller_id = $1 and dimension <> 'total' group by 1, 2) s
    on s.settlement_id = t.settlement_id
 where t.biller_id = $1 and t.dimension = 'total'`,
  },
  {
    name: 'settlement-comes-to-its-net',
    says: 'net is gross less reversed, adjusted, less fees set off, and carried; above zero it is remitted, else carried on',
    per: 'biller',
    rows: `
select s.net_minor <> s.gross_minor - s.reversed_minor + s.adjusted_minor - b.fees_set_off_minor
         or b.fees_set_off_minor <> case b.fees_settled when 'net' then s.biller_fee_minor else 0 end
         or b.net_minor <> s.net_minor + b.carried_in_minor or b.remitted_minor <> greatest(b.net_minor, 0) as bad,
       ${day('b')} as example
  from settlement_batch b
  join settlement_split s on s.biller_id = $1 and s.settlement_id = b.settlement_id and s.dimension = 'total'
 where b.biller_id = $1`,
  },
  {
    name: 'remitted-equals-net',
    says: 'what a settlement remits is the sum of its remittances, each account once',
    per: 'biller',
    rows: `
select coalesce(r.total, 0) <> b.remitted_minor as bad, ${day('b')} as example
  from settlement_batch b
  left join (select settlement_id, sum(amount_minor) as total from remittance where biller_id = $1 and attempt = 0 group by 1) r
    on r.settlement_id = b.settlement_id
 where b.biller_id = $1`,
  },
  {
    name: 'settlements-follow-each-other',
    says: 'every sealed day before the last settlement has one, of its seal; each begins with what the one before it carried, and its digest',
    per: 'biller',
    rows: `
select b.settlement_id is null and d.business_date <= last.settled
         or b.settlement_id is not null and (d.sealed_at is distinct from b.sealed_at
           or b.carried_in_minor <> coalesce(b.carried_before, 0)
           or b.previous_digest is distinct from b.digest_before) as bad,
       format('the business day %s', d.business_date) as example
  from business_day d
 cross join (select coalesce(max(business_date), '-infinity') as settled from settlement_batch where biller_id = $1) last
  left join (select *, lag(carried_out_minor) over days as carried_before, lag(digest) over days as digest_before
               from settlement_batch where biller_id = $1 window days as (order by business_date)) b
    on b.business_date = d.business_date
 where d.biller_id = $1 and (d.sealed_at is not null or d.business_date <= last.settled)`,
  },
  {
    name: 'close-journals-equal-settlement',
    says: 'the journals of a close move what is remitted and what is set off, no more, in its own day',
    per: 'biller',
    rows: `
select b.settlement_id is null or coalesce(j.payable, 0) <> b.remitted_minor + b.fees_set_off_minor
         or coalesce(j.in_transit, 0) <> -b.remitted_minor or coalesce(j.fees_due, 0) <> -b.fees_set_off_minor
         or coalesce(j.others, 0) <> 0 as bad,
       format('the settlement of %s', coalesce(b.business_date, j.business_date)) as example
  from (select * from settlement_batch where biller_id = $1) b
  full join (select j.business_date, sum(o.amount_minor) filter (where a.code = 'biller/payable') as payable,
                    sum(o.amount_minor) filter (where a.code = 'biller/in-transit') as in_transit,
                    sum(o.amount_minor) filter (where a.code = 'biller/fees-due') as fees_due,
                    count(*) filter (where a.code not in ('biller/payable', 'biller/in-transit', 'biller/fees-due')) as others
               from journal j
               join posting o on o.biller_id = $1 and o.journal_id = j.journal_id
               left join account a on a.biller_id = $1 and a.account_no = o.account_no
              where j.biller_id = $1 and j.kind = 'close' group by 1) j on j.business_date = b.business_date`,
  },
  {
    name: 'settlement-agrees-with-ledger',
    says: 'what a day leaves owed to the biller is what its settlement carries on',
    per: 'biller',
    // What comes back of a remittance is owed again, and goes again, without a settlement of its own.
    rows: `
select coalesce(p.total, 0) <> b.carried_in_minor - b.carried_out_minor as bad, ${day('b')} as example
  from settlement_batch b
  left join (select j.business_date, sum(o.amount_minor) as total
               from journal j
               join posting o on o.biller_id = $1 and o.journal_id = j.journal_id
               join account a on a.biller_id = $1 and a.account_no = o.account_no and a.code = 'biller/payable'
              where j.biller_id = $1 and j.kind <> 'remittance' group by 1) p on p.business_date = b.business_date
 where b.biller_id = $1`,
  },
  {
    name: 'settlement-has-its-event',
    says: 'every settlement has the event that tells the agency of it, and no such event is without its settlement',
    per: 'biller',
    rows: `
select b.settlement_id is null or e.event_id is null as bad,
       format('settlement %s', coalesce(b.settlement_id::text, e.subject)) as example
  from (select settlement_id from settlement_batch where biller_id = $1) b
  full join (select event_id, subject from event where biller_id = $1 and type = 'settlement.closed') e
    on e.subject = b.settlement_id::text`,
  },
];
