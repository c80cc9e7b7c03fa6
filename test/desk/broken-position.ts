// Ways to break the books of what channels owe, and which invariants must see each. The kiosk owes two dates, has paid one
// of them and more than the other, and has paid ahead again since; and something by a decision in the operator's book.
import type { Case } from './broken-books.ts';

export const POSITION_CASES: readonly Case[] = [
  {
    broken: 'a due that is more than the ledger says',
    by: `update channel_due set owed_minor = owed_minor + 1, collected_minor = collected_minor + 1 where business_date = '2026-11-22'`,
    finds: ['dues-equal-ledger', 'position-equals-ledger'],
  },
  {
    broken: 'a due that is gone',
    by: `delete from channel_due where business_date = '2026-11-22'`,
    finds: ['dues-equal-ledger', 'paid-equals-parts', 'position-equals-ledger'],
  },
  {
    broken: 'a closed date that is not written',
    by: `update channel_due_through set business_date = business_date - 1`,
    finds: ['dues-equal-ledger', 'position-equals-ledger'],
  },
  {
    broken: 'a due that is paid without a transfer',
    by: `update channel_due set paid_minor = paid_minor + 1 where business_date = '2026-11-22'`,
    finds: ['paid-equals-parts'],
  },
  {
    broken: 'a part without its journal',
    by: `update channel_payment set journal_id = '00000000-0000-0000-0000-000000000001' where business_date = '2026-11-22'`,
    finds: ['channel-payments-posted'],
  },
  {
    broken: 'a part that is gone',
    by: `delete from channel_payment where business_date = '2026-11-22'`,
    finds: ['channel-payments-posted', 'paid-equals-parts', 'position-equals-ledger'],
  },
  {
    broken: 'a part of another channel',
    by: `update channel_payment set channel_id = 1 where business_date = '2026-11-22'`,
    finds: ['channel-payments-posted', 'paid-equals-parts', 'position-equals-ledger'],
  },
  {
    broken: 'money in the operator’s book that no transfer brought',
    by: `update channel_ahead set left_minor = left_minor + 1`,
    finds: ['ahead-equals-parts'],
  },
  {
    broken: 'a due of the operator’s book that is more than was decided',
    by: `update channel_due set owed_minor = owed_minor + 1, adjusted_minor = adjusted_minor + 1 where biller_id = 0`,
    finds: ['dues-equal-ledger', 'position-equals-ledger'],
  },
  {
    broken: 'a decision in the operator’s book that is not due',
    by: `delete from channel_due where biller_id = 0`,
    finds: ['dues-equal-ledger', 'paid-equals-parts', 'position-equals-ledger'],
  },
  {
    broken: 'a part for the operator’s due that counts as paid ahead',
    by: `update channel_payment set business_date = null where biller_id = 0 and business_date is not null`,
    finds: ['paid-equals-parts', 'ahead-equals-parts'],
  },
];
