// Ways to break the books of bank statements, and which invariants must see each. There is a remittance that was proved, a
// charge that a notification and the statement say, a transfer of a channel, and direct payments that their biller's
// statement proves.
import type { Case } from './broken-books.ts';

export const STATEMENT_CASES: readonly Case[] = [
  {
    broken: 'a line that is gone',
    by: `delete from statement_line where outcome = 'charge'`,
    finds: ['statements-add-up', 'repeated-lines-were-said'],
  },
  {
    broken: 'a closing balance that was changed',
    by: `update statement set closing_minor = closing_minor + 1 where form = 'statement'`,
    finds: ['statements-add-up'],
  },
  {
    broken: 'a line that is called something it was not booked as',
    by: `update statement_line set outcome = 'charge' where outcome = 'other'; update statement_line set outcome = 'channel' where outcome = 'repeated'`,
    finds: ['placed-lines-are-booked'],
  },
  {
    broken: 'two lines of one journal',
    by: `update statement_match set journal_id = (select journal_id from statement_match where kind = 'remittance') where kind = 'claims'`,
    finds: ['journals-name-one-line'],
  },
  {
    broken: 'a line that was said before and is booked all the same',
    by: `update statement_match set journal_id = (select journal_id from statement_match where kind = 'charge') where kind = 'claims'`,
    finds: ['journals-name-one-line', 'bank-balances-follow-lines'],
  },
  {
    broken: 'two lines that prove one top-up',
    by: `update statement_match set kind = 'top-up', subject_id = gen_random_uuid(); update statement_match set subject_id = (select subject_id from statement_match limit 1)`,
    finds: ['top-ups-are-proved-once', 'repeated-lines-were-said', 'proved-remittances-have-lines'],
  },
  {
    broken: 'a charge that no line says',
    by: `delete from statement_match where kind = 'charge'`,
    finds: ['placed-lines-are-booked', 'bank-charges-have-lines'],
  },
  {
    broken: 'a line that is called repeated, in other words, and nobody has said so',
    by: `update statement_line set identity = '\\x00' where outcome = 'repeated'`,
    finds: ['repeated-lines-were-said'],
  },
  {
    broken: 'a remittance that no line proves',
    by: `delete from statement_match where kind = 'remittance'`,
    finds: ['placed-lines-are-booked', 'proved-remittances-have-lines'],
  },
  {
    broken: 'a proof that is gone',
    by: `delete from direct_proof`,
    finds: ['direct-proofs-are-booked', 'direct-dues-count-proofs'],
  },
  {
    broken: 'a date that counts as proved',
    by: `update direct_due set proved_minor = proved_minor - 1`,
    finds: ['direct-dues-count-proofs'],
  },
];
