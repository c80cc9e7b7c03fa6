// Ways to break the books of mandates and debits, and which invariants must see each. There are debits that were collected (D-1,
// D-2), refused (D-3), taken back (D-4), dropped (D-5), are planned (D-6) and sent (D-7); statements credit D-1, and credit D-4
// and take it back.
import type { Case } from './broken-books.ts';

const of = (bill: string) => `(select debit_id from debit_bill where bill_number = '${bill}')`;

export const DEBIT_CASES: readonly Case[] = [
  {
    broken: 'a mandate that nobody has accepted',
    by: `update approval set state = 'open' where kind = 'mandate'`,
    finds: ['mandates-were-decided'],
  },
  {
    broken: 'a mandate that was cancelled past its history',
    by: `update mandate set state = 'cancelled'`,
    finds: ['mandates-stand-as-their-steps'],
  },
  {
    broken: 'a debit from another payer',
    by: `update debit_order set payer_id = 'E-9' where debit_id = ${of('D-1')}`,
    finds: ['debits-are-under-mandates'],
  },
  {
    broken: 'a debit that no mandate covers',
    by: `delete from mandate_cover`,
    finds: ['debits-are-under-mandates'],
  },
  {
    broken: 'a step that is gone',
    by: `delete from debit_step where state = 'failed'`,
    finds: ['debits-stand-as-their-steps'],
  },
  {
    broken: 'a bill whose amount was changed when it was with the bank',
    by: `update debit_bill set amount_minor = amount_minor + 1 where bill_number = 'D-7'`,
    finds: ['debits-are-their-bills'],
  },
  {
    broken: 'a bill in two debits',
    by: `drop index debit_bill_live;
         insert into debit_bill select biller_id, ${of('D-7')}, bill_number, due_on, owed_as_of, amount_minor, bill_revision, live
           from debit_bill where bill_number = 'D-6'`,
    finds: ['bills-are-in-one-debit', 'debits-are-their-bills'],
  },
  {
    broken: 'a bill that nothing holds while it is with the bank',
    by: `update debit_bill set live = false where bill_number = 'D-7'`,
    finds: ['bills-of-debits-are-live'],
  },
  {
    broken: 'a bill that a refused debit still holds',
    by: `update debit_bill set live = true where bill_number = 'D-3'`,
    finds: ['bills-of-debits-are-live'],
  },
  {
    broken: 'a bill that a collected debit has forgotten',
    by: `update debit_bill set outcome = null, payment_id = null where bill_number = 'D-2'`,
    finds: ['bills-of-debits-ended-with-them'],
  },
  {
    broken: 'a payment of another amount',
    by: `update debit_order set amount_minor = amount_minor + 1 where debit_id = ${of('D-1')};
         update debit_bill set amount_minor = amount_minor + 1 where bill_number = 'D-1'`,
    finds: ['collected-debits-are-paid', 'debit-files-agree', 'lines-of-debits-were-heard'],
  },
  {
    broken: 'a debit that was taken back and stays paid',
    by: `update payment set status = 'accepted' where payment_id = (select payment_id from debit_bill where bill_number = 'D-4')`,
    finds: ['returned-debits-are-undone', 'one-live-payment-per-bill', 'reversed-has-its-reversal'],
  },
  {
    broken: 'a debit that counts as refused, and no bank has said so',
    by: `delete from debit_word where debit_id = ${of('D-3')}`,
    finds: ['debits-stand-as-banks-said'],
  },
  {
    broken: 'money that no debit shows',
    by: `update debit_word set booked_at = now() where debit_id = ${of('D-7')}`,
    finds: ['debits-stand-as-banks-said'],
  },
  {
    broken: 'a debit in a file with the bank that is planned anew',
    by: `update debit_order set state = 'planned' where debit_id = ${of('D-7')}`,
    finds: ['debit-files-agree'],
  },
  {
    broken: 'a debit that is in no file',
    by: `update debit_order set file_id = null where debit_id = ${of('D-7')}`,
    finds: ['debit-files-agree'],
  },
  {
    broken: 'a line that nobody heard',
    by: `delete from debit_word where verdict = 'settled' and debit_id = ${of('D-1')}`,
    finds: ['lines-of-debits-were-heard', 'debits-stand-as-banks-said'],
  },
  {
    broken: 'two lines that credit one debit',
    by: `update statement_match set kind = 'debit' where kind = 'debit-returned'`,
    finds: ['lines-of-debits-were-heard'],
  },
];
