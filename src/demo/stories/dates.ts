// Days that a story needs of the Algerian calendar.

import { bankCalendar } from '../../billers/bank/index.ts';
import { calendarDate, nextWorkingDay } from '../../calendar/index.ts';
import { Directory } from '../../channels/index.ts';
import { addDays, weekdayOf, type BusinessDate } from '../../kernel/business-date.ts';
import type { Database } from '../../platform/db/index.ts';
import { DEMO_BANK } from '../banks.ts';
import { readInstant } from '../read-time.ts';
import { showClock } from '../set-clock.ts';

const ZONE = 'Africa/Algiers';
/** ISO 8601: Monday is 1. */
const FRIDAY = 5;

export interface Days {
  readonly dueOn: BusinessDate;
  readonly collectOn: BusinessDate;
}

/** A Friday at least so many days ahead, and the day after on which both the fund and the operator's bank work. */
export async function daysFrom(database: Database, billerCode: string, days: number): Promise<Days> {
  const biller = (await Directory.open(database)).current.billersByCode.get(billerCode);
  if (biller === undefined) throw new Error(`there is no ${billerCode}`);
  const { now } = await showClock(database);
  const bank = await database.transaction((tx) => bankCalendar(tx, DEMO_BANK.code));
  let dueOn = addDays(calendarDate(now, biller.calendar), days);
  while (weekdayOf(dueOn) !== FRIDAY) dueOn = addDays(dueOn, 1);
  return { dueOn, collectOn: nextWorkingDay(dueOn, biller.calendar, bank) };
}

/** `time`: of Algiers, such as 08:00. */
export function instantOn(day: BusinessDate, time: string): Date {
  const at = readInstant(`${day}T${time}`, ZONE);
  if (at === undefined) throw new Error(`the story stops: ${day} ${time} is no time`);
  return at;
}
