// Keeps the business days of a biller open a week ahead, so that no payment meets a day that has no row.

import { localDate, openDays } from '../calendar/index.ts';
import { addDays } from '../kernel/business-date.ts';
import type { Database } from '../platform/db/index.ts';
import type { Biller } from './biller.ts';

const DAYS_AHEAD = 7;

export async function openBusinessDays(database: Database, biller: Biller): Promise<void> {
  await database.nodeOf(biller.billerId).transaction(async (tx) => {
    const [row] = await tx.query<{ now: Date }>('select business_now() as now');
    if (row === undefined) throw new Error('the database told no time');
    await openDays(
      tx,
      biller.billerId,
      biller.calendar,
      addDays(localDate(row.now, biller.calendar.timeZone), DAYS_AHEAD),
    );
  });
}
