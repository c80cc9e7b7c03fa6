// Ways to break the books of what agencies rejected, and which invariants must see each.
import type { Case } from './broken-books.ts';

export const REJECTION_CASES: readonly Case[] = [
  {
    broken: 'a rejected bill that still counts as paid',
    by: `update bill set status = 'paid', payment_id = :rejected where bill_number = 'DZ-1'`,
    finds: ['one-live-payment-per-bill'],
  },
  {
    broken: 'a rejection without a journal',
    by: `delete from posting where journal_id = (select rejection_id from rejection where payment_id = :rejected);
         delete from journal where journal_id = (select rejection_id from rejection where payment_id = :rejected)`,
    finds: ['balances-equal-postings', 'rejection-has-its-journal'],
  },
  {
    broken: 'a rejection whose journal is of another day',
    by: `update journal set business_date = business_date + 1 where journal_id = (select rejection_id from rejection where payment_id = :rejected)`,
    finds: ['rejection-has-its-journal'],
  },
  {
    broken: 'a rejected bill of another amount',
    by: `update rejected_bill set amount_minor = amount_minor + 1 where payment_id = :rejected`,
    finds: ['rejection-equals-its-bills', 'rejected-bill-has-its-break'],
  },
  {
    broken: 'a rejection of which nobody is told',
    by: `delete from event where event_id = (select rejection_id from rejection where payment_id = :rejected)`,
    finds: ['rejection-has-its-event', 'event-is-numbered-once'],
  },
  {
    broken: 'a rejected bill that the desk never sees',
    by: `delete from break where payment_id = :rejected`,
    finds: ['rejected-bill-has-its-break'],
  },
];
