// Decides, bill by bill, whether the bills of a command can take its money: existence, state, currency, amount,
// in that order (api.md). Pure: reads the facts of the group, changes nothing.

import {
  amountDue,
  checkAmount,
  effectiveStatus,
  type AmountBounds,
  type AmountDue,
  type Quote,
  type StoredBill,
} from '../bills/index.ts';
import type { Biller } from '../billers/index.ts';
import type { BusinessDate } from '../kernel/business-date.ts';
import { instantOf } from '../kernel/ids.ts';
import { refuse, type BillRefusal, type Refusal } from '../kernel/errors.ts';
import type { Item, PaymentCommand } from './command.ts';
import { billKey, type Facts } from './facts.ts';
import type { PaymentLine } from './payment.ts';
import { placementOf } from './placement.ts';

export interface Assessment {
  readonly lines: PaymentLine[];
  readonly refusals: BillRefusal[];
}

interface Assessed {
  readonly lines: PaymentLine[];
  readonly refusal?: BillRefusal;
}

export function assessBills(
  command: PaymentCommand,
  facts: Facts,
  biller: Biller,
  today: BusinessDate,
): Assessment {
  const context: Context = { command, facts, biller, today: command.paidOn ?? today };
  const assessment: Assessment = { lines: [], refusals: [] };
  for (const item of command.items) {
    const assessed =
      item.members === undefined ? assessBill(context, item) : assessSet(context, item, item.members);
    assessment.lines.push(...assessed.lines);
    if (assessed.refusal !== undefined) assessment.refusals.push(assessed.refusal);
  }
  return assessment;
}

interface Context {
  readonly command: PaymentCommand;
  readonly facts: Facts;
  readonly biller: Biller;
  /** The date that what is owed goes by, where no quote says another. */
  readonly today: BusinessDate;
}

function assessBill(context: Context, item: Item): Assessed {
  const { biller, facts, today } = context;
  const bill = facts.bills.get(billKey(biller.billerId, item.billNumber));
  if (bill === undefined) return no(item, null, refuse('bill-not-found'));
  const quote = openedQuote(context.command, item, bill, facts.now);
  const paidOn = typeof quote === 'object' ? quote.paidOn : today;
  const refusal = refusedByState(context, bill, paidOn) ?? refusedByCurrency(item, biller);
  if (refusal !== undefined) return no(item, bill.payerId, refusal);
  if (typeof quote === 'string') return no(item, bill.payerId, refuse(quote, { field: 'quoteId' }));
  const due = quote ?? amountDue(bill, biller, today);
  const wrong = checkAmount(biller.policy, bill, item.amountMinor, due.dueMinor);
  if (wrong !== undefined) return no(item, bill.payerId, wrong);
  return { lines: [lineOf(bill, item.amountMinor, due, biller)] };
}

/** A pay code: the amount must cover the set; each bill gets its due, what is over goes to the last one. */
function assessSet(context: Context, item: Item, members: readonly string[]): Assessed {
  const { biller, facts, today } = context;
  const bills = members.map((number) => facts.bills.get(billKey(biller.billerId, number)));
  const payer = onlyPayer(bills);
  const owed: { bill: StoredBill; due: AmountDue; dueMinor: bigint }[] = [];
  let total = 0n;
  for (const [i, bill] of bills.entries()) {
    const memberBill = members[i] ?? '';
    if (bill === undefined) return no(item, payer, refuse('bill-not-found', { memberBill }));
    const refusal = refusedByState(context, bill, today);
    if (refusal !== undefined) return no(item, payer, refuse(refusal.code, { ...refusal.facts, memberBill }));
    const due = amountDue(bill, biller, today);
    if (due.dueMinor === null) return no(item, payer, refuse('amount-out-of-range', { memberBill }));
    total += due.dueMinor;
    owed.push({ bill, due, dueMinor: due.dueMinor });
  }
  const refusal =
    refusedByCurrency(item, biller) ??
    refusedByQuote(item) ??
    checkAmount(biller.policy, anyAmount(biller), item.amountMinor, total);
  if (refusal !== undefined) return no(item, payer, refusal);
  const over = item.amountMinor - total;
  return {
    lines: owed.map(({ bill, due, dueMinor }, i) =>
      lineOf(bill, i === owed.length - 1 ? dueMinor + over : dueMinor, due, biller),
    ),
  };
}

