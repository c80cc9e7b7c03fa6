// How the money of one debit is divided: the till decides, as of any payment. Each bill is paid what was fixed, by the day that
// its amount goes by; one that cannot take it (paid elsewhere, cancelled, replaced meanwhile) leaves its money as the
// payer's credit. Together they are what the bank has taken, always.

import type { Quote } from '../../bills/index.ts';
import type { Words } from '../../bills/link/index.ts';
import type { Method } from '../../channels/index.ts';
import { fingerprintOf, MOST_BILLS, saidBy, type PaymentCommand, type Till } from '../../payments/index.ts';
import { showId } from '../../kernel/ids.ts';
import { LARGEST_PAYMENT } from '../../kernel/money.ts';
import { endToEndIdOf, type DebitRef } from '../debits/index.ts';
import type { BillOutcome, FixedBill } from './debit-word.ts';

export interface Collected extends DebitRef {
  readonly channelId: number;
  /** He is told of what came of his money, as one whom a channel has named. */
  readonly payer: object | null;
  readonly currency: string;
  readonly method: Method;
  /** What the bank has taken. */
  readonly amountMinor: bigint;
  readonly bills: readonly FixedBill[];
  /** Of the bills of a linked agency. */
  readonly words?: Words | undefined;
}

/** All that may be needed, for a till to look up by. */
export function commandsOf(debit: Collected): PaymentCommand[] {
  const groups = groupsOf(debit.bills);
  const spare = Array.from({ length: SPARE_NAMES }, () => groups[0] ?? []);
  return [...groups, ...groups, ...spare].map((bills, at) => commandOf(debit, bills, { nth: at + 1 }));
}

/** Names that the bank may have used up itself, as references of payments or by cancelling them. */
const SPARE_NAMES = 2;

/** Takes the payments into the till, which holds its bills. Throws when it is not to be booked as things stand. */
export function settleDebit(till: Till, debit: Collected): BillOutcome[] {
  const outcomes: BillOutcome[] = [];
  let named = 0;
  let bookedMinor = 0n;
  const take = (bills: readonly FixedBill[], outcome: BillOutcome['outcome']): Unpaid => {
    const { command, decision, nth } = decideFree(till, debit, bills, { nth: named + 1, outcome });
    if (decision.kind === 'replayed') throw new Error(`${command.reference} stands for another payment`);
    if (decision.kind !== 'paid') return decision.refusal;
    const { payment } = decision;
    if ((payment.status === 'credited') !== (outcome === 'credited'))
      throw new Error(`${command.reference} would be ${payment.status}`);
    till.take(command, decision);
    named = nth;
    bookedMinor += payment.amountMinor + payment.feeMinor;
    const { billerId, debitId } = debit;
    const { paymentId } = payment;
    outcomes.push(...bills.map(({ billNumber }) => ({ billerId, debitId, billNumber, outcome, paymentId })));
    return undefined;
  };
  for (const bills of groupsOf(debit.bills)) settleGroup(bills, take, showId('dbt', debit.debitId));
  if (bookedMinor !== debit.amountMinor)
    throw new Error(
      `of ${debit.amountMinor} of ${showId('dbt', debit.debitId)} ${bookedMinor} would be booked`,
    );
  return outcomes;
}

/** Under the next of its names that stands for nothing yet; the last one's decision where none is left. */
function decideFree(
  till: Till,
  debit: Collected,
  bills: readonly FixedBill[],
  { nth, outcome }: { nth: number; outcome: BillOutcome['outcome'] },
): { command: PaymentCommand; decision: ReturnType<Till['decide']>; nth: number } {
  for (let at = nth; ; at++) {
    const cashHeld = outcome === 'credited';
    const command = commandOf(debit, bills, { nth: at, now: till.now, cashHeld });
    const decision = till.decide(command);
    if (at === nth + SPARE_NAMES || !isTaken(decision)) return { command, decision, nth: at };
  }
}

