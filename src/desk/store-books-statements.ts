// SQL of the invariants of bank statements: they add up, what a line was found to be is in the ledger with its amount, and
// nothing counts twice.

import type { Invariant } from './invariant.ts';

/** Outcomes that move money on the operator's account. */
const BOOKED = `('remittance', 'order-total', 'returned', 'debit', 'debit-total', 'debit-returned', 'channel', 'top-up', 'charge', 'reversed')`;

export const STATEMENT_INVARIANTS: readonly Invariant[] = [
  {
    name: 'statements-add-up',
    says: 'a statement has as many lines as it says, they make its credits and debits, and its balances follow',
    per: 'installation',
    rows: `
select s.biller_id,
       s.lines <> coalesce(l.lines, 0) or s.credits_minor - s.debits_minor <> coalesce(l.minor, 0)
         or s.form = 'statement' and s.opening_minor + s.credits_minor - s.debits_minor <> s.closing_minor as bad,
       format('statement %s', s.statement_id) as example
  from statement s
  left join (select statement_id, count(*) as lines, sum(amount_minor) as minor from statement_line group by 1) l using (statement_id)
 where s.state = 'read'`,
  },
  {
    name: 'placed-lines-are-booked',
    says: 'a line of an account of ours that was placed has journals on that account of exactly its amount',
    per: 'installation',
    rows: `
select null::int as biller_id, l.amount_minor <> coalesce(m.minor, 0) as bad,
       format('statement %s line %s, %s', l.statement_id, l.line, l.outcome) as example
  from statement_line l
  left join (select m.statement_id, m.line, sum(p.amount_minor) as minor
               from statement_match m join statement s using (statement_id)
               join posting p on p.biller_id = m.biller_id and p.journal_id = m.journal_id
               join account a on a.biller_id = p.biller_id and a.account_no = p.account_no and a.code = 'bank' and a.channel_id = s.account_id
              group by 1, 2) m on m.statement_id = l.statement_id and m.line = l.line
 where l.account_id is not null and l.outcome in ${BOOKED}`,
  },
  {
    name: 'journals-name-one-line',
    says: 'no journal is what two lines say',
    per: 'installation',
    rows: `
select null::int as biller_id, count(distinct (statement_id, line)) > 1 as bad, format('journal %s', journal_id) as example
  from statement_match where journal_id is not null group by journal_id`,
  },
  {
    name: 'bank-charges-have-lines',
    says: 'each charge of a bank in the ledger is what a line says',
    per: 'installation',
    rows: `
select j.biller_id, m.journal_id is null as bad, format('journal %s', j.journal_id) as example
  from journal j left join statement_match m on m.journal_id = j.journal_id where j.kind = 'bank-charge'`,
  },
  {
    name: 'proved-remittances-have-lines',
    says: 'a remittance that a statement has proved is named by a line',
    per: 'biller',
    rows: `
select not exists (select from statement_match m where m.subject_id = s.remittance_id) as bad,
       format('remittance %s', s.remittance_id) as example
  from remittance_step s where s.biller_id = $1 and s.state = 'confirmed' and s.reason like 'statement stm\\_%'`,
  },
  {
    name: 'repeated-lines-were-said',
    says: 'a line that is called repeated says the same booking as the one that it names, or as the parts of one, in the same words unless two persons have said so',
    per: 'installation',
    rows: `
select l.biller_id, m.named is null or m.wrong or m.minor <> l.amount_minor
         or case when m.named = 1 and m.subject_minor = l.amount_minor then not (m.agreed or m.same_words or m.same_reference or m.same_sum or m.same_debit)
                 when m.subject_minor = l.amount_minor then not (m.agreed or m.same_reference)
                 else m.named <> 1 or m.subject_minor is distinct from b.amount_minor and m.subject_minor is distinct from w.amount_minor
                      or not (m.agreed or m.same_sum) end as bad,
       format('statement %s line %s', l.statement_id, l.line) as example
  from statement_line l
  left join statement_sum b on b.statement_id = l.statement_id and b.entry = l.entry
  left join statement_sum w on w.statement_id = l.statement_id and w.entry = 0
  left join lateral (
    select count(*) as named, sum(m.amount_minor) as minor, sum(o.amount_minor) as subject_minor,
           bool_or(o.statement_id is null or o.statement_id = l.statement_id or o.account_id is distinct from l.account_id
                   or o.biller_id is distinct from l.biller_id) as wrong,
           bool_and(m.approval_id is not null) as agreed, bool_and(coalesce(o.identity = l.identity, false)) as same_words,
           bool_and(coalesce(o.end_to_end_id = l.end_to_end_id and o.end_to_end_id like 'WSTD%', false)) as same_debit,
           bool_and(coalesce(o.sum_reference = l.bank_reference, false)) as same_reference,
           bool_and(coalesce(o.bank_reference = l.sum_reference, false)) as same_sum
      from statement_match m left join statement_line o on o.statement_id = m.subject_id and o.line = m.subject_line
     where m.statement_id = l.statement_id and m.line = l.line and m.kind in ('claims', 'repeats', 'part-of')
    having count(*) > 0) m on true
 where l.outcome = 'repeated'`,
  },
  {
    name: 'direct-proofs-are-booked',
    says: 'what a statement has proved of direct payments is in the ledger, and no more',
    per: 'biller',
    rows: `
select p.minor is distinct from j.minor as bad, format('journal %s', coalesce(p.journal_id, j.journal_id)) as example
  from (select journal_id, sum(amount_minor) as minor from direct_proof where biller_id = $1 group by 1) p
  full join (select j.journal_id, -sum(o.amount_minor) as minor
               from journal j join posting o using (biller_id, journal_id) join account a using (biller_id, account_no)
              where j.biller_id = $1 and j.kind = 'direct-proven' and a.code = 'channel/direct' group by 1) j using (journal_id)`,
  },
  {
    name: 'direct-dues-count-proofs',
    says: 'what counts as proved of a channel and date is the sum of its proofs',
    per: 'biller',
    rows: `
select coalesce(d.proved_minor, 0) <> coalesce(p.minor, 0) as bad,
       format('channel %s, %s', coalesce(d.channel_id, p.channel_id), coalesce(d.business_date, p.business_date)) as example
  from (select * from direct_due where biller_id = $1) d
  full join (select channel_id, business_date, sum(amount_minor) as minor from direct_proof where biller_id = $1 group by 1, 2) p
    using (channel_id, business_date)`,
  },
];
