// How far planning has to look: a bill that falls due later can neither have to be told nor have to be with the bank today.
// Most of what is open on an ordinary day lies there, or under mandates of fixed days that have not come.

import { addDays, type BusinessDate } from '../../kernel/business-date.ts';
import { dayOf, isDay, kindOf, type Coverage, type DayFacts } from './plan-lot.ts';
import type { Looked } from './store-plan.ts';

/** Those of which something may have to be done today, each with the last due date of that. */
export function withReach(coverages: readonly Coverage[], facts: DayFacts): Looked[] {
  const known = new Map<string, Reach | undefined>();
  return coverages.flatMap((coverage) => {
    const kind = kindOf(coverage, facts);
    if (!known.has(kind)) known.set(kind, reachOf(coverage, facts));
    const reach = known.get(kind);
    return reach === undefined ? [] : [{ ...coverage, ...reach }];
  });
}

type Reach = Pick<Looked, 'reach'>;

/** undefined: nothing of it. By fixed days it is the mandate's day that counts, whatever its bills are due. */
function reachOf(coverage: Coverage, facts: DayFacts): Reach | undefined {
  // What was missed goes by the oldest day that may have been meant.
  const since = facts.plannedAt === null ? undefined : facts.daysAt(facts.plannedAt);
  const isTaken = (dueOn: BusinessDate): boolean => {
    const day = dayOf({ coverage, dueOn }, since, facts);
    return day !== undefined && isDay(day, coverage, facts);
  };
  if (coverage.collect.on === 'days') return isTaken(facts.today) ? {} : undefined;
  let reach = facts.today;
  while (isTaken(addDays(reach, 1))) reach = addDays(reach, 1);
  return { reach };
}
