// SQL of the invariants of mandates and debits: agencies have said yes, a debit is what its bills are, no bill is collected
// twice at once, and what banks have said is what became of it, in payments and on statements.

import type { Invariant } from './invariant.ts';

/** What was taken out of a debit `b` before it went. */
const TAKEN_OUT = `coalesce(b.outcome, '') in ('paid-elsewhere', 'withdrawn')`;
/** The operator bears the payment of a bill of a debit `b`: it stands. */
const IS_ABSORBED = `exists (select from absorbed_payment a where a.biller_id = b.biller_id and a.payment_id = b.payment_id)`;
const UNDER_WAY = `('planned', 'held', 'built', 'sent')`;

export const DEBIT_INVARIANTS: readonly Invariant[] = [
  {
    name: 'mandates-were-decided',
    says: 'a mandate that holds was accepted by people of its agency, and what it covers of others by people of theirs',
    per: 'installation',
    rows: `
select m.biller_id, coalesce(a.state, '') <> 'accepted' as bad, format('mandate %s', m.mandate_id) as example
  from mandate m left join approval a on a.biller_id = m.biller_id and a.approval_id = m.approval_id
 where m.state in ('accepted', 'suspended')
union all
select c.biller_id, coalesce(a.state, '') <> 'accepted', format('mandate %s, payer %s', c.mandate_id, c.payer_id)
  from mandate_cover c left join approval a on a.biller_id = c.biller_id and a.approval_id = c.approval_id
 where c.state = 'accepted' and c.biller_id <> c.mandate_biller_id`,
  },
  {
    name: 'mandates-stand-as-their-steps',
    says: 'a mandate is in the state that its last step left it in',
    per: 'biller',
    rows: `
select m.state is distinct from s.state as bad, format('mandate %s', m.mandate_id) as example
  from mandate m left join lateral (
    select s.state from mandate_step s where s.biller_id = m.biller_id and s.mandate_id = m.mandate_id
     order by s.recorded_at desc, s.step_id desc limit 1) s on true
 where m.biller_id = $1`,
  },
  {
    name: 'debits-are-under-mandates',
    says: 'a debit is under a mandate of its payer with his bank, in its currency, that covers its biller',
    per: 'biller',
    rows: `
select m.mandate_id is null or m.channel_id <> o.channel_id or m.currency <> o.currency
         or m.biller_id = o.biller_id and m.payer_id <> o.payer_id
         or not exists (select from mandate_cover c where c.biller_id = o.biller_id and c.mandate_biller_id = o.mandate_biller_id
                           and c.mandate_id = o.mandate_id and (m.biller_id = o.biller_id or c.payer_id = o.payer_id)) as bad,
       format('debit %s', o.debit_id) as example
  from debit_order o left join mandate m on m.biller_id = o.mandate_biller_id and m.mandate_id = o.mandate_id
 where o.biller_id = $1`,
  },
  {
    name: 'debits-stand-as-their-steps',
    says: 'a debit has a step for each change of it, one of them to the state in which it is',
    per: 'biller',
    rows: `
select s.steps <> o.revision - 1 or s.steps > 0 and not coalesce(s.fits, false) as bad, format('debit %s, %s', o.debit_id, o.state) as example
  from debit_order o cross join lateral (
    select count(*) as steps, bool_or(s.state = o.state) as fits from debit_step s
     where s.biller_id = o.biller_id and s.debit_id = o.debit_id) s
 where o.biller_id = $1`,
  },
  {
    name: 'debits-are-their-bills',
    says: 'a debit is of what its bills are together, less those that were taken out before it went',
    per: 'biller',
    rows: `
select o.amount_minor <> coalesce(b.minor, 0) as bad, format('debit %s: %s, its bills %s', o.debit_id, o.amount_minor, b.minor) as example
  from debit_order o cross join lateral (
    select sum(b.amount_minor) filter (where not ${TAKEN_OUT}) as minor from debit_bill b
     where b.biller_id = o.biller_id and b.debit_id = o.debit_id) b
 where o.biller_id = $1 and o.state <> 'dropped'`,
  },
  {
    name: 'bills-are-in-one-debit',
    says: 'no bill is in two debits that are under way',
    per: 'biller',
    rows: `
select count(*) > 1 as bad, format('bill %s', bill_number) as example
  from debit_bill where biller_id = $1 and live group by bill_number`,
  },
  {
    name: 'bills-of-debits-are-live',
    says: 'the bills of a debit that is under way are held by it, all but those that were taken out, and those of one that has ended are not',
    per: 'biller',
    rows: `
select b.live <> (o.debit_id is not null and o.state in ${UNDER_WAY} and not ${TAKEN_OUT}) as bad,
       format('debit %s, %s, bill %s', b.debit_id, o.state, b.bill_number) as example
  from debit_bill b left join debit_order o using (biller_id, debit_id) where b.biller_id = $1`,
  },
  {
    name: 'bills-of-debits-ended-with-them',
    says: 'a bill of a debit came to what the debit came to: paid or credited by a payment, failed or returned; what was credit may stay so told when it is taken back, and what the operator bears is paid',
    per: 'biller',
    rows: `
select case o.state when 'collected' then coalesce(b.outcome, '') not in ('paid', 'credited') or b.payment_id is null
                    when 'failed' then coalesce(b.outcome, '') <> 'failed' or b.payment_id is not null
                    when 'returned' then b.payment_id is null or coalesce(b.outcome, '') not in ('returned', 'credited')
                         and not (b.outcome = 'paid' and ${IS_ABSORBED})
                    when 'dropped' then b.outcome is null or b.payment_id is not null
                    else b.outcome is not null or b.payment_id is not null end as bad,
       format('debit %s, %s, bill %s: %s', b.debit_id, o.state, b.bill_number, b.outcome) as example
  from debit_bill b join debit_order o using (biller_id, debit_id)
 where b.biller_id = $1 and (o.state = 'dropped' or not ${TAKEN_OUT})`,
  },
  {
    name: 'collected-debits-are-paid',
    says: "the payments of a debit are of its payer's bank and of no other debit, and of what the bank has taken together",
    per: 'biller',
    rows: `
select coalesce(p.minor, 0) <> o.amount_minor or not coalesce(p.fits, false) as bad,
       format('debit %s: %s, paid %s', o.debit_id, o.amount_minor, p.minor) as example
  from debit_order o cross join lateral (
    select sum(p.amount_minor + p.fee_minor) as minor,
           bool_and(p.channel_id = o.channel_id and p.currency = o.currency
                    and not exists (select from debit_bill x where x.biller_id = $1 and x.payment_id = p.payment_id and x.debit_id <> o.debit_id)) as fits
      from (select distinct payment_id from debit_bill b where b.biller_id = o.biller_id and b.debit_id = o.debit_id) b
      left join payment p on p.biller_id = $1 and p.payment_id = b.payment_id
     where b.payment_id is not null) p
 where o.biller_id = $1 and o.state in ('collected', 'returned')`,
  },
  {
    name: 'returned-debits-are-undone',
    says: 'what a debit has paid that its bank took back is undone, but for what a dispute had left to the operator to bear',
    per: 'biller',
    rows: `
select p.status is distinct from 'reversed' and not ${IS_ABSORBED} as bad, format('debit %s, payment pay:%s', o.debit_id, b.payment_id) as example
  from debit_order o
  join (select distinct biller_id, debit_id, payment_id from debit_bill where biller_id = $1 and payment_id is not null) b using (biller_id, debit_id)
  left join payment p on p.biller_id = $1 and p.payment_id = b.payment_id
 where o.biller_id = $1 and o.state = 'returned'`,
  },
  {
    name: 'debits-stand-as-banks-said',
    says: 'a debit is collected, failed or returned because its bank said so, and what it said and is booked has become of it',
    per: 'biller',
    rows: `
select case o.state when 'collected' then not w.paid or w.refused when 'failed' then not w.refused
                    when 'returned' then not w.refused else w.paid and w.settled or w.refused end as bad,
       format('debit %s, %s', o.debit_id, o.state) as example
  from debit_order o cross join lateral (
    select coalesce(bool_or(w.verdict in ('settled', 'accepted')), false) as paid, coalesce(bool_or(w.verdict = 'settled'), false) as settled,
           coalesce(bool_or(w.verdict in ('rejected', 'returned')), false) as refused
      from debit_word w where w.biller_id = o.biller_id and w.debit_id = o.debit_id and w.booked_at is not null) w
 where o.biller_id = $1`,
  },
  {
    name: 'debit-files-agree',
    says: 'an order file of debits that was not withdrawn holds its debits, and adds up; none of them could still be left alone',
    per: 'installation',
    rows: `
select null::int as biller_id,
       f.transfers <> coalesce(o.debits, 0) or f.amount_minor <> coalesce(o.minor, 0) or not coalesce(o.fits, false) as bad, f.name as example
  from order_file f left join lateral (
    select count(*) as debits, sum(o.amount_minor) as minor,
           bool_and(o.currency = f.currency and o.way = 'file' and o.state not in ('planned', 'held', 'dropped')) as fits
      from debit_order o where o.file_id = f.file_id) o on true
 where f.kind = 'debit' and f.state <> 'withdrawn'
union all
select o.biller_id, f.file_id is null or f.kind <> 'debit' or f.state = 'withdrawn', format('debit %s', o.debit_id)
  from debit_order o left join order_file f on f.file_id = o.file_id
 where o.file_id is not null`,
  },
  {
    name: 'lines-of-debits-were-heard',
    says: 'a debit is credited by one line and taken back by one, each of its amount, and what they say is noted',
    per: 'installation',
    rows: `
select m.biller_id, o.debit_id is null or m.lines > 1 or m.minor <> o.amount_minor
         or not exists (select from debit_word w where w.biller_id = m.biller_id and w.debit_id = m.subject_id
                           and w.verdict in (case when m.is_back then 'rejected' else 'settled' end, 'returned')) as bad,
       format('debit %s', m.subject_id) as example
  from (select m.biller_id, m.subject_id, m.kind = 'debit-returned' as is_back, count(*) as lines, max(abs(m.amount_minor)) as minor
          from statement_match m where m.kind in ('debit', 'debit-total', 'debit-returned') group by 1, 2, 3) m
  left join debit_order o on o.biller_id = m.biller_id and o.debit_id = m.subject_id`,
  },
];
