// A second look at debits that no bank has seen: those whose mandate holds no more are dropped, bills that were paid, cancelled
// or have expired are taken out. A debit of which nothing is left is dropped, and with a held one its request.

import type { Biller } from '../../billers/index.ts';
import { endAsked, lockAsked, businessNow } from '../../approvals/index.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { lookUpByKeys, type Tx } from '../../platform/db/index.ts';
import { again, lockDebits, moveDebits, UNSENT, type DebitMove } from '../debits/index.ts';
import { checkBills, mandateFault, type WhyDropped } from './check-debit.ts';
import { WORKER, type SendParts } from './send-parts.ts';
import { billsOf, lockBillsOf, mandatesOf, takeOut, type OutOfDebit } from './store-build.ts';
import { nextUnsent, setSums, type ReviewCursor, type Reviewed, type Unsent } from './store-review.ts';

const WALK_DEBITS = 1_000;
const LOT_DEBITS = 100;
const STATES: readonly Unsent[] = ['planned', 'held'];

/** How many debits were changed. */
export async function reviewDebits(parts: SendParts, billerId: number): Promise<number> {
  const biller = parts.directory.current.billersById.get(billerId);
  if (biller === undefined) return 0;
  const node = parts.database.nodeOf(billerId);
  let changed = 0;
  for (const state of STATES) {
    for (let after: ReviewCursor | undefined, more = true; more && parts.signal?.aborted !== true;) {
      await parts.giveWay?.();
      const from = after;
      const seen = await node.transaction(async (tx) => {
        await lookUpByKeys(tx);
        return nextUnsent(tx, { billerId, state }, from, WALK_DEBITS);
      });
      const doubtful = seen.filter(({ isDoubtful }) => isDoubtful);
      for (let i = 0; i < doubtful.length; i += LOT_DEBITS) {
        const lot = doubtful.slice(i, i + LOT_DEBITS);
        changed += await again(() => node.transaction((tx) => reviewLot(tx, biller, lot)));
      }
      after = seen.at(-1);
      more = seen.length === WALK_DEBITS;
    }
  }
  return changed;
}

/** Locks requests, bills, debits. */
async function reviewLot(tx: Tx, biller: Biller, lot: readonly Reviewed[]): Promise<number> {
  const { billerId } = biller;
  const requests = lot.flatMap(({ approvalId }) => (approvalId === null ? [] : [{ billerId, approvalId }]));
  await lockAsked(tx, requests);
  const bills = await billsOf(tx, billerId, lot);
  const now = await lockBillsOf(
    tx,
    billerId,
    bills.map(({ billNumber }) => billNumber),
  );
  const debits = (await lockDebits(tx, lot)).filter(({ state }) => UNSENT.includes(state));
  const mandates = await mandatesOf(tx, billerId, debits);
  const at = await businessNow(tx);
  const moves: DebitMove[] = [];
  const out: OutOfDebit[] = [];
  const sums: { debitId: Uuid; amountMinor: bigint }[] = [];
  for (const debit of debits) {
    const mandate = mandates.get(debit.debitId);
    if (mandate === undefined) throw new Error(`debit ${debit.debitId} is under no mandate`);
    const planned = bills
      .filter(({ debitId }) => debitId === debit.debitId)
      .map((bill) => ({ ...bill, now: now.get(bill.billNumber) }));
    const checked = checkBills(planned, mandate, { ...debit, biller });
    const nothing: WhyDropped | undefined = checked.bills.length === 0 ? 'nothing-left' : undefined;
    const why = mandateFault(mandate, debit.collectOn) ?? nothing;
    out.push(...checked.out.map((each) => ({ ...each, billerId, debitId: debit.debitId })));
    if (why !== undefined) moves.push({ debit, to: 'dropped', why });
    else if (checked.out.length > 0)
      sums.push({ debitId: debit.debitId, amountMinor: sumOf(planned, checked.out) });
  }
  await takeOut(tx, out);
  await setSums(tx, billerId, sums);
  await moveDebits(tx, moves, { actor: WORKER, at });
  const dropped = new Map(moves.map(({ debit, why }) => [debit.debitId, why]));
  for (const { debitId, approvalId } of lot)
    if (approvalId !== null && dropped.has(debitId))
      await endAsked(tx, { billerId, approvalId }, `the debit is dropped: ${dropped.get(debitId) ?? ''}`);
  return moves.length + sums.length;
}

/** Of what stays, as it was planned: its amounts are fixed when it is built. */
function sumOf(
  planned: readonly { readonly billNumber: string; readonly amountMinor: bigint }[],
  out: readonly { readonly billNumber: string }[],
): bigint {
  const gone = new Set(out.map(({ billNumber }) => billNumber));
  return planned.reduce(
    (sum, { billNumber, amountMinor }) => (gone.has(billNumber) ? sum : sum + amountMinor),
    0n,
  );
}
