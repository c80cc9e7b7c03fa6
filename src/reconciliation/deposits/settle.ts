// How the money of one deposit is divided (rules.md, "Statements and direct deposits"): the till decides, as of any
// payment. Fits: paid. Over: paid whole where the agency takes what is over, else the due, and the rest is credit. Short,
// paid before, cancelled, expired: credit. A fee that the payer bears comes out of the deposit.

import type { Code, Refusal } from '../../kernel/errors.ts';
import { parseMinor } from '../../kernel/money.ts';
import type { Decision, PaymentCommand, Till } from '../../payments/index.ts';
import { commandOf, type PayingPlan, type Tender } from './command.ts';

type Paid = Extract<Decision, { kind: 'paid' }>;

export interface Part {
  readonly command: PaymentCommand;
  readonly decision: Paid;
}

export interface Settled {
  /** Payments, which the till has not taken yet. */
  readonly parts: readonly Part[];
  /** What no payment could take up, not even one that becomes credit. */
  readonly leftMinor: bigint;
  /** Why its bills are not paid; undefined: they are. */
  readonly refusal: Code | undefined;
}

/** A fee may depend on the amount that is left when it is taken out: so often it is looked at again. */
const TRIES = 5;

/** `adapt`: what an agency said of the bills, into each command. Nothing is taken. */
export function settleDeposit(
  till: Till,
  tender: Tender,
  plan: PayingPlan,
  adapt: (command: PaymentCommand) => PaymentCommand,
): Settled {
  const total = tender.line.amountMinor;
  // Bills that were replaced since they were found may leave nothing for the last of them.
  if (spread(plan, total).some((minor) => minor <= 0n))
    return { parts: [], leftMinor: total, refusal: 'underpayment' };
  const pay = (minor: bigint): Part | Refusal => {
    const command = adapt(commandOf(tender, plan, spread(plan, minor)));
    return decided(till, { ...command, cashHeld: false });
  };
  const main = paidWhole(total, pay);
  if ('code' in main) {
    // Without the fee that its payment would cost, it can only be credit.
    const held = decided(till, { ...adapt(commandOf(tender, plan, spread(plan, total))), feeMinor: 0n });
    const parts = 'code' in held ? [] : [held];
    return { parts, leftMinor: total - sum(parts), refusal: main.code };
  }
  return { parts: [main], leftMinor: total - spent(main), refusal: undefined };
}

/** What is over as a payment that becomes credit of the payer; call it when the main part is taken. */
export function settleRest(
  till: Till,
  tender: Tender,
  plan: PayingPlan,
  restMinor: bigint,
): Part | undefined {
  const last: PayingPlan = plan.kind === 'code' ? plan : { ...plan, bills: plan.bills.slice(-1) };
  const over = decided(till, commandOf(tender, last, [restMinor], ':rest'));
  return 'code' in over || over.decision.payment.status !== 'credited' ? undefined : over;
}

function decided(till: Till, command: PaymentCommand): Part | Refusal {
  const decision = till.decide(command);
  if (decision.kind === 'replayed') throw new Error(`deposit ${command.reference} was taken before`);
  return decision.kind === 'paid' ? { command, decision } : decision.refusal;
}

type Pay = (minor: bigint) => Part | Refusal;

/** As much of it as may be paid, fee included, never more than was sent. */
function paidWhole(total: bigint, pay: Pay): Part | Refusal {
  let next = pay(total);
  if ('code' in next && next.code === 'overpayment') {
    const dueMinor = dueIn(next);
    if (dueMinor === undefined) return next;
    next = pay(dueMinor);
    return 'code' in next || spent(next) <= total ? next : short(next);
  }
  for (let tries = 0; tries < TRIES && !('code' in next) && spent(next) !== total; tries++) {
    const again = pay(total - next.decision.payment.feeMinor);
    // What is left when the fee is taken out is below the due.
    if ('code' in again) return again;
    if (spent(again) === spent(next)) break;
    next = again;
  }
  return 'code' in next || spent(next) <= total ? next : short(next);
}

function short({ decision: { payment } }: Part): Refusal {
  return { code: 'underpayment', facts: { billNumber: payment.lines[0]?.billNumber ?? '' } };
}

function dueIn({ facts }: Refusal): bigint | undefined {
  const due = facts?.['amountDue'];
  if (typeof due !== 'object' || due === null || !('value' in due)) return undefined;
  const { value, currency } = due;
  return typeof value === 'string' && typeof currency === 'string' ? parseMinor(value, currency) : undefined;
}

export function spent({ decision: { payment } }: Part): bigint {
  return payment.amountMinor + payment.feeMinor;
}

function sum(parts: readonly Part[]): bigint {
  return parts.reduce((total, part) => total + spent(part), 0n);
}

/** Each bill its due, the last one what is left; of one bill or a code all. */
function spread(plan: PayingPlan, minor: bigint): bigint[] {
  if (plan.kind === 'code') return [minor];
  let left = minor;
  return plan.bills.map(({ dueMinor }, at) => {
    const amount = at === plan.bills.length - 1 ? left : (dueMinor ?? 0n);
    left -= amount;
    return amount;
  });
}
