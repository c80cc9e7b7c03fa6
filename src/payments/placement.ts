// What a paid bill belongs to: its unit, its service, and the budget line or lines that its amount goes to. Written with
// the payment, so that a settlement does not follow later changes of the bill.

import type { StoredBill } from '../bills/index.ts';
import type { Biller } from '../billers/index.ts';
import { parseMinor } from '../kernel/money.ts';
import { splitByLargestRemainder } from '../kernel/split.ts';

export interface Placement {
  readonly unit: string | null;
  readonly service: string | null;
  /** null: none, or several, which `budget` then says. */
  readonly budgetLine: string | null;
  /** JSON `[{"line", "minor"}]`, minor units as text, adding up to what the bill took. */
  readonly budget: string | null;
}

type Placed = Pick<StoredBill, 'unit' | 'service' | 'budgetLine' | 'lines' | 'currency'>;

/**
 * The budget lines are those of the bill's own lines, else its budget line, else its service's. Several share what was
 * paid in proportion to what they asked for, by the largest remainder: penalties and what is over follow the principal.
 * undefined: the bill belongs to nothing.
 */
export function placementOf(
  bill: Placed,
  amountMinor: bigint,
  { services }: Pick<Biller, 'services'>,
): Placement | undefined {
  const { unit, service } = bill;
  const budgets = bill.lines === null ? undefined : shares(bill.lines, bill.currency);
  if (budgets !== undefined && budgets.size > 1)
    return { unit, service, budgetLine: null, budget: split(budgets, amountMinor) };
  const [own] = budgets?.keys() ?? [];
  const ofService = service === null ? undefined : services.get(service)?.budgetLine;
  const budgetLine = own ?? bill.budgetLine ?? ofService ?? null;
  if (unit === null && service === null && budgetLine === null) return undefined;
  return { unit, service, budgetLine, budget: null };
}

/** What each budget line asks for; one that is named twice is one. */
function shares(lines: NonNullable<Placed['lines']>, currency: string): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { budgetLine, amount } of lines)
    sums.set(budgetLine, (sums.get(budgetLine) ?? 0n) + (parseMinor(amount, currency) ?? 0n));
  return sums;
}

function split(budgets: ReadonlyMap<string, bigint>, amountMinor: bigint): string {
  const lines = [...budgets.keys()];
  const parts = splitByLargestRemainder(amountMinor, [...budgets.values()]);
  return JSON.stringify(lines.map((line, i) => ({ line, minor: String(parts[i]) })));
}
