// Bills of one payer under one mandate as debits within its ceilings (rules.md, "Mandates and debit orders"). Pure. The
// oldest due first, so that what cannot be collected now is what is due last.

import type { BusinessDate } from '../../kernel/business-date.ts';

export interface Collectable {
  readonly billNumber: string;
  readonly dueOn: BusinessDate;
  /** What is owed on the day of the debit, minor units, above zero. */
  readonly dueMinor: bigint;
}

export interface Ceilings {
  readonly perDebitMinor: bigint;
  /** What may still be collected this month: the ceiling, less what was collected and what is on its way. */
  readonly leftMinor: bigint;
  /** What is over one debit: several debits, or none of it before persons have decided. */
  readonly over: 'split' | 'hold';
}

export type WhyHeld = 'per-debit' | 'per-month';

export interface Split<Bill extends Collectable> {
  /** Each within both ceilings, none empty. */
  readonly debits: readonly (readonly Bill[])[];
  readonly held: readonly { readonly bill: Bill; readonly why: WhyHeld }[];
}

/**
 * A bill is never divided: one that is above the ceiling of a debit is held. The month's ceiling holds what does not fit
 * any more, even where a smaller bill behind it would fit: the order of due dates is what the payer expects.
 */
export function splitDebit<Bill extends Collectable>(
  bills: readonly Bill[],
  ceilings: Ceilings,
): Split<Bill> {
  const { perDebitMinor, over } = ceilings;
  const ordered = bills.toSorted(byDueDate);
  const total = ordered.reduce((sum, { dueMinor }) => sum + dueMinor, 0n);
  if (over === 'hold' && total > perDebitMinor)
    return { debits: [], held: ordered.map((bill) => ({ bill, why: 'per-debit' })) };
  const debits: Bill[][] = [];
  const held: { bill: Bill; why: WhyHeld }[] = [];
  let [open, openMinor, leftMinor]: [Bill[], bigint, bigint] = [[], 0n, ceilings.leftMinor];
  let isMonthFull = false;
  for (const bill of ordered) {
    if (bill.dueMinor > perDebitMinor) {
      held.push({ bill, why: 'per-debit' });
      continue;
    }
    isMonthFull ||= bill.dueMinor > leftMinor;
    if (isMonthFull) {
      held.push({ bill, why: 'per-month' });
      continue;
    }
    if (openMinor + bill.dueMinor > perDebitMinor) {
      debits.push(open);
      [open, openMinor] = [[], 0n];
    }
    open.push(bill);
    openMinor += bill.dueMinor;
    leftMinor -= bill.dueMinor;
  }
  if (open.length > 0) debits.push(open);
  return { debits, held };
}

function byDueDate(a: Collectable, b: Collectable): number {
  if (a.dueOn !== b.dueOn) return a.dueOn < b.dueOn ? -1 : 1;
  return a.billNumber < b.billNumber ? -1 : Number(a.billNumber > b.billNumber);
}
