// SQL of how long words of banks have waited.

import type { Tx } from '../../platform/db/index.ts';

export function oldestWords(tx: Tx): Promise<{ code: string; minutes: number }[]> {
  return tx.query(
    `select b.code, extract(epoch from business_now() - w.said_at)::int / 60 as minutes
       from biller b cross join lateral (
         select said_at from debit_word where biller_id = b.biller_id and booked_at is null order by word_id limit 1) w`,
  );
}
