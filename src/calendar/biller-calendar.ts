// What a biller's calendar is made of. Values only: the rooms above load them, this room computes with them.

import type { BusinessDate } from '../kernel/business-date.ts';

/** The days nobody works: enough for value dates. A bank has one too. */
export interface WorkingWeek {
  /** ISO weekdays, Monday 1 to Sunday 7; Oman's Friday and Saturday are [5, 6]. */
  readonly weekend: readonly number[];
  /** Confirmed and tentative holidays; struck ones left out. */
  readonly holidays: ReadonlySet<BusinessDate>;
}

export interface BillerCalendar extends WorkingWeek {
  /** IANA name, for example Asia/Muscat. */
  readonly timeZone: string;
  /** Local time HH:MM at which a business date ends; 00:00 and 24:00 are the midnight at its end. */
  readonly cutOff: string;
}
