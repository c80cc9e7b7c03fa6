// What planning goes by: the days of the agency and of its bank, and what the mandates at hand have used of their months.

import { bankCalendar, readBank } from '../../billers/bank/index.ts';
import type { Biller } from '../../billers/index.ts';
import { bankDate, calendarDate, type BillerCalendar } from '../../calendar/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { apiChannels, readDebitTerms } from '../debits/index.ts';
import { isBefore, type Today } from './collection-day.ts';
import type { Coverage, PlanFacts } from './plan-lot.ts';
import { monthsUsed } from './store-plan.ts';

/** undefined: the agency collects nothing by itself. */
export async function factsOf(
  tx: Tx,
  biller: Biller,
  coverages: readonly Pick<Coverage, 'mandateBillerId' | 'mandateId'>[],
  at: Date,
): Promise<PlanFacts | undefined> {
  const terms = await readDebitTerms(tx, biller.billerId);
  const bank = terms && (await readBank(tx, terms.bankId));
  if (terms === undefined || bank === undefined) return undefined;
  const calendar = await bankCalendar(tx, terms.bankId);
  const daysAt = daysOf(biller, calendar);
  const now = daysAt(at);
  const { plannedAt } = terms;
  return {
    biller,
    bank: calendar,
    leadDays: bank.leadDays,
    apiChannels: await apiChannels(tx),
    overCeiling: terms.overCeiling,
    retryDays: terms.retryDays,
    ...now,
    plannedAt: plannedAt !== null && isBefore(daysAt(plannedAt), now) ? plannedAt : null,
    daysAt,
    used: await monthsUsed(tx, coverages),
  };
}

/** Most are asked for the same moment. */
function daysOf({ calendar }: Biller, bank: BillerCalendar): (at: Date) => Today {
  const known = new Map<number, Today>();
  return (at) => {
    const days = known.get(at.getTime()) ?? {
      today: calendarDate(at, calendar),
      bankToday: bankDate(at, bank),
    };
    known.set(at.getTime(), days);
    return days;
  };
}
