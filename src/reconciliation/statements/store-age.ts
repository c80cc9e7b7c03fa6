// SQL of how old bookings are, by the clock of the books.

import { textArray, type Tx } from '../../platform/db/index.ts';

/** A channel's credit may come before its day is closed, or before its account is told; later it is somebody else's money. */
export const WAIT_DAYS = 10;

/** Days from each date until now, by date. */
export async function daysAgo(tx: Tx, dates: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.query<{ date: string; days: number }>(
    `select d as date, (business_now() at time zone 'UTC')::date - d::date as days from unnest($1::text[]) as d`,
    [textArray([...new Set(dates)])],
  );
  return new Map(rows.map(({ date, days }) => [date, days]));
}
