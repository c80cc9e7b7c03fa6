// SQL of the day that corrections are dated in: the open one of each biller, share-locked as payments lock it, so that
// it is not sealed under them. Taken before remittances and balances.

import type { BusinessDate } from '../../kernel/business-date.ts';
import { plainArray, type Tx } from '../../platform/db/index.ts';

export interface OpenDay {
  readonly businessDate: BusinessDate;
  readonly now: Date;
}

/** Throws when one of them has no open day: the worker opens days ahead, and whoever asks tries again. */
export async function lockOpenDays(tx: Tx, billerIds: readonly number[]): Promise<Map<number, OpenDay>> {
  await tx.query(`select pg_advisory_xact_lock_shared('configuration'::regclass::bigint)`);
  await tx.query('select revision from configuration for share');
  const wanted = [...new Set(billerIds)].sort((a, b) => a - b);
  const rows = await tx.query<{ biller_id: number; business_date: BusinessDate; now: Date }>(
    `select d.biller_id, d.business_date, business_now() as now
       from unnest($1::int[]) as wanted(biller_id) cross join lateral (
         select biller_id, business_date from business_day
          where biller_id = wanted.biller_id and sealed_at is null and cut_off_at > business_now()
          order by business_date limit 1 for share) d`,
    [plainArray(wanted)],
  );
  const days = new Map(rows.map((row) => [row.biller_id, { businessDate: row.business_date, now: row.now }]));
  const missing = wanted.find((billerId) => !days.has(billerId));
  if (missing !== undefined) throw new Error(`biller ${missing} has no open business day`);
  return days;
}

/** The open day of one biller, locked. */
export async function lockOpenDay(tx: Tx, billerId: number): Promise<OpenDay> {
  const day = (await lockOpenDays(tx, [billerId])).get(billerId);
  if (day === undefined) throw new Error(`biller ${billerId} has no open business day`);
  return day;
}

export async function businessNow(tx: Tx): Promise<Date> {
  const [row] = await tx.query<{ now: Date }>('select business_now() as now');
  if (row === undefined) throw new Error('business_now() gave no row');
  return row.now;
}
