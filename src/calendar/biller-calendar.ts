// What a biller's calendar is made of, and a bank's. Values only: the rooms above load them, this room computes.

import type { BusinessDate } from '../kernel/business-date.ts';

/** The days nobody works: enough for value dates. A bank has one too. */
export interface WorkingWeek {
  /** ISO weekdays, Monday 1 to Sunday 7; Oman's Friday and Saturday are [5, 6]. */
  readonly weekend: readonly number[];
  /** Confirmed and tentative holidays; struck ones left out. */
  readonly holidays: ReadonlySet<BusinessDate>;
}

/** When the days of a calendar end. */
export interface DayTerms {
  /** IANA name, for example Asia/Muscat. */
  readonly timeZone: string;
  /** Local time HH:MM at which a business date ends; 00:00 and 24:00 are the midnight at its end. */
  readonly cutOff: string;
}

/** Terms that hold from a date on. */
export interface TermsFrom extends DayTerms {
  readonly fromDate: BusinessDate;
  /** The cut-off of the date before, by its own terms. */
  readonly beginsAt: Date;
}

/** The terms are those that held when it was loaded; where they ever change, ask `termsOn` and `zoneAt`. */
export interface BillerCalendar extends WorkingWeek, DayTerms {
  /** Left out or empty: they never changed. Else all there ever were and will be, oldest first. */
  readonly terms?: readonly TermsFrom[];
}
