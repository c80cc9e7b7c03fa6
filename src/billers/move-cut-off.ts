// Another cut-off or time zone from a date on. The day in progress has been promised to the channels and stays as it
// is; days that are open and have not begun get the new cut-off at once, those opened later by the terms recorded.

import type { Outcome } from '../access/index.ts';
import {
  comingDays,
  dateWithoutSpan,
  moveDays,
  termsOn,
  termsOver,
  type BillerCalendar,
  type DayTerms,
} from '../calendar/index.ts';
import { addDays, isBusinessDate, type BusinessDate } from '../kernel/business-date.ts';
import type { Tx } from '../platform/db/index.ts';
import { openDaysAhead } from './open-business-days.ts';
import { calendarOf, putCutOff } from './store-calendar.ts';

const FARTHEST_DAYS = 3_660;

/**
 * The configuration is locked. `from` left out: from the first day that has not begun, which is returned. Refuses a
 * day that has begun, and terms by which a day would end before it begins; then nothing was written.
 */
export async function moveCutOff(
  tx: Tx,
  billerId: number,
  wish: Partial<DayTerms>,
  from?: BusinessDate,
): Promise<Outcome<BusinessDate>> {
  await openDaysAhead(tx, billerId);
  const days = await comingDays(tx, billerId);
  const date = from ?? days.first;
  const bad = dateFault(date, days.first);
  if (bad !== undefined) return { ok: false, reason: bad };
  const { calendar } = await calendarOf(tx, billerId);
  const before = termsOn(date, calendar);
  const terms: DayTerms = { timeZone: before.timeZone, cutOff: before.cutOff, ...wish };
  if (terms.timeZone === before.timeZone && terms.cutOff === before.cutOff) return { ok: true, value: date };
  const changed = changedFrom(calendar, date, terms);
  const empty = dateWithoutSpan(changed, date, days);
  if (empty !== undefined)
    return {
      ok: false,
      reason: `business date ${empty} would end before it begins, at the cut-off of ${addDays(empty, -1)}`,
    };
  await putCutOff(tx, billerId, { fromDate: date, ...terms });
  await moveDays(tx, billerId, changed, date, days);
  return { ok: true, value: date };
}

function dateFault(date: string, first: BusinessDate): string | undefined {
  if (!isBusinessDate(date)) return `${date} is no date YYYY-MM-DD`;
  if (date < first)
    return `business date ${date} has begun or is over, and keeps its cut-off: say --from ${first} or later`;
  if (date > addDays(first, FARTHEST_DAYS)) return `${date} is more than ten years ahead`;
  return undefined;
}

function changedFrom(calendar: BillerCalendar, fromDate: BusinessDate, terms: DayTerms): BillerCalendar {
  const [first = calendar, ...changes] = calendar.terms ?? [];
  return { ...calendar, terms: termsOver(first, [...changes, { fromDate, ...terms }]) };
}
