// SQL of sealing: business days that wait for their batch, and the seal. Who seals takes the turn of configuration
// changes first (docs/operations.md, "Locks"): every group of payments shares it before it locks a day.

import type { BusinessDate } from '../kernel/business-date.ts';
import type { Tx } from '../platform/db/index.ts';

export interface DayRow {
  business_date: BusinessDate;
  cut_off_at: Date;
  sealed_at: Date | null;
}

export interface UnsettledDay extends DayRow {
  /** Its cut-off has passed. */
  is_due: boolean;
}

/** The biller's oldest day without a batch; undefined: no day was ever opened after the last batch. */
export async function oldestUnsettled(tx: Tx, billerId: number): Promise<UnsettledDay | undefined> {
  const [row] = await tx.query<UnsettledDay>(
    `select d.business_date, d.cut_off_at, d.sealed_at, d.cut_off_at <= business_now() as is_due
       from business_day d
      where d.biller_id = $1 and d.business_date > coalesce(
              (select max(b.business_date) from settlement_batch b where b.biller_id = $1), '-infinity')
      order by d.business_date limit 1`,
    [billerId],
  );
  return row;
}

export async function findDay(
  tx: Tx,
  billerId: number,
  businessDate: BusinessDate,
): Promise<UnsettledDay | undefined> {
  const [row] = await tx.query<UnsettledDay>(
    `select business_date, cut_off_at, sealed_at, cut_off_at <= business_now() as is_due
       from business_day where biller_id = $1 and business_date = $2`,
    [billerId, businessDate],
  );
  return row;
}

/** Waits for the payments that share the turn or the day. */
export async function lockDay(
  tx: Tx,
  billerId: number,
  businessDate: BusinessDate,
): Promise<DayRow | undefined> {
  await tx.query(`select pg_advisory_xact_lock('configuration'::regclass::bigint)`);
  const [row] = await tx.query<DayRow>(
    'select business_date, cut_off_at, sealed_at from business_day where biller_id = $1 and business_date = $2 for update',
    [billerId, businessDate],
  );
  return row;
}

/**
 * The day is locked. Seals it at the books' time, which is read now; undefined: its cut-off has not passed and `early`
 * was not said. An early seal is never before what the day already holds, though the clock may have been set back.
 */
export async function seal(
  tx: Tx,
  billerId: number,
  businessDate: BusinessDate,
  early: boolean,
): Promise<Date | undefined> {
  const [row] = await tx.query<{ sealed_at: Date }>(
    `with latest as (
       select max(at) as at from (
         (select accepted_at as at from payment where biller_id = $1 and business_date = $2 and $3 order by payment_id desc limit 1)
         union all select max(recorded_at) from reversal where biller_id = $1 and business_date = $2 and $3
         union all select max(recorded_at) from rejection where biller_id = $1 and business_date = $2 and $3
         union all select max(recorded_at) from adjustment where biller_id = $1 and business_date = $2 and $3) entries
     )
     update business_day set sealed_at = greatest(business_now(), (select at from latest))
      where biller_id = $1 and business_date = $2 and sealed_at is null and ($3 or cut_off_at <= business_now())
     returning sealed_at`,
    [billerId, businessDate, early],
  );
  return row?.sealed_at;
}
