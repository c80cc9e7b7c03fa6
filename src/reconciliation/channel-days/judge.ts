// What a line of a channel's file and our payment under the same reference have to say to each other. Pure. The day is
// judged as it ended: a payment that was taken back on a later date had been taken on this one.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { BreakKind } from '../breaks/index.ts';
import type { DayLine } from './day.ts';

export interface OurPayment {
  readonly billerId: number;
  readonly billerCode: string;
  readonly paymentId: Uuid;
  /** When it was taken; `reversedOn` says what became of it. */
  readonly status: 'accepted' | 'credited';
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
  readonly businessDate: BusinessDate;
  readonly acceptedAt: Date;
  readonly reversedOn: BusinessDate | null;
}

/** A reference under which no payment stands: why not. */
export interface OurAnswer {
  readonly outcome: 'refused' | 'cancelled';
  readonly billerId: number;
  readonly code: string | null;
  readonly recordedAt: Date;
}

/** The two sides of one reference; at least one of `theirs` and `payment` is there. */
export interface Pair {
  readonly reference: string;
  readonly theirs: DayLine | null;
  readonly payment: OurPayment | null;
  readonly answer: OurAnswer | null;
  /** Persons have resolved a break that accounts for our payment on another date than its own. */
  readonly isSettled: boolean;
}

/** undefined: they say the same. Of several differences the first in this order: status, amount, date. */
export function judge(businessDate: BusinessDate, pair: Pair): BreakKind | undefined {
  const { theirs, payment, answer, isSettled } = pair;
  if (theirs === null) {
    if (payment === null || payment.businessDate !== businessDate || isSettled) return undefined;
    return isTakenAt(payment, businessDate) ? 'missing-there' : undefined;
  }
  // Neither has the money: what we refused or never took, they gave back.
  if (payment === null) return answer !== null && theirs.status === 'reversed' ? undefined : 'missing-here';
  if (!hasStatus(theirs, payment, businessDate)) return 'status-differs';
  if (!hasAmount(theirs, payment)) return 'amount-differs';
  return hasDate(theirs, payment, businessDate) || isSettled ? undefined : 'wrong-day';
}

/** Not given back by the end of this date, nor by the end of its own. */
export function isTakenAt(payment: OurPayment, businessDate: BusinessDate): boolean {
  const { reversedOn } = payment;
  return reversedOn === null || (reversedOn > businessDate && reversedOn > payment.businessDate);
}

/**
 * `accepted` says that the channel has the money, whatever we did with it. A channel that writes its file late may know of
 * a reversal on a later date already: then both say that the money is back.
 */
function hasStatus(theirs: DayLine, payment: OurPayment, businessDate: BusinessDate): boolean {
  if (theirs.status === 'reversed') return payment.reversedOn !== null;
  if (!isTakenAt(payment, businessDate)) return false;
  return theirs.status === 'accepted' || payment.status === 'credited';
}

function hasAmount(theirs: DayLine, payment: OurPayment): boolean {
  if (theirs.currency !== payment.currency || theirs.amountMinor !== payment.amountMinor) return false;
  return theirs.feeMinor === null || theirs.feeMinor === payment.feeMinor;
}

/** A reversal may be listed on the payment's date and on its own. */
function hasDate(theirs: DayLine, payment: OurPayment, businessDate: BusinessDate): boolean {
  const dates =
    theirs.status === 'reversed' ? [payment.businessDate, payment.reversedOn] : [payment.businessDate];
  return (
    dates.includes(businessDate) && (theirs.businessDate === null || dates.includes(theirs.businessDate))
  );
}
