// SQL of the invariants of deposits: what a line of a statement brought is in the books to the last unit, once, wherever it
// went.

import type { Invariant } from './invariant.ts';

export const DEPOSIT_INVARIANTS: readonly Invariant[] = [
  {
    name: 'deposit-is-in-the-bank',
    says: 'every line that is a deposit, or lies in suspense, has journals that put its amount on the account that it came into',
    per: 'installation',
    rows: `
select null::int as biller_id, b.minor is distinct from l.amount_minor as bad,
       format('line %s of statement %s: %s, in the books %s', l.line, l.statement_id, l.amount_minor, coalesce(b.minor, 0)) as example
  from statement_line l
  left join (select m.statement_id, m.line, a.channel_id as account_id, a.currency, sum(p.amount_minor) as minor
               from statement_match m
               join posting p on p.biller_id = m.biller_id and p.journal_id = m.journal_id
               join account a on a.biller_id = p.biller_id and a.account_no = p.account_no and a.code = 'bank'
              group by 1, 2, 3, 4) b
    on b.statement_id = l.statement_id and b.line = l.line and b.account_id = l.account_id and b.currency = l.currency
 where l.outcome in ('deposit', 'suspense') and l.amount_minor > 0`,
  },
  {
    name: 'deposit-has-its-line',
    says: 'every journal of a deposit, or of one that was taken back, is of one line of a statement, and of its payment where it is one, fee included',
    per: 'biller',
    rows: `
select m.matches is distinct from 1 or abs(m.minor) is distinct from o.minor
         or j.payment_id is not null and p.minor is distinct from o.minor as bad,
       coalesce('pay:' || j.payment_id, 'journal ' || j.journal_id) as example
  from (select journal_id, payment_id from journal where biller_id = $1 and kind = 'deposit') j
  left join lateral (select sum(o.amount_minor) as minor from posting o
                      where o.biller_id = $1 and o.journal_id = j.journal_id and o.amount_minor > 0) o on true
  left join (select journal_id, count(*) as matches, sum(amount_minor) as minor from statement_match
              where biller_id = $1 and kind in ('deposit', 'credit', 'taken-back') group by 1) m on m.journal_id = j.journal_id
  left join lateral (select p.amount_minor + p.fee_minor as minor from payment p
                      where p.biller_id = $1 and p.payment_id = j.payment_id) p on true`,
  },
];
