// What planning would plan for an agency now, by the same rules and from the same facts. Nothing is written.

import { businessNow } from '../../approvals/index.ts';
import type { Biller } from '../../billers/index.ts';
import { lookUpByKeys, type Database } from '../../platform/db/index.ts';
import { factsOf } from './plan-facts.ts';
import { planLot, type PlannedDebit } from './plan-lot.ts';
import { dueNow } from './plan-retries.ts';
import { retryLot } from './retry-lot.ts';
import { nextCoverages, openBills, type Cursor } from './store-plan.ts';
import type { RetryCursor } from './store-retry.ts';

const LOT = 500;

/** A lot at a time; second tries behind the first ones. */
export async function* wouldPlan(
  database: Database,
  biller: Biller,
): AsyncGenerator<readonly PlannedDebit[]> {
  const { billerId } = biller;
  const node = database.nodeOf(billerId);
  for (let after: Cursor | undefined, more = true; more;) {
    const from = after;
    const lot = await node.transaction(async (tx) => {
      await lookUpByKeys(tx);
      const coverages = await nextCoverages(tx, billerId, from, LOT);
      const facts = await factsOf(tx, biller, coverages, await businessNow(tx));
      const bills = facts && (await openBills(tx, billerId, coverages, facts.plannedAt));
      return { coverages, planned: facts && bills ? planLot(bills, facts) : [] };
    });
    yield lot.planned;
    after = lot.coverages.at(-1);
    more = lot.coverages.length === LOT;
  }
  for (let after: RetryCursor | undefined, more = true; more;) {
    const place = { after, most: LOT };
    const lot = await node.transaction(async (tx) => {
      const at = await businessNow(tx);
      const due = await dueNow(tx, biller, at, place);
      const coverages = due.map(({ coverage }) => coverage);
      const facts = await factsOf(tx, biller, coverages, at);
      return { due, planned: facts === undefined ? [] : retryLot(due, facts).planned };
    });
    yield lot.planned;
    after = lot.due.at(-1);
    more = lot.due.length === LOT;
  }
}
