// What open bills come to in a span of days by the rules of planning, as they stand today. Nothing is written.

import type { Biller } from '../../billers/index.ts';
import { businessNow } from '../../approvals/index.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Database } from '../../platform/db/index.ts';
import { factsOf } from '../planning/plan-facts.ts';
import { planLot, type OpenBill, type PlannedDebit } from '../planning/plan-lot.ts';
import { nextCoverages, openBills, type Cursor } from '../planning/store-plan.ts';
import type { Span } from './store-sums.ts';

const LOT_MANDATES = 500;

/** `mandates`: of these alone; null: of all that collect by themselves. */
export async function* expectDebits(
  database: Database,
  biller: Biller,
  { from, to }: Span,
  mandates: readonly Uuid[] | null,
): AsyncGenerator<readonly PlannedDebit[]> {
  const { billerId } = biller;
  const node = database.nodeOf(billerId);
  for (let after: Cursor | undefined; ;) {
    const begin = after;
    const lot = await node.transaction(async (tx) => {
      const coverages = await nextCoverages(tx, billerId, begin, LOT_MANDATES, mandates);
      const last = coverages.at(-1);
      const facts = last && (await factsOf(tx, biller, coverages, await businessNow(tx)));
      return facts && { last, facts, bills: await openBills(tx, billerId, coverages, facts.plannedAt) };
    });
    if (lot === undefined) return;
    const { facts, bills } = lot;
    // What is collected before the span uses up the ceilings of its month.
    const debits = planLot(bills.toSorted(byDueDate), facts, ({ collectOn }) => collectOn <= to);
    yield debits.filter(({ collectOn }) => collectOn >= from);
    after = lot.last;
  }
}

/** What is due first uses up the ceilings first. */
function byDueDate(a: OpenBill, b: OpenBill): number {
  if (a.dueOn !== b.dueOn) return a.dueOn < b.dueOn ? -1 : 1;
  return a.billNumber < b.billNumber ? -1 : 1;
}
