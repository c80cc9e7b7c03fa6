// SQL of the invariants of bank accounts: what the lines of one have put into the ledger is what its statements say, and
// no money is what two lines say.

import type { Invariant } from './invariant.ts';

export const BANK_INVARIANTS: readonly Invariant[] = [
  {
    name: 'top-ups-are-proved-once',
    says: 'no top-up is what two lines say',
    per: 'installation',
    rows: `
select null::int as biller_id, count(*) > 1 as bad, format('journal %s', subject_id) as example
  from statement_match where kind = 'top-up' and subject_id is not null group by subject_id`,
  },
  {
    name: 'bank-balances-follow-lines',
    says: 'what the lines of a bank account have put into the ledger is what statements have said of it once, and what notifications alone have said',
    per: 'installation',
    rows: `
with booked as (
  select s.account_id, s.form, m.statement_id, m.line, sum(p.amount_minor) as minor
    from statement_match m join statement s using (statement_id)
    join posting p on p.biller_id = m.biller_id and p.journal_id = m.journal_id
    join account a on a.biller_id = p.biller_id and a.account_no = p.account_no and a.code = 'bank' and a.channel_id = s.account_id
   group by 1, 2, 3, 4),
claims as (
  select s.account_id, m.subject_id as statement_id, m.subject_line as line
    from statement_match m join statement s using (statement_id)
    join statement_line l on l.statement_id = m.statement_id and l.line = m.line and l.outcome = 'repeated'
   where m.kind = 'claims' and s.form = 'statement'),
once as (
  select b.account_id, b.minor from booked b
   where not exists (select from statement_match m where m.statement_id = b.statement_id and m.line = b.line and m.kind in ('claims', 'repeats', 'part-of'))
     and (b.form = 'statement' or not exists (select from claims c where c.statement_id = b.statement_id and c.line = b.line))
  union all
  select b.account_id, b.minor from claims c join booked b using (account_id, statement_id, line))
select null::int as biller_id, b.minor <> coalesce(o.minor, 0) as bad,
       format('account %s: %s booked, %s said', b.account_id, b.minor, coalesce(o.minor, 0)) as example
  from (select account_id, sum(minor) as minor from booked where account_id is not null group by 1) b
  left join (select account_id, sum(minor) as minor from once group by 1) o using (account_id)`,
  },
];
