// Whether a bill takes the amount that is tendered (rules.md, "Amount policy"). Remember: a bill with a fixed
// amount is never taken below its due, under any policy; only open amounts have bounds instead.

import type { AmountPolicy } from '../billers/index.ts';
import { refuse, type Facts, type Refusal } from '../kernel/errors.ts';
import { formatMinor } from '../kernel/money.ts';
import type { BillFacts } from './amount-due.ts';

export type AmountBounds = Pick<BillFacts, 'currency' | 'minMinor' | 'maxMinor' | 'stepMinor'>;

/**
 * Nothing when the bill takes `tenderedMinor`, else the refusal. `dueMinor` is what it needs now or what was quoted,
 * penalty included; null for an open amount. What is over is taken under `at-least` alone: a fixed amount of a
 * `between` biller has no bounds of its own, so it is due exactly.
 */
export function checkAmount(
  policy: AmountPolicy,
  bill: AmountBounds,
  tenderedMinor: bigint,
  dueMinor: bigint | null,
): Refusal | undefined {
  if (dueMinor === null) return checkBounds(bill, tenderedMinor);
  if (tenderedMinor < dueMinor) return refuse('underpayment', { amountDue: text(dueMinor, bill.currency) });
  if (tenderedMinor === dueMinor || policy === 'at-least') return undefined;
  return refuse('overpayment', { amountDue: text(dueMinor, bill.currency) });
}

/** Bounds are inclusive; steps are counted from the minimum. Nothing at all is never an amount. */
function checkBounds(bill: AmountBounds, tenderedMinor: bigint): Refusal | undefined {
  const { currency, maxMinor, stepMinor } = bill;
  const minMinor = bill.minMinor ?? 0n;
  const fits =
    tenderedMinor > 0n &&
    tenderedMinor >= minMinor &&
    (maxMinor === null || tenderedMinor <= maxMinor) &&
    (stepMinor === null || stepMinor === 0n || (tenderedMinor - minMinor) % stepMinor === 0n);
  if (fits) return undefined;
  return refuse('amount-out-of-range', {
    min: text(minMinor, currency),
    ...(maxMinor !== null && { max: text(maxMinor, currency) }),
    ...(stepMinor !== null && { step: text(stepMinor, currency) }),
  });
}

function text(minor: bigint, currency: string): Facts {
  return { value: formatMinor(minor, currency), currency };
}
