// Ways to break the books of disputes, and which invariants must see each.
import type { Case } from './broken-books.ts';

export const DISPUTE_CASES: readonly Case[] = [
  {
    broken: 'a refund of another amount than its journal',
    by: `update dispute set amount_minor = amount_minor + 1 where outcome = 'refund-to-credit'`,
    finds: ['dispute-has-its-journal'],
  },
  {
    broken: 'the journal of a dispute that is not there',
    by: `delete from dispute where outcome = 'refund-to-credit'`,
    finds: ['dispute-has-its-journal'],
  },
  {
    broken: 'a dispute that says it undid another payment',
    by: `update dispute set payment_id = :plain where outcome = 'chargeback'`,
    finds: ['dispute-undid-its-payment'],
  },
  {
    broken: 'a refused dispute that undid its payment all the same',
    by: `update dispute set outcome = 'refuse' where outcome = 'chargeback'`,
    finds: ['dispute-undid-its-payment'],
  },
  {
    broken: 'a loss of another amount than its journal',
    by: `update dispute set amount_minor = amount_minor + 1 where outcome = 'absorb'`,
    finds: ['dispute-has-its-journal'],
  },
  {
    broken: 'a payment that was absorbed by no dispute',
    by: `insert into absorbed_payment select 1, :plain, payment_id, recorded_at from absorbed_payment`,
    finds: ['absorbed-payment-stands'],
  },
  {
    broken: 'an absorbed payment that can be given back again',
    by: `delete from absorbed_payment`,
    finds: ['absorbed-payment-stands'],
  },
  {
    broken: 'a decided dispute whose request was rejected',
    by: `update approval set state = 'rejected' where kind = 'dispute-decision'`,
    finds: ['decided-dispute-was-approved'],
  },
];
