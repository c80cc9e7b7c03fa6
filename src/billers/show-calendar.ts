// A stretch of a calendar, day by day: does anybody work, why not, and when does the day end.

import type { Outcome } from '../access/index.ts';
import {
  calendarDate,
  endOf,
  termsOn,
  type BillerCalendar,
  type Holiday,
  type HolidayState,
} from '../calendar/index.ts';
import {
  addDays,
  daysBetween,
  isBusinessDate,
  weekdayOf,
  type BusinessDate,
} from '../kernel/business-date.ts';
import type { Database, Tx } from '../platform/db/index.ts';
import { readBank } from './bank/store-bank.ts';
import { noOwner } from './set-holidays.ts';
import { calendarOf, cutOffsOfDays } from './store-calendar.ts';
import { findOwnerId, holidaysOf, timeOfBooks, type CalendarOwner } from './store-holiday.ts';
import { weekdayName } from './weekdays.ts';

export interface CalendarDay {
  readonly date: BusinessDate;
  readonly weekday: string;
  readonly day: 'working' | 'weekend' | 'holiday';
  /** A struck one is named and does not count. */
  readonly holiday?: string;
  readonly state?: HolidayState;
  /** Local. */
  readonly cutOff: string;
  readonly endsAt: Date;
}

const USUAL_DAYS = 30;
const MOST_DAYS = 3_660;

/** From today and for a month unless said otherwise; both ends included. */
export function showCalendar(
  database: Database,
  owner: CalendarOwner,
  span: { readonly from?: string | undefined; readonly to?: string | undefined } = {},
): Promise<Outcome<CalendarDay[]>> {
  return database.transaction(async (tx) => {
    const ownerId = await findOwnerId(tx, owner);
    if (ownerId === undefined) return { ok: false, reason: noOwner(owner) };
    const calendar = await calendarOfOwner(tx, owner, ownerId);
    const bad = [span.from, span.to].find((date) => date !== undefined && !isBusinessDate(date));
    if (bad !== undefined) return { ok: false, reason: `${bad} is no date YYYY-MM-DD` };
    const from = span.from ?? calendarDate(await timeOfBooks(tx), calendar);
    const to = span.to ?? addDays(from, USUAL_DAYS);
    const count = daysBetween(from, to) + 1;
    if (count < 1 || count > MOST_DAYS)
      return { ok: false, reason: `from ${from} to ${to} is no stretch of 1 to ${MOST_DAYS} days` };
    const holidays = await holidaysOf(tx, owner.kind, ownerId, { from, to });
    const ends = owner.kind === 'biller' ? await cutOffsOfDays(tx, ownerId, from, to) : undefined;
    const value = Array.from({ length: count }, (_, index) => {
      const date = addDays(from, index);
      const holiday = holidays.find(({ onDate }) => onDate === date);
      return dayOf(date, calendar, holiday, ends?.get(date));
    });
    return { ok: true, value };
  });
}

/** `openedTo`: the cut-off that its row has. */
function dayOf(
  date: BusinessDate,
  calendar: BillerCalendar,
  holiday: Holiday | undefined,
  openedTo: Date | undefined,
): CalendarDay {
  const weekday = weekdayOf(date);
  const isHoliday = holiday !== undefined && holiday.state !== 'struck';
  const isWeekend = calendar.weekend.includes(weekday);
  return {
    date,
    weekday: weekdayName(weekday),
    day: isHoliday ? 'holiday' : isWeekend ? 'weekend' : 'working',
    ...(holiday && { holiday: holiday.name, state: holiday.state }),
    cutOff: termsOn(date, calendar).cutOff,
    endsAt: openedTo ?? endOf(date, calendar),
  };
}

async function calendarOfOwner(tx: Tx, { kind }: CalendarOwner, ownerId: number): Promise<BillerCalendar> {
  if (kind === 'biller') return (await calendarOf(tx, ownerId)).calendar;
  const bank = await readBank(tx, ownerId);
  if (bank === undefined) throw new Error(`bank ${ownerId} is not there`);
  return bank.calendar;
}
