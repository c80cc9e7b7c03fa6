// A holiday that is declared after a date was closed moves the day on which its total is owed, as long as it is not paid:
// nobody is late by a day on which no bank was open. One that is struck moves it back.

import { calendarOf } from '../../billers/index.ts';
import { addWorkingDays } from '../../calendar/index.ts';
import { lockChannels } from '../../channels/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { moveDueDates as move, readUnpaid } from './store-due.ts';

/** Locks the channels whose dues move. The number of dues that moved. */
export function moveDueDates(database: Database, billerId: number): Promise<number> {
  return database.nodeOf(billerId).transaction(async (tx) => {
    const { calendar } = await calendarOf(tx, billerId);
    const moved = (await readUnpaid(tx, billerId))
      .map((due) => ({ ...due, to: addWorkingDays(due.business_date, due.days, calendar) }))
      .filter((due) => due.to !== due.due_on)
      .map(({ to, ...due }) => ({ ...due, due_on: to }));
    if (moved.length === 0) return 0;
    const channels = [...new Set(moved.map((due) => due.channel_id))].sort((a, b) => a - b);
    await lockChannels(tx, channels);
    await move(tx, billerId, moved);
    return moved.length;
  });
}
