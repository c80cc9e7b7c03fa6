// One lot of lines of an account of the operator's: read, planned, carried out, in one transaction. Transfers of channels
// lock most and go first, after the breaks of what is taken out of suspense, which may become such transfers by decision;
// balances come last.

import { Entries, recordEntries } from '../../ledger/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { businessNow, LANE } from '../../settlement/remittances/index.ts';
import { openBreaks, type FoundBreak } from '../breaks/index.ts';
import { bookCharges, reverseLines } from './book-lines.ts';
import { doubtsOf } from './doubts.ts';
import type { DebitFileFact, Facts, OrderFact } from './facts.ts';
import { LotNotes } from './lot-notes.ts';
import { planLot, type Plan, type Planned } from './plan-lot.ts';
import { lineBreak } from './line-break.ts';
import { noteDebitWords, receiveMoney, takeBackDebits } from './place-debits.ts';
import { placeRemittances } from './place-remittances.ts';
import { topUp } from './place-transfers.ts';
import { channelCodes, debitsIn, endToEndIds, messageIds } from './references.ts';
import { debitFilesNamed, debitsNamed } from './store-debits.ts';
import { candidatesFor, channelsNamed, ordersNamed, originalsOf, remittancesNamed } from './store-facts.ts';
import { ordersLike } from './store-order-total.ts';
import { lockLying } from './store-placed.ts';
import { lockLot, type WaitingStatement } from './store-lot.ts';
import { lockLinesOf } from './store-sift.ts';
import { keyOf, type WaitingLine } from './waiting-line.ts';

export interface LotDone {
  /** Lines up to it have been looked at. */
  readonly last: number;
  /** To be carried out in transactions of their own. */
  readonly orders: readonly { readonly line: WaitingLine; readonly order: OrderFact }[];
  readonly debitFiles: readonly { readonly line: WaitingLine; readonly file: DebitFileFact }[];
  readonly deposits: readonly WaitingLine[];
}

const LOT_LINES = 2_000;
/** Lines that lock and read far more than others. */
const MOST: Partial<Record<Plan['kind'], number>> = {
  channel: 200,
  debit: 200,
  'top-up': 25,
  reversed: 25,
  'debit-returned': 25,
};

/** Locks the lines; undefined: none waits after `after`. */
export async function placeLot(
  tx: Tx,
  statement: WaitingStatement,
  after: number,
): Promise<LotDone | undefined> {
  await lockLinesOf(tx, statement);
  const lines = await lockLot(tx, statement.statementId, after, LOT_LINES);
  if (lines.length === 0) return undefined;
  const plans = planLot(lines, await factsOf(tx, lines));
  const lot = shortened(lines.map((line, at) => ({ line, plan: plans[at] ?? { kind: 'wait' } })));
  const notes = new LotNotes(statement.statementId, await businessNow(tx));
  const entries = new Entries();
  await lockLying(
    tx,
    of(lot, 'reversed').map(({ plan }) => plan.original),
  );
  await receiveMoney(tx, of(lot, 'channel'), of(lot, 'debit'), entries, notes);
  for (const each of of(lot, 'top-up')) await topUp(tx, each, entries, notes);
  await reverseLines(tx, of(lot, 'reversed'), entries, notes);
  await takeBackDebits(tx, of(lot, 'debit-returned'), entries, notes);
  await placeRemittances(tx, of(lot, 'remittance'), of(lot, 'returned'), entries, notes);
  await noteDebitWords(tx, of(lot, 'debit'), of(lot, 'debit-returned'), notes.at);
  bookCharges(of(lot, 'charge'), entries, notes);
  await openBreaks(tx, await breaksOf(tx, of(lot, 'break'), notes), notes.at);
  await notes.write(tx);
  await recordEntries(tx, entries, LANE);
  return {
    last: lot.at(-1)?.line.line ?? after,
    orders: of(lot, 'order-total').map(({ line, plan }) => ({ line, order: plan.order })),
    debitFiles: of(lot, 'debit-total').map(({ line, plan }) => ({ line, file: plan.file })),
    deposits: of(lot, 'deposit').map(({ line }) => line),
  };
}

function of<Kind extends Plan['kind']>(
  lot: readonly { line: WaitingLine; plan: Plan }[],
  kind: Kind,
): Planned<Kind>[] {
  return lot.filter((each): each is Planned<Kind> => each.plan.kind === kind);
}

/** Ends before there would be too much work for one transaction. */
function shortened<Each extends { plan: Plan }>(lot: readonly Each[]): readonly Each[] {
  const counts = new Map<Plan['kind'], number>();
  const end = lot.findIndex(({ plan: { kind } }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count > (MOST[kind] ?? LOT_LINES);
  });
  return end < 0 ? lot : lot.slice(0, end);
}

async function factsOf(tx: Tx, lines: readonly WaitingLine[]): Promise<Facts> {
  const { statementId } = lines[0] ?? { statementId: '' };
  const accounts = lines.flatMap(({ counterpartyAccount }) =>
    counterpartyAccount === null ? [] : [counterpartyAccount.replaceAll(/[\s-]/g, '').toUpperCase()],
  );
  const { byAccount, byCode } = await channelsNamed(tx, [...new Set(accounts)], lines.flatMap(channelCodes));
  const numbers = lines.map(({ line }) => line);
  const reversals = lines.filter(({ isReversal }) => isReversal).map(({ line }) => line);
  const keyed = <Fact>(byLine: ReadonlyMap<number, Fact>): Map<string, Fact> =>
    new Map([...byLine].map(([line, fact]) => [keyOf({ statementId, line }), fact]));
  return {
    remittances: await remittancesNamed(tx, lines.flatMap(endToEndIds)),
    orders: await ordersNamed(tx, lines.flatMap(messageIds)),
    debits: await debitsNamed(tx, lines.flatMap(debitsIn)),
    debitFiles: await debitFilesNamed(tx, lines.flatMap(messageIds)),
    channelsByAccount: byAccount,
    channelsByCode: byCode,
    doubts: keyed(await doubtsOf(tx, statementId, numbers)),
    originals: keyed(await originalsOf(tx, statementId, reversals)),
  };
}

async function breaksOf(
  tx: Tx,
  planned: readonly Planned<'break'>[],
  notes: LotNotes,
): Promise<FoundBreak[]> {
  const seeking = planned.filter(({ plan }) => plan.seeks).map(({ line }) => line.line);
  const candidates = await candidatesFor(tx, notes.statementId, seeking);
  const orders = await ordersLike(tx, notes.statementId, seeking);
  const remittances = await remittancesNamed(
    tx,
    planned.flatMap(({ plan }) => remittanceOf(plan) ?? []),
  );
  const found = planned.map(({ line, plan }) => {
    notes.outcome(line, 'break');
    const alike = [candidates.get(line.line), orders.get(line.line)].flatMap((each) => each ?? []);
    // Other lines of the lot may have moved it since the plan was made.
    const state = remittances.get(remittanceOf(plan) ?? '')?.state;
    const ours = { ...plan.ours, ...(state && { state }), ...(alike.length > 0 && { candidates: alike }) };
    return lineBreak(line, plan.breakKind, ours);
  });
  return [...found, ...notes.breaks];
}

function remittanceOf({ ours: { endToEndId } }: Planned<'break'>['plan']): string | undefined {
  return typeof endToEndId === 'string' ? endToEndId : undefined;
}
