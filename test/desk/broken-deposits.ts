// Ways to break the books of deposits, and which invariants must see each.
import type { Case } from './broken-books.ts';

export const DEPOSIT_CASES: readonly Case[] = [
  {
    broken: 'a line of another amount than its journals',
    by: `update statement_line set amount_minor = amount_minor + 1 where line = 1`,
    finds: ['deposit-is-in-the-bank', 'statements-add-up'],
  },
  {
    broken: 'a line of suspense that no journal put there',
    by: `delete from statement_match where kind = 'suspense'`,
    finds: ['deposit-is-in-the-bank', 'operators-suspense-is-explained'],
  },
  {
    broken: 'a line that came into another account',
    by: `update statement_line set account_id = 2 where line = 1`,
    finds: ['deposit-is-in-the-bank'],
  },
  {
    broken: 'the journal of a deposit that no line brought',
    by: `delete from statement_match where line = 1; update statement_line set outcome = 'other' where line = 1`,
    finds: ['deposit-has-its-line'],
  },
  {
    broken: 'one journal for two lines',
    by: `update statement_match set journal_id = (select journal_id from statement_match where line = 1) where line = 2`,
    finds: ['journals-name-one-line', 'deposit-has-its-line'],
  },
  {
    broken: 'a line found to be of another amount than its payment',
    by: `update statement_match set amount_minor = amount_minor - 1 where line = 1`,
    finds: ['deposit-has-its-line'],
  },
];
