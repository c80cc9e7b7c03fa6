// Days that are open and have not begun are given the cut-offs of new terms. A day begins with the cut-off of the one
// before, or when that is sealed early; from then on its end is a promise to the channels and stays.

import { addDays, type BusinessDate } from '../kernel/business-date.ts';
import type { Tx } from '../platform/db/index.ts';
import type { BillerCalendar } from './biller-calendar.ts';
import { endOf } from './business-date-at.ts';
import { lockUnsealedDays, newestSealed, updateCutOffs, type NewDay } from './store.ts';

export interface ComingDays {
  /** The first date that has not begun. */
  readonly first: BusinessDate;
  /** Rows of dates that have not begun, in order. */
  readonly coming: readonly NewDay[];
  /** When the day in progress ends. */
  readonly beginsAt: Date;
}

/**
 * The configuration is locked (no group of payments is under way) and days are open beyond today. Locks the unsealed
 * days, and only then reads the time.
 */
export async function comingDays(tx: Tx, billerId: number): Promise<ComingDays> {
  const days = await lockUnsealedDays(tx, billerId);
  const { newest, now } = await newestSealed(tx, billerId);
  const present = days.find(({ date, cutOffAt }) => cutOffAt > now && (newest === null || date > newest));
  if (present === undefined) throw new Error(`no day of biller ${billerId} is open`);
  const coming = days.filter(({ date }) => date > present.date);
  return { first: addDays(present.date, 1), coming, beginsAt: present.cutOffAt };
}

/** The first date from `from` on that would not end after the one before it, by `calendar`; undefined: none. */
export function dateWithoutSpan(
  calendar: BillerCalendar,
  from: BusinessDate,
  { first, beginsAt }: Pick<ComingDays, 'first' | 'beginsAt'>,
): BusinessDate | undefined {
  const boundaries = [from, ...(calendar.terms ?? []).map(({ fromDate }) => fromDate)];
  return boundaries
    .filter((date) => date >= from)
    .sort()
    .find((date) => {
      const begins = date === first ? beginsAt : endOf(addDays(date, -1), calendar);
      return endOf(date, calendar) <= begins;
    });
}

/** Gives the coming days from `from` on their cut-offs by `calendar`. */
export function moveDays(
  tx: Tx,
  billerId: number,
  calendar: BillerCalendar,
  from: BusinessDate,
  { coming }: Pick<ComingDays, 'coming'>,
): Promise<void> {
  const moved = coming
    .filter(({ date }) => date >= from)
    .map(({ date }) => ({ date, cutOffAt: endOf(date, calendar) }));
  return updateCutOffs(tx, billerId, moved);
}
