// SQL of the invariants of breaks: what was resolved was approved, its journals are there, and what they hold in suspense is
// what the books say.

import type { Invariant } from './invariant.ts';

export const BREAK_INVARIANTS: readonly Invariant[] = [
  {
    name: 'resolution-has-its-journal',
    says: 'every journal of a resolution names its break and holds what it says in suspense, and what a resolution paid or undid is there',
    per: 'ledger',
    rows: `
select x.journal_id is null or j.journal_id is null
         or case when x.payment_id is null then j.kind <> 'resolution' or x.suspense_minor <> coalesce(o.suspense, 0)
                 else j.kind not in ('payment', 'credit', 'reversal', 'adjustment') or j.payment_id is distinct from x.payment_id
            end as bad,
       'journal ' || coalesce(j.journal_id, x.journal_id) as example
  from (select x.* from break_journal x
          join break k on k.biller_id = x.break_biller_id and k.break_id = x.break_id where x.biller_id = $1) x
  full join (select * from journal j
              where biller_id = $1 and (kind = 'resolution' or exists (
                    select from break_journal y where y.biller_id = $1 and y.journal_id = j.journal_id))) j
    on j.journal_id = x.journal_id
  left join lateral (
    select -sum(o.amount_minor) as suspense
      from posting o join account a on a.biller_id = o.biller_id and a.account_no = o.account_no
     where o.biller_id = $1 and o.journal_id = x.journal_id and a.code = 'suspense') o on true`,
  },
  {
    name: 'resolved-break-was-approved',
    says: 'every break that is resolved was so by a request that was accepted, and every accepted request about a break resolved it',
    per: 'ledger',
    rows: `
select bad, example from (
  select k.state = 'resolved' and not exists (
           select from break_step s join approval a on a.biller_id = s.biller_id and a.approval_id = s.approval_id
            where s.biller_id = k.biller_id and s.break_id = k.break_id and s.action = 'resolved'
              and a.kind = 'break-resolution' and a.state = 'accepted') as bad,
         format('break %s (%s)', k.key, k.kind) as example
    from break k where k.biller_id = $1
  union all
  select not exists (select from break_step s
                      where s.biller_id = a.biller_id and s.approval_id = a.approval_id and s.action = 'resolved'),
         format('request %s', a.reference)
    from approval a where a.biller_id = $1 and a.kind = 'break-resolution' and a.state = 'accepted') r`,
  },
  {
    name: 'operators-suspense-is-explained',
    says: "every journal on the operator's own suspense is of a break's resolution or of a line of a statement",
    per: 'installation',
    rows: `
select not exists (select from break_journal x where x.biller_id = 0 and x.journal_id = o.journal_id)
         and not exists (select from statement_match m where m.biller_id = 0 and m.journal_id = o.journal_id) as bad,
       0 as biller_id, 'journal ' || o.journal_id as example
  from posting o join account a on a.biller_id = o.biller_id and a.account_no = o.account_no
 where o.biller_id = 0 and a.code = 'suspense'`,
  },
  {
    name: 'break-takes-only-its-own',
    says: 'no break took more out of suspense than it wrote there',
    per: 'installation',
    rows: `
select sum(suspense_minor) < 0 as bad, break_biller_id as biller_id, format('break %s', break_id) as example
  from break_journal group by break_biller_id, break_id, biller_id, currency`,
  },
];
