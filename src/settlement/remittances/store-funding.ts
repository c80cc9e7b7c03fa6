// SQL of the funding `collected`: have the channels provably paid what they collected for a biller up to a day?
// A channel's payment is a journal that has a posting on a bank account as well; what prefunded channels collect was
// paid in before, and is on no receivable. What a bank credits to the biller directly is no part of the net.

import type { BusinessDate } from '../../kernel/business-date.ts';
import { accountOf } from '../../ledger/index.ts';
import type { Tx } from '../../platform/db/index.ts';

const CHANNELS = 100_000;

/**
 * True when every channel's receivable is covered by what it has paid so far, days after `through` left aside. It is
 * balance less later collections, so the work is that of the days since, however long the history. Locks nothing.
 */
export async function isCollected(
  tx: Tx,
  billerId: number,
  currency: string,
  through: BusinessDate,
): Promise<boolean> {
  const receivable = accountOf('channel/receivable', 0, currency).accountNo;
  const bank = accountOf('bank', 0, currency).accountNo;
  const [row] = await tx.query<{ owing: number }>(
    `with later as (
       select p.account_no, sum(p.amount_minor) as minor
         from journal j join posting p on p.biller_id = j.biller_id and p.journal_id = j.journal_id
        where j.biller_id = $1 and j.business_date > $2
          and p.account_no >= $3 and p.account_no < $3 + ${CHANNELS}
          and not exists (select from posting o where o.biller_id = $1 and o.journal_id = j.journal_id
                             and o.account_no >= $4 and o.account_no < $4 + ${CHANNELS})
        group by 1
     ), owed as (
       select account_no, sum(amount_minor) as minor from balance
        where biller_id = $1 and account_no >= $3 and account_no < $3 + ${CHANNELS} group by 1
     )
     select count(*)::int as owing from owed left join later using (account_no)
      where owed.minor > coalesce(later.minor, 0)`,
    [billerId, through, receivable, bank],
  );
  return row?.owing === 0;
}
