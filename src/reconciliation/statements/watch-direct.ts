// What channels have to credit to billers themselves: written when a date is closed, and a break when the biller's own
// statement has not proved it after so many of its working days. It ends when it is proved later.

import { calendarOf } from '../../billers/index.ts';
import { addWorkingDays, localDate } from '../../calendar/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { openBreaks, type FoundBreak } from '../breaks/index.ts';
import { absolute } from './waiting-line.ts';
import {
  directKey,
  lateDates,
  nextClosed,
  proofDays,
  writeDirectDues,
  type LateDate,
} from './store-direct.ts';

const LOT_DATES = 200;

/** Every biller; any number of workers, again and again. */
export async function watchDirect(database: Database, billerIds: Iterable<number>): Promise<void> {
  for (const billerId of billerIds) {
    while (await database.transaction((tx) => writeNext(tx, billerId)));
    while (await database.transaction((tx) => tellLate(tx, billerId)));
  }
}

async function writeNext(tx: Tx, billerId: number): Promise<boolean> {
  const businessDate = await nextClosed(tx, billerId);
  if (businessDate === undefined) return false;
  const dueOn = addWorkingDays(
    businessDate,
    await proofDays(tx, billerId),
    (await calendarOf(tx, billerId)).calendar,
  );
  await writeDirectDues(tx, billerId, businessDate, dueOn);
  return true;
}

async function tellLate(tx: Tx, billerId: number): Promise<boolean> {
  const { calendar, now } = await calendarOf(tx, billerId);
  const late = await lateDates(tx, billerId, localDate(now, calendar.timeZone), LOT_DATES);
  await openBreaks(
    tx,
    late.map((date) => notCredited(billerId, date)),
    now,
  );
  return late.length === LOT_DATES;
}

const CREDITED = 'the agency’s own account has not been credited with it';
const TAKEN_BACK = 'more was taken back than paid, and has not been debited from the agency’s own account';

function notCredited(billerId: number, date: LateDate): FoundBreak {
  const { channelId, businessDate, currency, minor, owedMinor, dueOn } = date;
  return {
    billerId,
    key: directKey(channelId, businessDate),
    kind: 'not-credited',
    channelId,
    businessDate,
    reference: null,
    paymentId: null,
    statementId: null,
    line: null,
    currency,
    amountMinor: absolute(minor),
    ours: {
      why: minor < 0n ? TAKEN_BACK : CREDITED,
      owedMinor: String(owedMinor),
      openMinor: String(minor),
      dueOn,
    },
    theirs: null,
  };
}
