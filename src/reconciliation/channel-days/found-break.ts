// A judged pair, or a reference that comes more than once, as the break that persons see: what is at stake, and both sides
// in their own words.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Json } from '../../kernel/errors.ts';
import { showId } from '../../kernel/ids.ts';
import { money, toText } from '../../kernel/money.ts';
import type { BreakKind, FoundBreak } from '../breaks/index.ts';
import type { DayKey, DayLine } from './day.ts';
import { isTakenAt, type OurAnswer, type OurPayment, type Pair } from './judge.ts';

/** Of breaks found by a day's file, whichever day's. */
export const KEY_PREFIX = 'day:';
/** Before what a key says besides; no reference has it. */
export const KEY_MARK = '#';

export function breakOf(day: DayKey, kind: BreakKind, pair: Pair): FoundBreak {
  const { theirs, payment, answer } = pair;
  return {
    ...commonOf(day, kind, pair.reference),
    billerId: payment?.billerId ?? answer?.billerId ?? 0,
    paymentId: payment?.paymentId ?? null,
    line: theirs?.line ?? null,
    ...stakeOf(kind, theirs, payment),
    ours: payment === null ? answerText(answer) : paymentText(payment, day.businessDate),
    theirs: theirs === null ? null : lineText(theirs),
  };
}

/**
 * A reference that the file gives more than once. Its first line is compared with our books, the others are this break, those
 * of each currency one of their own: amounts of two currencies have no sum.
 */
export interface Repeated {
  readonly reference: string;
  readonly firstLine: number;
  readonly times: number;
  /** The first of the others. */
  readonly lines: readonly number[];
  readonly currency: string;
  /** Than the first line's. */
  readonly isOtherCurrency: boolean;
  /** Of the others that say that money was taken. */
  readonly amountMinor: bigint;
}

export function repeatedBreak(day: DayKey, repeated: Repeated, pair: Pair): FoundBreak {
  const { reference, firstLine, times, lines, currency, isOtherCurrency, amountMinor } = repeated;
  const { payment, answer } = pair;
  const common = commonOf(day, 'duplicate-there', reference);
  return {
    ...common,
    key: isOtherCurrency ? `${common.key}${KEY_MARK}${currency}` : common.key,
    billerId: payment?.billerId ?? answer?.billerId ?? 0,
    paymentId: payment?.paymentId ?? null,
    line: firstLine,
    currency,
    amountMinor,
    ours: payment === null ? answerText(answer) : paymentText(payment, day.businessDate),
    theirs: { lines: [firstLine, ...lines], times, amount: amountText(amountMinor, currency) },
  };
}

function commonOf(day: DayKey, kind: BreakKind, reference: string) {
  return {
    key: `${KEY_PREFIX}${day.channelId}:${day.businessDate}:${kind}:${reference}`,
    kind,
    channelId: day.channelId,
    businessDate: day.businessDate,
    reference,
    statementId: null,
  };
}

/** Of two amounts in one currency their difference, of the fees where only they differ; else the whole. */
function stakeOf(
  kind: BreakKind,
  theirs: DayLine | null,
  payment: OurPayment | null,
): Pick<FoundBreak, 'currency' | 'amountMinor'> {
  const side = payment ?? theirs;
  if (side === null) throw new Error('a break has at least one side');
  const { currency } = side;
  if (kind !== 'amount-differs' || theirs === null || payment === null || theirs.currency !== currency)
    return { currency, amountMinor: side.amountMinor };
  const amounts = theirs.amountMinor - payment.amountMinor;
  const difference = amounts === 0n ? (theirs.feeMinor ?? 0n) - payment.feeMinor : amounts;
  return { currency, amountMinor: difference < 0n ? -difference : difference };
}

function paymentText(payment: OurPayment, businessDate: BusinessDate): Json {
  const { billerCode, currency, reversedOn } = payment;
  return {
    status: isTakenAt(payment, businessDate) ? payment.status : 'reversed',
    amount: amountText(payment.amountMinor, currency),
    fee: amountText(payment.feeMinor, currency),
    businessDate: payment.businessDate,
    acceptedAt: payment.acceptedAt.toISOString(),
    ...(reversedOn !== null && { reversedOn }),
    paymentId: showId('pay', payment.paymentId),
    billerCode,
  };
}

function answerText(answer: OurAnswer | null): Json {
  if (answer === null) return null;
  const { outcome, code, recordedAt } = answer;
  return { status: outcome, ...(code !== null && { code }), recordedAt: recordedAt.toISOString() };
}

function lineText({ line, currency, amountMinor, feeMinor, status, businessDate, more }: DayLine): Json {
  return {
    line,
    status,
    amount: amountText(amountMinor, currency),
    ...(feeMinor !== null && { fee: amountText(feeMinor, currency) }),
    ...(businessDate !== null && { businessDate }),
    ...(more !== null && { ...more }),
  };
}

function amountText(minor: bigint, currency: string): Json {
  return { ...toText(money(minor, currency)) };
}
