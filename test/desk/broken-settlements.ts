// Ways to break the books of settlements, and which invariants must see each. The day of eg-local (3) is closed.
import type { Case } from './broken-books.ts';

export const SETTLEMENT_CASES: readonly Case[] = [
  {
    broken: 'a settlement of another total',
    by: `update settlement_split set gross_minor = gross_minor + 1 where biller_id = 3 and dimension = 'total'`,
    finds: ['settlement-equals-its-entries', 'settlement-splits-add-up', 'settlement-comes-to-its-net'],
  },
  {
    broken: 'a split that does not add up',
    by: `update settlement_split set bills = bills + 1 where biller_id = 3 and dimension = 'channel'`,
    finds: ['settlement-splits-add-up'],
  },
  {
    broken: 'fees set off that there were not',
    by: `update settlement_batch set fees_set_off_minor = 1 where biller_id = 3`,
    finds: ['settlement-comes-to-its-net', 'close-journals-equal-settlement'],
  },
  {
    broken: 'a remittance of another amount',
    by: `update remittance set amount_minor = amount_minor + 1 where biller_id = 3`,
    finds: ['remitted-equals-net', 'in-transit-equals-under-way', 'remittance-journals'],
  },
  {
    broken: 'a settlement that follows none before it',
    by: `update settlement_batch set previous_digest = digest where biller_id = 3`,
    finds: ['settlements-follow-each-other'],
  },
  {
    broken: 'a close without its journal',
    by: `delete from posting where journal_id in (select journal_id from journal where biller_id = 3 and kind = 'close');
         delete from journal where biller_id = 3 and kind = 'close'`,
    finds: [
      'balances-equal-postings',
      'close-journals-equal-settlement',
      'settlement-agrees-with-ledger',
      'remittance-journals',
    ],
  },
  {
    broken: 'a settlement of which nobody is told',
    by: `delete from event where biller_id = 3 and type = 'settlement.closed'`,
    finds: ['settlement-has-its-event', 'event-is-numbered-once'],
  },
];
