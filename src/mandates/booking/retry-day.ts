// When a debit that came to nothing is tried again (rules.md, "Mandates and debit orders"): by the biller's days after it,
// each once, moved to a day that works for the agency and its bank, and on which the bank can still have it in time. Pure.

import { nextWorkingDay, type WorkingWeek } from '../../calendar/index.ts';
import { addDays, type BusinessDate } from '../../kernel/business-date.ts';
import { firstDay } from '../planning/index.ts';

export interface RetryFacts {
  /** After how many days each further attempt is made. */
  readonly retryDays: readonly number[];
  readonly biller: WorkingWeek;
  readonly bank: WorkingWeek;
  /** The agency's local date. */
  readonly today: BusinessDate;
  /** The bank's: after its cut-off its next working day. */
  readonly bankToday: BusinessDate;
  /** The bank's working days that an order needs. */
  readonly leadDays: number;
}

/** undefined: it was the last attempt. Never a day that cannot be kept: a bank may return a debit weeks later. */
export function retryDay(
  { attempt, collectOn }: { readonly attempt: number; readonly collectOn: BusinessDate },
  { retryDays, biller, bank, ...facts }: RetryFacts,
): BusinessDate | undefined {
  const days = retryDays[attempt - 1];
  if (days === undefined) return undefined;
  const meant = addDays(collectOn, days);
  const first = firstDay({ ...facts, biller, bank, announceDays: 0 });
  return nextWorkingDay(meant > first ? meant : first, biller, bank);
}
