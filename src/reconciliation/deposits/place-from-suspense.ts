// What a person decides of a deposit that lies in suspense, or of a credit that nobody could place at all: it pays this
// bill, or is that payer's credit. By the same rules as when it came; what lies in suspense leaves the operator's book by
// the mirror of the journal that brought it there.

import type { Words } from '../../bills/link/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { OPERATOR } from '../../ledger/index.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { NoOpenDay, StaleDirectory, type Till } from '../../payments/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { bookSuspense } from './book.ts';
import type { DepositLine, Plan } from './deposit.ts';
import { placeLine, type Placed } from './place-line.ts';
import { openTill, type LotTools } from './place-lot.ts';
import { insertMatches, isPayer, lockCredit, markDeposit, type Match } from './store-lines.ts';

export interface SuspenseWish {
  readonly statementId: Uuid;
  readonly line: number;
  /** A bill of the biller's, or a payer whose credit it becomes. */
  readonly to:
    | { readonly billerId: number; readonly billNumber: string }
    | { readonly billerId: number; readonly payerId: string };
  /** Of the request that was accepted. */
  readonly approvalId?: Uuid | undefined;
  /** What a linked agency said of the bill before this transaction. */
  readonly words?: Words | undefined;
}

/**
 * Nothing happens when it throws and the caller rolls back: Refused `approval-impossible` when the money does not lie in
 * suspense (any more) or there is no such payer, `currency-mismatch`, or what the bill is refused for. Locks the line, the bill, configuration
 * and day (shared), credit, references and balances; the line's break is the caller's.
 */
export async function placeFromSuspense(tx: Tx, tools: LotTools, wish: SuspenseWish): Promise<Match[]> {
  const line = await lockCredit(tx, wish, 'suspense');
  if (line === undefined) throw impossible('the money does not lie in suspense any more');
  return placeAs(tx, tools, line, wish, (till) => [
    {
      ...keyOf(line),
      kind: 'out-of-suspense',
      billerId: OPERATOR,
      channelId: null,
      paymentId: null,
      amountMinor: -line.amountMinor,
      journalId: bookSuspense(till, line, -line.amountMinor),
    },
  ]);
}

/** The same of a credit that is a break: it was booked nowhere. */
export async function placeFromBreak(tx: Tx, tools: LotTools, wish: SuspenseWish): Promise<Match[]> {
  const line = await lockCredit(tx, wish, 'break');
  if (line === undefined) throw impossible('the line is no credit that waits for a decision any more');
  return placeAs(tx, tools, line, wish, () => []);
}

/**
 * Whether it could be placed so now: refuses what either of them refuses, and writes nothing. Locks as they do. What of the
 * books or the directory has to be mended first is no refusal; whoever places mends it.
 */
export async function checkPlacing(
  tx: Tx,
  tools: LotTools,
  wish: SuspenseWish,
  outcome: 'suspense' | 'break',
): Promise<void> {
  const line = await lockCredit(tx, wish, outcome);
  if (line === undefined) throw impossible('the line has been placed meanwhile');
  try {
    await weighed(tx, tools, line, wish);
  } catch (error) {
    if (!(error instanceof StaleDirectory) && !(error instanceof NoOpenDay)) throw error;
  }
}

async function placeAs(
  tx: Tx,
  tools: LotTools,
  line: DepositLine,
  wish: SuspenseWish,
  before: (till: Till) => Match[],
): Promise<Match[]> {
  const { till, placed } = await weighed(tx, tools, line, wish);
  const { approvalId } = wish;
  const matches = [...before(till), ...placed.matches].map((match) => ({ ...match, approvalId }));
  await markDeposit(tx, line, till.now);
  await insertMatches(tx, matches, till.now);
  await till.record(tx, tools.lane);
  return matches;
}

/** What would come of it; refuses what cannot be. */
async function weighed(
  tx: Tx,
  tools: LotTools,
  line: DepositLine,
  wish: SuspenseWish,
): Promise<{ till: Till; placed: Placed }> {
  const biller = tools.directory.current.billersById.get(wish.to.billerId);
  if (biller === undefined) throw new Refused(refuse('biller-not-found'));
  if (biller.currency !== line.currency) {
    const facts = { field: 'amount', expected: biller.currency, given: line.currency };
    throw new Refused(refuse('currency-mismatch', facts));
  }
  if ('payerId' in wish.to && !(await isPayer(tx, wish.to)))
    throw impossible(`${biller.code} has no payer ${wish.to.payerId}`);
  const planned = { line, plan: planOf(wish.to), words: wish.words };
  const { till, channelId } = await openTill(tx, tools.directory, [planned]);
  const plan = withPayer(planned.plan, (billNumber) => till.payerOf(biller.billerId, billNumber));
  const placed = placeLine(till, channelId, { ...planned, plan });
  if (placed.refusal !== undefined) throw new Refused(refuse(placed.refusal));
  return { till, placed };
}

function planOf(to: SuspenseWish['to']): Plan {
  if ('payerId' in to) return { kind: 'payer', ...to };
  const { billerId, billNumber } = to;
  return { kind: 'bills', billerId, payerId: '', bills: [{ billNumber, dueMinor: null }] };
}

/** Refuses `bill-not-found`. */
function withPayer(plan: Plan, payerOf: (billNumber: string) => string | undefined): Plan {
  if (plan.kind !== 'bills') return plan;
  const [bill] = plan.bills;
  const payerId = bill === undefined ? undefined : payerOf(bill.billNumber);
  if (payerId === undefined) throw new Refused(refuse('bill-not-found'));
  return { ...plan, payerId };
}

function keyOf({ statementId, line }: DepositLine): Pick<DepositLine, 'statementId' | 'line'> {
  return { statementId, line };
}

function impossible(reason: string): Refused {
  return new Refused(refuse('approval-impossible', { reason }));
}
