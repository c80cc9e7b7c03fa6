// Ways to break the books of remittances, and which invariants must see each. The day has one of om-social that was
// rejected and is tried again, and one of eg-local that was sent.
import type { Case } from './broken-books.ts';

const SENT = `(select remittance_id from remittance where biller_id = 3)`;

export const REMITTANCE_CASES: readonly Case[] = [
  {
    broken: 'a remittance that is gone',
    by: `delete from remittance_step where biller_id = 3; delete from remittance where biller_id = 3`,
    finds: ['remitted-equals-net', 'in-transit-equals-under-way', 'remittance-journals', 'order-files-agree'],
  },
  {
    broken: 'a next attempt while the first is under way',
    by: `update remittance set state = 'sent', ended_at = null where biller_id = 1 and attempt = 0`,
    finds: ['next-attempt-after-the-last', 'in-transit-equals-under-way'],
  },
  {
    broken: 'a step that moved money without its journal',
    by: `update remittance_step set journal_id = null where remittance_id = ${SENT} and state = 'planned'`,
    finds: ['remittance-journals'],
  },
  {
    broken: 'an order file that holds another transfer',
    by: `update remittance set end_to_end_id = 'W000000000000000' where biller_id = 3`,
    finds: ['order-files-agree'],
  },
  {
    broken: 'an order file that was changed',
    by: `update order_file set sealed_bytes = sealed_bytes || ' '::bytea`,
    finds: ['order-files-agree'],
  },
  {
    broken: 'a remittance that was sent in no order',
    by: `update remittance set file_id = '00000000-0000-0000-0000-000000000001' where biller_id = 3`,
    finds: ['order-files-agree', 'sent-is-in-its-order'],
  },
  {
    broken: 'an order file that was handed over after the bank had rejected it',
    by: `update remittance set ended_at = ended_at - interval '1 day' where biller_id = 1 and attempt = 0`,
    finds: ['nothing-ended-is-handed-over'],
  },
];
