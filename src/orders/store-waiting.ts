// SQL of the order files that wait for their banks.

import type { Tx } from '../platform/db/index.ts';

export function readWaiting(tx: Tx): Promise<{ bank: string; files: number; oldest_seconds: number }[]> {
  return tx.query(
    `select b.code as bank, count(*)::int as files,
            extract(epoch from business_now() - min(f.made_at))::float8 as oldest_seconds
       from order_file f join bank b on b.bank_id = f.bank_id
      where f.state = 'made' group by b.code`,
  );
}
