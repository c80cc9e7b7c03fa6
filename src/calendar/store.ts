// SQL of the calendar room: the rows of business days.

import type { BusinessDate } from '../kernel/business-date.ts';
import { plainArray } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

export interface NewDay {
  date: BusinessDate;
  cutOffAt: Date;
}

/** The newest business date of a biller, null before the first, beside the time of the books. */
export async function newestDay(
  tx: Tx,
  billerId: number,
): Promise<{ newest: BusinessDate | null; now: Date }> {
  const [row] = await tx.query<{ newest: BusinessDate | null; now: Date }>(
    `select max(business_date) as newest, business_now() as now from business_day where biller_id = $1`,
    [billerId],
  );
  if (!row) throw new Error('an aggregate answered with no row');
  return row;
}

/** Adds the days that are not there yet and returns their dates in order. */
export async function insertDays(tx: Tx, billerId: number, days: readonly NewDay[]): Promise<BusinessDate[]> {
  const rows = await tx.query<{ business_date: BusinessDate }>(
    `insert into business_day (biller_id, business_date, cut_off_at)
     select $1::int, d.business_date, d.cut_off_at
       from unnest($2::date[], $3::timestamptz[]) as d(business_date, cut_off_at)
      order by d.business_date
     on conflict (biller_id, business_date) do nothing
     returning business_date`,
    [billerId, plainArray(days, (day) => day.date), plainArray(days, (day) => day.cutOffAt.toISOString())],
  );
  return rows.map((row) => row.business_date).sort();
}

/** Locks every day that is not sealed, in order. */
export async function lockUnsealedDays(tx: Tx, billerId: number): Promise<NewDay[]> {
  const rows = await tx.query<{ business_date: BusinessDate; cut_off_at: Date }>(
    `select business_date, cut_off_at from business_day
      where biller_id = $1 and sealed_at is null order by business_date for update`,
    [billerId],
  );
  return rows.map((row) => ({ date: row.business_date, cutOffAt: row.cut_off_at }));
}

/** The newest sealed business date of a biller, null before the first, beside the time of the books. */
export async function newestSealed(
  tx: Tx,
  billerId: number,
): Promise<{ newest: BusinessDate | null; now: Date }> {
  const [row] = await tx.query<{ newest: BusinessDate | null; now: Date }>(
    `select max(business_date) filter (where sealed_at is not null) as newest, business_now() as now
       from business_day where biller_id = $1`,
    [billerId],
  );
  if (!row) throw new Error('an aggregate answered with no row');
  return row;
}

/** Of days that this transaction has locked. */
export async function updateCutOffs(tx: Tx, billerId: number, days: readonly NewDay[]): Promise<void> {
  await tx.query(
    `update business_day b set cut_off_at = d.cut_off_at
       from unnest($2::date[], $3::timestamptz[]) as d(business_date, cut_off_at)
      where b.biller_id = $1 and b.business_date = d.business_date and b.sealed_at is null`,
    [billerId, plainArray(days, (day) => day.date), plainArray(days, (day) => day.cutOffAt.toISOString())],
  );
}
