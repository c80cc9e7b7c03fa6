// Which cut-off and time zone hold on a date, and at an instant. A biller may move them from a future date on; every
// day then ends by the terms of its own date, those opened before the change was recorded too if they had not begun.

import { addDays, type BusinessDate } from '../kernel/business-date.ts';
import type { BillerCalendar, DayTerms, TermsFrom } from './biller-calendar.ts';
import { cutOffInstant } from './cut-off.ts';
import { localDate } from './local-date.ts';

type Timed = DayTerms & Pick<BillerCalendar, 'terms'>;
export type TermsChange = DayTerms & { readonly fromDate: BusinessDate };

const EVER = '0001-01-01';
const ALWAYS = new Date(-8.64e15);

/** `first`, and each change from its date on; empty where nothing ever changes. Any order; of two from one date the later in the list. */
export function termsOver(first: DayTerms, changes: readonly TermsChange[]): readonly TermsFrom[] {
  if (changes.length === 0) return [];
  const byDate = new Map(changes.map((change) => [change.fromDate, change]));
  const terms: TermsFrom[] = [
    { fromDate: EVER, timeZone: first.timeZone, cutOff: first.cutOff, beginsAt: ALWAYS },
  ];
  for (const { fromDate, timeZone, cutOff } of [...byDate.values()].sort(byFromDate)) {
    const before = terms.at(-1) ?? first;
    const beginsAt = cutOffInstant(addDays(fromDate, -1), before.cutOff, before.timeZone);
    terms.push({ fromDate, timeZone, cutOff, beginsAt });
  }
  return terms;
}

/** The terms by which `date` ends. */
export function termsOn(date: BusinessDate, calendar: Timed): DayTerms {
  return lastOf(calendar, (terms) => terms.fromDate <= date);
}

/** The terms of the business date that `instant` belongs to. */
export function termsAt(instant: Date, calendar: Timed): DayTerms {
  return lastOf(calendar, (terms) => terms.beginsAt <= instant);
}

/** The zone of the wall clock at `instant`: a new one holds from the beginning of its first business date. */
export function zoneAt(instant: Date, calendar: Timed): string {
  return termsAt(instant, calendar).timeZone;
}

/** The date on the wall of the biller, or bank, at `instant`. */
export function calendarDate(instant: Date, calendar: Timed): BusinessDate {
  return localDate(instant, zoneAt(instant, calendar));
}

function lastOf(calendar: Timed, holds: (terms: TermsFrom) => boolean): DayTerms {
  const terms = calendar.terms ?? [];
  return terms.findLast(holds) ?? calendar;
}

function byFromDate(a: TermsChange, b: TermsChange): number {
  return a.fromDate < b.fromDate ? -1 : 1;
}
