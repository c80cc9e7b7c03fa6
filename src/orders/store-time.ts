// SQL of the time: that of the books, and the real one, which files bear.

import type { Tx } from '../platform/db/index.ts';

export async function businessNow(tx: Tx): Promise<Date> {
  const [row] = await tx.query<{ now: Date }>('select business_now() as now');
  if (row === undefined) throw new Error('business_now() gave no row');
  return row.now;
}

export async function realTimeMs(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ now: Date }>('select clock_timestamp() as now');
  return row?.now.getTime() ?? 0;
}
