// SQL of how closing stands, for the metrics.

import type { Tx } from '../platform/db/index.ts';

export interface CloseStanding {
  code: string;
  overdue_seconds: number;
  carried_days: number;
}

export function readCloseStanding(tx: Tx): Promise<CloseStanding[]> {
  return tx.query<CloseStanding>(
    `select b.code,
            coalesce((select greatest(extract(epoch from business_now() - min(d.cut_off_at)), 0)
               from business_day d
              where d.biller_id = b.biller_id and d.cut_off_at <= business_now()
                and d.business_date > coalesce(last.settled, '-infinity')), 0)::float8 as overdue_seconds,
            (select count(*) from settlement_batch s
              where s.biller_id = b.biller_id and s.carried_out_minor < 0
                and s.business_date > coalesce((select max(e.business_date) from settlement_batch e
                      where e.biller_id = b.biller_id and e.carried_out_minor = 0), '-infinity'))::int as carried_days
       from biller b
       left join lateral (select max(s.business_date) as settled from settlement_batch s where s.biller_id = b.biller_id) last on true
      order by b.biller_id`,
  );
}
