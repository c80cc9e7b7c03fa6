// Plans what is to be collected by itself: walks over the mandates of an agency, a lot at a time, each in a short
// transaction. Killed anywhere and started again, what was planned is live and not taken up a second time. Any number of
// workers; two at once may meet at a bill, and then one of them plans its lot again. A mandate that cannot be planned never
// stops its neighbours: a lot that fails is halved, down to the one, which is told and left for the next planning.

import type { Biller } from '../../billers/index.ts';
import { businessNow } from '../../approvals/index.ts';
import { showId } from '../../kernel/ids.ts';
import { isUnavailable, lookUpByKeys, type Tx } from '../../platform/db/index.ts';
import { factsOf } from './plan-facts.ts';
import type { PlanParts } from './plan-parts.ts';
import { planLot, type Coverage } from './plan-lot.ts';
import { insertDebits } from './store-new.ts';
import { planRetries } from './plan-retries.ts';
import { withReach } from './reach.ts';
import { monthsUsed, nextCoverages, openBills, type Cursor } from './store-plan.ts';
import { again, announceDebits, notePlanned, tellHeld, type Debit } from '../debits/index.ts';

const LOT_MANDATES = 1_000;
/** Lots under way at once: one is reckoned here while the database works on another. */
const LANES = 2;

/** How many debits were planned for this agency. */
export async function planDebits(parts: PlanParts, billerId: number): Promise<number> {
  const { database, directory, signal } = parts;
  const biller = directory.current.billersById.get(billerId);
  if (biller === undefined) return 0;
  const node = database.nodeOf(billerId);
  const began = await node.transaction((tx) => businessNow(tx));
  let planned = 0;
  for (let after: Cursor | undefined, more = true; more;) {
    await parts.giveWay?.();
    if (signal?.aborted === true) return planned;
    const lots: Coverage[][] = [];
    while (more && lots.length < LANES) {
      const from = after;
      const lot = await node.transaction((tx) => nextCoverages(tx, billerId, from, LOT_MANDATES));
      if (lot.length > 0) lots.push(lot);
      after = lot.at(-1);
      more = lot.length === LOT_MANDATES;
    }
    const counts = await Promise.all(lots.map((lot) => planSome(parts, biller, lot)));
    for (const count of counts) planned += count;
  }
  await node.transaction((tx) => notePlanned(tx, billerId, began));
  return planned + (await planRetries(parts, biller));
}

/** How many of a lot were planned; what cannot be is told and left out. */
async function planSome(parts: PlanParts, biller: Biller, lot: readonly Coverage[]): Promise<number> {
  try {
    return await again(() =>
      parts.database.nodeOf(biller.billerId).transaction((tx) => planNext(tx, biller, lot)),
    );
  } catch (error) {
    const [only, ...others] = lot;
    if (only === undefined || isUnavailable(error)) throw error;
    if (others.length === 0) {
      const mandate = showId('mnd', only.mandateId);
      parts.log.error({ err: error, biller: biller.code, mandate }, 'a mandate could not be planned');
      return 0;
    }
    const half = lot.length >> 1;
    return (
      (await planSome(parts, biller, lot.slice(0, half))) + (await planSome(parts, biller, lot.slice(half)))
    );
  }
}

async function planNext(tx: Tx, biller: Biller, coverages: readonly Coverage[]): Promise<number> {
  await lookUpByKeys(tx);
  const { billerId, currency } = biller;
  const at = await businessNow(tx);
  const facts = await factsOf(tx, biller, [], at);
  if (facts === undefined) return 0;
  const bills = await openBills(tx, billerId, withReach(coverages, facts), facts.plannedAt);
  if (bills.length === 0) return 0;
  const used = await monthsUsed(tx, [...new Set(bills.map(({ coverage }) => coverage))]);
  const planned = planLot(bills, { ...facts, used });
  if (planned.length === 0) return 0;
  const debits = await insertDebits(tx, { billerId, currency, at }, planned);
  await announceDebits(tx, toAnnounce(debits, coverages), at);
  await tellHeld(
    tx,
    debits.filter(({ state }) => state === 'held'),
    at,
  );
  return debits.length;
}

/** What is held is told when persons have let it go. */
function toAnnounce(debits: readonly Debit[], coverages: readonly Coverage[]): Debit[] {
  const told = new Set(
    coverages.filter(({ announceDays }) => announceDays > 0).map(({ mandateId }) => mandateId),
  );
  return debits.filter(({ state, mandateId }) => state === 'planned' && told.has(mandateId));
}
