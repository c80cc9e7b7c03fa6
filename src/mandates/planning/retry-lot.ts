// Debits that came to nothing and are tried again, by the biller's rule: decided from facts alone. What is still open of the
// bills goes into one debit, owed as of the day that was meant. The payer knows day and amount from what he was told of the
// failure; another day, or more than that, is told him anew, so many days before as his mandate says.

import { nextWorkingDay } from '../../calendar/index.ts';
import { addDays, type BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { collectableMinor } from '../debits/index.ts';
import { firstDay, sendDay } from './collection-day.ts';
import {
  leadOf,
  monthKey,
  type Coverage,
  type OpenBill,
  type Owed,
  type PlanFacts,
  type PlannedDebit,
} from './plan-lot.ts';

export interface RetryDue {
  readonly debitId: Uuid;
  readonly coverage: Pick<
    Coverage,
    | 'mandateBillerId'
    | 'mandateId'
    | 'channelId'
    | 'validUntil'
    | 'perDebitMinor'
    | 'perMonthMinor'
    | 'announceDays'
  >;
  readonly mandateState: string;
  /** Open, and no more covered by the mandate. */
  readonly hasUncovered: boolean;
  /** Open and covered, and collected on the due date to which it was put off. */
  readonly hasPutOff: boolean;
  /** Another try of it has been made, of what was open then. */
  readonly isRetried: boolean;
  /** Another try was dropped before any bank had it: the payer knows that it did not come. */
  readonly wasDropped: boolean;
  readonly attempt: number;
  /** Of the debit that came to nothing. */
  readonly collectOn: BusinessDate;
  /** A working day. */
  readonly retryOn: BusinessDate;
  /** Still open, and in no other try. */
  readonly bills: readonly (Omit<OpenBill, 'coverage' | 'cameAt'> & {
    /** What the debit that came to nothing was to collect of it. */
    readonly toldMinor: bigint;
  })[];
}

/** Why another try that was promised does not come after all. */
export type WhyGivenUp = 'mandate-cancelled' | 'mandate-expired' | 'mandate-suspended' | 'nothing-left';

export interface GivenUp {
  readonly debitId: Uuid;
  readonly why: WhyGivenUp;
  /** The payer was told that it did not come. */
  readonly isKnown: boolean;
}

export interface RetriesDecided {
  readonly planned: readonly PlannedDebit[];
  readonly givenUp: readonly GivenUp[];
}

/** So long after its day a retry is still made: the bank's account was not there, the mandate was suspended. */
export const LATE_DAYS = 62;

/**
 * Those of them that have to be with the bank, or to be told, today; and those that can come no more. A retry is one debit: what
 * is above a ceiling by now is held. What a suspended mandate covers waits.
 */
export function retryLot(due: readonly RetryDue[], facts: PlanFacts): RetriesDecided {
  const used = new Map(facts.used);
  const givenUp: GivenUp[] = [];
  const planned = due.flatMap((each): PlannedDebit[] => {
    const { coverage, debitId, attempt } = each;
    // One whose try has gone is not given up for what that try has lost.
    const giveUp = (why: WhyGivenUp): PlannedDebit[] => {
      if (!each.isRetried) givenUp.push({ debitId, why, isKnown: each.wasDropped });
      return [];
    };
    const why = whyNever(each, facts);
    if (why !== undefined) return giveUp(why);
    if (each.mandateState !== 'accepted' || each.bills.length === 0) return [];
    const bills = owed(each, facts);
    const isMore = bills.some(({ dueMinor, toldMinor }) => dueMinor > toldMinor);
    const isNew = isMore || each.wasDropped || dayOf(each, 0, facts).collectOn !== each.retryOn;
    const { announceDays } = coverage;
    const { collectOn, sendOn } = dayOf(each, isNew ? announceDays : 0, facts);
    // Not after the day that he was promised: he has the money ready for it.
    const isPassing = sendDay(each.retryOn, leadOf(coverage, facts), facts.bank) <= facts.bankToday;
    const isToTell = isNew && (isPassing || addDays(facts.today, announceDays) >= collectOn);
    if (sendOn > facts.bankToday && !isToTell) return [];
    if (coverage.validUntil !== null && collectOn > coverage.validUntil) return giveUp('mandate-expired');
    if (bills.length === 0) return giveUp('nothing-left');
    const minor = bills.reduce((sum, { dueMinor }) => sum + dueMinor, 0n);
    const month = monthKey(coverage, collectOn);
    const usedMinor = used.get(month) ?? 0n;
    const isOverMonth = usedMinor + minor > coverage.perMonthMinor;
    const held = minor > coverage.perDebitMinor ? 'per-debit' : isOverMonth ? 'per-month' : undefined;
    if (held === undefined) used.set(month, usedMinor + minor);
    const toldMinor = bills.reduce((sum, bill) => sum + bill.toldMinor, 0n);
    const told = isNew && { told: { on: each.retryOn, minor: toldMinor } };
    const retry = { of: debitId, attempt: attempt + 1, ...told };
    const isTold = isNew && held === undefined;
    return [{ coverage, collectOn, sendOn, bills, held, isTold, retry }];
  });
  return { planned, givenUp };
}

/** As soon as it is known. */
function whyNever(
  { mandateState, coverage, retryOn, bills, hasUncovered, hasPutOff }: RetryDue,
  { today }: PlanFacts,
): WhyGivenUp | undefined {
  if (bills.length === 0 && hasPutOff && ['accepted', 'suspended'].includes(mandateState)) return undefined;
  if (bills.length === 0 && !hasUncovered) return 'nothing-left';
  if (mandateState === 'suspended')
    return addDays(retryOn, LATE_DAYS) <= today ? 'mandate-suspended' : undefined;
  if (mandateState === 'expired' || (coverage.validUntil !== null && retryOn > coverage.validUntil))
    return 'mandate-expired';
  return mandateState !== 'accepted' || bills.length === 0 ? 'mandate-cancelled' : undefined;
}

function dayOf(
  { retryOn, coverage }: RetryDue,
  announceDays: number,
  facts: PlanFacts,
): Pick<PlannedDebit, 'collectOn' | 'sendOn'> {
  const { biller, bank } = facts;
  const leadDays = leadOf(coverage, facts);
  const first = firstDay({ ...facts, leadDays, biller: biller.calendar, announceDays });
  const collectOn = nextWorkingDay(retryOn > first ? retryOn : first, biller.calendar, bank);
  return { collectOn, sendOn: sendDay(collectOn, leadDays, bank) };
}

/** The day by the rule, where only days off have moved it; a bank that took it back late has made its own day. */
function owed(
  { attempt, collectOn, retryOn, bills }: RetryDue,
  { biller, bank, retryDays }: PlanFacts,
): (Owed & { readonly toldMinor: bigint })[] {
  const days = retryDays[attempt - 1];
  const meant = days === undefined ? retryOn : addDays(collectOn, days);
  const owedAsOf = nextWorkingDay(meant, biller.calendar, bank) === retryOn ? meant : retryOn;
  return bills.flatMap((bill) => {
    if (bill.expiresOn !== null && owedAsOf > bill.expiresOn) return [];
    const dueMinor = collectableMinor(bill, biller, owedAsOf);
    const { billNumber, dueOn, revision, toldMinor } = bill;
    return dueMinor === null ? [] : [{ billNumber, dueOn, dueMinor, owedAsOf, revision, toldMinor }];
  });
}
