// SQL of debits that are due, by the bank of their payers.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Tx } from '../../platform/db/index.ts';

/** Planned ones that had to be built by `sendBy`, and built ones that stand in no file. */
export function countDue(
  tx: Tx,
  billerId: number,
  sendBy: BusinessDate,
): Promise<{ readonly channelId: number; readonly count: number }[]> {
  return tx.query(
    `select channel_id as "channelId", count(*)::int as count from (
       select channel_id from debit_order where biller_id = $1 and state = 'planned' and send_on <= $2::date
       union all
       select channel_id from debit_order
        where biller_id = $1 and state = 'built' and way = 'file' and file_id is null and send_on <= $2::date) d
      group by 1 order by 1`,
    [billerId, sendBy],
  );
}

/** With their banks, and to be collected before this day. */
export function countSent(
  tx: Tx,
  billerId: number,
  before: BusinessDate,
): Promise<{ readonly channelId: number; readonly count: number }[]> {
  return tx.query(
    `select channel_id as "channelId", count(*)::int as count from debit_order
      where biller_id = $1 and state = 'sent' and collect_on < $2::date group by 1 order by 1`,
    [billerId, before],
  );
}