function isTaken(decision: ReturnType<Till['decide']>): boolean {
  if (decision.kind === 'paid' || decision.kind === 'replayed') return decision.kind === 'replayed';
  return ['reference-reused', 'reference-cancelled'].includes(decision.refusal.code);
}

type Unpaid = Extract<ReturnType<Till['decide']>, { kind: 'refused' }>['refusal'] | undefined;
type Take = (bills: readonly FixedBill[], outcome: BillOutcome['outcome']) => Unpaid;

function settleGroup(bills: readonly FixedBill[], take: Take, debit: string): void {
  const first = take(bills, 'paid');
  if (first === undefined) return;
  const refused = new Set(first.bills?.map(({ billNumber }) => billNumber));
  if (refused.size === 0) throw new Error(`${debit}: ${first.code}`);
  const [held, paid] = [true, false].map((is) => bills.filter((bill) => refused.has(bill.billNumber) === is));
  for (const [some, outcome] of [
    [paid ?? [], 'paid'],
    [held ?? [], 'credited'],
  ] as const) {
    const refusal = some.length === 0 ? undefined : take(some, outcome);
    if (refusal !== undefined) throw new Error(`${debit}: ${refusal.code}`);
  }
}

/** A payment has one day that what is owed goes by, so many bills at most, and so much money. */
function groupsOf(bills: readonly FixedBill[]): FixedBill[][] {
  const days = [...new Set(bills.map(({ owedAsOf }) => owedAsOf))].sort();
  return days.flatMap((day) => {
    const ofDay = bills.filter(({ owedAsOf }) => owedAsOf === day);
    const groups: FixedBill[][] = [];
    let leftMinor = 0n;
    for (const bill of ofDay) {
      let group = groups.at(-1);
      if (group === undefined || group.length === MOST_BILLS || bill.amountMinor > leftMinor) {
        groups.push((group = []));
        leftMinor = LARGEST_PAYMENT;
      }
      group.push(bill);
      leftMinor -= bill.amountMinor;
    }
    return groups;
  });
}

interface Making {
  readonly nth: number;
  /** undefined: only to be looked up by. */
  readonly now?: Date;
  readonly cashHeld?: boolean;
}

function commandOf(
  debit: Collected,
  bills: readonly FixedBill[],
  { nth, now, cashHeld = false }: Making,
): PaymentCommand {
  const { billerId, currency, method } = debit;
  const items = bills.map((bill) => ({
    billNumber: bill.billNumber,
    amountMinor: bill.amountMinor,
    currency,
    quote: now && quoteOf(debit, bill, now),
    members: undefined,
  }));
  const details = debit.payer === null ? {} : { payer: debit.payer };
  const name = endToEndIdOf(debit.debitId);
  const [first] = bills;
  return saidBy(debit.words, {
    channelId: debit.channelId,
    billerId,
    reference: nth === 1 ? name : `${name}:${nth}`,
    items,
    method,
    outletKind: undefined,
    occurredAt: '',
    occurredInstant: '',
    feeMinor: undefined,
    cashHeld,
    details,
    detailsText: debit.payer === null ? null : JSON.stringify(details),
    fingerprint: fingerprintOf({ billerId, method, items }),
    ...(first !== undefined && { paidOn: first.owedAsOf }),
    isCollected: true,
  });
}

/** What was fixed is owed, whatever penalties or holidays have changed since, as long as the bill is the same. */
function quoteOf({ billerId, channelId }: Collected, bill: FixedBill, now: Date): Quote | undefined {
  const { billNumber, amountMinor, principalMinor, revision, owedAsOf } = bill;
  if (revision === null || principalMinor === null) return undefined;
  return {
    billerId,
    channelId,
    billNumber,
    revision,
    dueMinor: amountMinor,
    penaltyMinor: amountMinor - principalMinor,
    paidOn: owedAsOf,
    quotedAt: now.getTime(),
    validUntil: now.getTime(),
  };
}
