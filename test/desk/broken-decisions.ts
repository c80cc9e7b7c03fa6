// Ways to break the books of what persons decided, and which invariants must see each.
import type { Case } from './broken-books.ts';

const APPLIED = `(select journal_id from credit_leaving where way = 'applied')`;

export const DECISION_CASES: readonly Case[] = [
  {
    broken: 'an adjustment of another amount than its journal',
    by: `update adjustment set amount_minor = amount_minor + 1 where kind = 'correction'`,
    finds: ['adjustment-has-its-journal'],
  },
  {
    broken: 'an adjustment whose journal is of another day',
    by: `update journal set business_date = business_date + 1 where kind = 'correction'`,
    finds: ['adjustment-has-its-journal'],
  },
  {
    broken: 'the journal of an adjustment that is not there',
    by: `delete from adjustment where kind = 'correction'`,
    finds: ['adjustment-has-its-journal'],
  },
  {
    broken: 'credit that left in another amount than its journal',
    by: `update credit_leaving set amount_minor = amount_minor + 1 where way = 'remitted'`,
    finds: ['credit-leaving-has-its-journal'],
  },
  {
    broken: 'the journal of credit that did not leave',
    by: `delete from credit_leaving where way = 'applied'`,
    finds: ['credit-leaving-has-its-journal'],
  },
  {
    broken: 'credit that left a payer is said to have left suspense',
    by: `update credit_leaving set payer_id = '' where way = 'remitted'`,
    finds: ['credit-leaving-has-its-journal'],
  },
  {
    broken: 'credit applied to no payment',
    by: `update credit_leaving set payment_id = gen_random_uuid() where journal_id = ${APPLIED}`,
    finds: ['applied-credit-is-a-payment'],
  },
  {
    broken: 'an adjustment dated in a day that had been sealed',
    by: `update business_day set sealed_at = '2026-11-22 07:00Z' where biller_id = 1 and business_date = '2026-11-22'`,
    finds: ['nothing-enters-a-sealed-day', 'nothing-decided-enters-a-sealed-day'],
  },
  {
    broken: 'an adjustment whose request was rejected',
    by: `update approval set state = 'rejected' where kind = 'adjustment'`,
    finds: ['decided-by-accepted-request'],
  },
  {
    broken: 'a request accepted by who asked for it',
    by: `update approval a set asked_by = p.staff_id from approval_step p
          where a.kind = 'adjustment' and p.approval_id = a.approval_id and p.action = 'accepted'`,
    finds: ['nobody-decides-his-own'],
  },
  {
    broken: 'a request accepted by nobody',
    by: `delete from approval_step where action = 'accepted'`,
    finds: ['nobody-decides-his-own'],
  },
];
