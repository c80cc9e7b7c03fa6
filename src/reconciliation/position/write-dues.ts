// Writes what each channel owes of a closed date: one (biller, date) at a time, oldest first. Whoever is killed in between
// leaves nothing, and two at once write the same once: the journals of a closed date change no more.

import { calendarOf } from '../../billers/index.ts';
import { addWorkingDays } from '../../calendar/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Database } from '../../platform/db/index.ts';
import {
  insertDues,
  markWritten,
  nextDate,
  readCollected,
  readOwing,
  readTakenBack,
  type DueKey,
  type NewDue,
} from './store-due.ts';

/** A run takes a tenth of a second. */
const PAYMENTS_AT_ONCE = 20_000;
const FIRST_ID: Uuid = '00000000-0000-0000-0000-000000000000';

type Owed = Omit<NewDue, 'days' | 'dueOn'>;

/** Every closed date of a biller that waits; the dates written. */
export async function writeDues(
  database: Database,
  billerId: number,
  { paymentsAtOnce = PAYMENTS_AT_ONCE } = {},
): Promise<BusinessDate[]> {
  const node = database.nodeOf(billerId);
  const written: BusinessDate[] = [];
  for (;;) {
    const businessDate = await node.transaction((tx) => nextDate(tx, billerId));
    if (businessDate === undefined) return written;
    const key = { billerId, businessDate };
    const owed = await readOwed(node, key, paymentsAtOnce);
    if (await writeDate(node, key, owed)) written.push(businessDate);
  }
}

/** Several short looks see what one would: nothing of it changes. */
async function readOwed(node: Database, key: DueKey, most: number): Promise<Owed[]> {
  const owed = new Map<string, Owed>();
  const add = (channelId: number, currency: string, more: Partial<Owed>): void => {
    const name = `${channelId} ${currency}`;
    const so = owed.get(name);
    owed.set(name, {
      channelId,
      currency,
      collectedMinor: (so?.collectedMinor ?? 0n) + (more.collectedMinor ?? 0n),
      reversedMinor: (so?.reversedMinor ?? 0n) + (more.reversedMinor ?? 0n),
      adjustedMinor: (so?.adjustedMinor ?? 0n) + (more.adjustedMinor ?? 0n),
    });
  };
  for (let after: Uuid | null = FIRST_ID; after !== null;) {
    const from: Uuid = after;
    const { through, rows } = await node.transaction((tx) => readCollected(tx, key, from, most));
    for (const { channelId, currency, minor } of rows) add(channelId, currency, { collectedMinor: minor });
    after = through;
  }
  for (const row of await node.transaction((tx) => readTakenBack(tx, key)))
    add(row.channel_id, row.currency, {
      reversedMinor: row.reversed_minor,
      adjustedMinor: row.adjusted_minor,
    });
  return [...owed.values()];
}

/** False: another was first. Locks the biller's mark. */
async function writeDate(node: Database, key: DueKey, owed: readonly Owed[]): Promise<boolean> {
  return node.transaction(async (tx) => {
    if (!(await markWritten(tx, key))) return false;
    const { calendar, now } = await calendarOf(tx, key.billerId);
    const owing = await readOwing(tx);
    const dues = owed.flatMap((each): NewDue[] => {
      const { days = 1, isOwn = false } = owing.get(each.channelId) ?? {};
      const net = each.collectedMinor + each.reversedMinor + each.adjustedMinor;
      if (isOwn && net === 0n) return [];
      return [{ ...each, days, dueOn: addWorkingDays(key.businessDate, days, calendar) }];
    });
    await insertDues(tx, key, dues, now);
    return true;
  });
}
