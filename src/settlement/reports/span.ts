// The days that a report is asked for.

import { daysBetween, isBusinessDate } from '../../kernel/business-date.ts';
import { refuse, type Refusal } from '../../kernel/errors.ts';

/** What is wrong with a span of at most so many days; undefined: nothing. */
export function spanFault(from: string, to: string, mostDays: number): Refusal | undefined {
  if (!isBusinessDate(from)) return refuse('malformed-request', { field: 'from' });
  if (!isBusinessDate(to) || to < from) return refuse('malformed-request', { field: 'to' });
  if (daysBetween(from, to) >= mostDays)
    return refuse('malformed-request', { field: 'to', limitDays: mostDays });
  return undefined;
}

export const MOST_DAYS = { performance: 92, statement: 366 } as const;
