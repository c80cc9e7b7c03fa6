// SQL of what was paid by day, for the performance report.

import type { Tx } from '../../platform/db/index.ts';
import type { Span } from './store-answers.ts';

export interface VolumeRow {
  business_date: string;
  payments: number;
  amount_minor: bigint;
  credited: number;
  reversed: number;
}

/** As the payments stand now; days without any are left out. */
export function readVolumes(tx: Tx, { billerId, from, to }: Span): Promise<VolumeRow[]> {
  return tx.query<VolumeRow>(
    `select business_date, count(*) filter (where status <> 'credited')::int as payments,
            coalesce(sum(amount_minor) filter (where status <> 'credited'), 0)::bigint as amount_minor,
            count(*) filter (where status = 'credited')::int as credited,
            count(*) filter (where status = 'reversed')::int as reversed
       from payment where biller_id = $1 and business_date between $2 and $3
      group by business_date order by business_date`,
    [billerId, from, to],
  );
}
