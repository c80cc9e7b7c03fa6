// Keeps the business days of a biller open a week ahead, so that no payment meets a day that has no row.

import { calendarDate, openDays } from '../calendar/index.ts';
import { addDays, type BusinessDate } from '../kernel/business-date.ts';
import type { Database, Tx } from '../platform/db/index.ts';
import type { Biller } from './biller.ts';
import { calendarOf } from './store-calendar.ts';
import { shareConfiguration } from './store-change.ts';

const DAYS_AHEAD = 7;

export async function openBusinessDays(
  database: Database,
  { billerId }: Pick<Biller, 'billerId'>,
): Promise<void> {
  await database.nodeOf(billerId).transaction((tx) => openDaysAhead(tx, billerId));
}

/** Returns the dates that it opened, by the terms as they stand: no change of them comes between. */
export async function openDaysAhead(tx: Tx, billerId: number): Promise<BusinessDate[]> {
  await shareConfiguration(tx);
  const { calendar, now } = await calendarOf(tx, billerId);
  return openDays(tx, billerId, calendar, addDays(calendarDate(now, calendar), DAYS_AHEAD));
}
