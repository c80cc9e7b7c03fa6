// SQL of what waits: order files for their banks, remittances for somebody.

import type { Tx } from '../../platform/db/index.ts';

export function readWaiting(tx: Tx): Promise<{ bank: string; files: number; oldest_seconds: number }[]> {
  return tx.query(
    `select b.code as bank, count(*)::int as files,
            extract(epoch from business_now() - min(f.made_at))::float8 as oldest_seconds
       from order_file f join bank_account a on a.account_id = f.account_id join bank b on b.bank_id = a.bank_id
      where f.state = 'made' group by b.code`,
  );
}

export function readHeld(tx: Tx): Promise<{ held: string; count: number }[]> {
  return tx.query(
    `select held, count(*)::int as count from remittance
      where state in ('planned', 'approved') and held is not null group by held`,
  );
}
