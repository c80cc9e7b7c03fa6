// Ways to break the books of resolved breaks, and which invariants must see each.
import type { Case } from './broken-books.ts';

export const BREAK_CASES: readonly Case[] = [
  {
    broken: 'the journal of a resolution of no break',
    by: `delete from break_journal where resolution = 'suspense'`,
    finds: ['resolution-has-its-journal', 'operators-suspense-is-explained'],
  },
  {
    broken: 'a resolution that holds another amount in suspense than its journal',
    by: `update break_journal set suspense_minor = suspense_minor + 1 where resolution = 'suspense'`,
    finds: ['resolution-has-its-journal'],
  },
  {
    broken: 'a resolution that paid something else than its break says',
    by: `update break_journal set payment_id = :plain where resolution = 'post'`,
    finds: ['resolution-has-its-journal'],
  },
  {
    broken: 'a break that took more out of suspense than it wrote there',
    by: `insert into break_journal select biller_id, gen_random_uuid(), break_biller_id, break_id, approval_id, 'give-back', currency,
           -2 * suspense_minor, null, now() from break_journal where resolution = 'suspense'`,
    finds: ['break-takes-only-its-own', 'resolution-has-its-journal'],
  },
  {
    broken: 'a resolved break that nobody approved',
    by: `delete from break_step where action = 'resolved'`,
    finds: ['resolved-break-was-approved'],
  },
  {
    broken: 'a resolved break whose request was rejected',
    by: `update approval set state = 'rejected' where kind = 'break-resolution'`,
    finds: ['resolved-break-was-approved'],
  },
];