/** The bill's refusal, and the line by which money held by a machine becomes the payer's credit. */
function no(item: Item, payerId: string | null, refusal: Refusal): Assessed {
  const { billNumber, amountMinor } = item;
  const unpaid = { billNumber, billRevision: 0, payerId, amountMinor, dueMinor: null, penaltyMinor: 0n };
  return {
    lines: [{ ...unpaid, refusal: refusal.code }],
    refusal: { ...refusal.facts, billNumber, code: refusal.code },
  };
}

function lineOf(
  bill: StoredBill,
  amountMinor: bigint,
  due: { dueMinor: bigint | null; penaltyMinor: bigint },
  biller: Biller,
): PaymentLine {
  return {
    billNumber: bill.billNumber,
    billRevision: bill.revision,
    payerId: bill.payerId,
    amountMinor,
    dueMinor: due.dueMinor,
    penaltyMinor: due.penaltyMinor,
    refusal: null,
    placement: placementOf(bill, amountMinor, biller),
  };
}

function anyAmount(biller: Biller): AmountBounds {
  return { currency: biller.currency, minMinor: null, maxMinor: null, stepMinor: null };
}

function onlyPayer(bills: readonly (StoredBill | undefined)[]): string | null {
  const [payer, ...others] = new Set(bills.map((bill) => bill?.payerId));
  return others.length === 0 && payer !== undefined ? payer : null;
}

function refusedByState({ command }: Context, bill: StoredBill, today: BusinessDate): Refusal | undefined {
  switch (effectiveStatus(bill, today)) {
    case 'paid':
      return refuse(
        'bill-already-paid',
        bill.paymentId === null ? {} : { paidAt: instantOf(bill.paymentId).toISOString() },
      );
    case 'cancelled':
      return refusedByWord(command, bill) ?? refuse('bill-cancelled');
    case 'expired':
      return refuse('bill-expired', { expiresOn: bill.expiresOn });
    case 'open':
      return undefined;
  }
}

/** A linked agency closed it by its own word, which says why. */
function refusedByWord({ words }: PaymentCommand, { billNumber }: StoredBill): Refusal | undefined {
  const word = words?.get(billNumber);
  if (word?.said === 'unknown') return refuse('bill-not-found');
  if (word?.said === 'paid')
    return refuse('bill-already-paid', word.paidAt === null ? {} : { paidAt: word.paidAt });
  return undefined;
}

function refusedByCurrency(item: Item, biller: Biller): Refusal | undefined {
  if (item.currency === biller.currency) return undefined;
  return refuse('currency-mismatch', { field: 'amount', expected: biller.currency, given: item.currency });
}

/** Quotes are given bill by bill: none can speak for a set. */
function refusedByQuote({ quote }: Item): Refusal | undefined {
  return quote === undefined ? undefined : refuse('quote-invalid', { field: 'quoteId' });
}

/** A quote that has run out is as if none was named: the bill owes what it owes today. */
function openedQuote(
  command: PaymentCommand,
  item: Item,
  bill: StoredBill,
  now: Date,
): Quote | 'quote-invalid' | 'bill-replaced' | undefined {
  const { quote } = item;
  if (quote === undefined) return undefined;
  if (quote === 'invalid' || quote.billerId !== command.billerId || quote.channelId !== command.channelId)
    return 'quote-invalid';
  if (quote.billNumber !== item.billNumber) return 'quote-invalid';
  if (quote.validUntil < now.getTime()) return undefined;
  return quote.revision === bill.revision ? quote : 'bill-replaced';
}
