// A bank that books an order as one total proves all of its remittances at once. They may be thousands, so they are
// confirmed in several transactions, and the line is placed in the last of them.

import { absolute, keyOf, type WaitingLine } from './waiting-line.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { Entries, recordEntries } from '../../ledger/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { businessNow, endRemittances, LANE, type Ending } from '../../settlement/remittances/index.ts';
import { openBreaks } from '../breaks/index.ts';
import type { OrderFact } from './facts.ts';
import { lineBreak } from './line-break.ts';
import type { LotNotes } from './lot-notes.ts';
import { provedBy } from './place-remittances.ts';
import { orderTotal } from './plan-lot.ts';
import { matchedOf, unmatchedOfFile } from './store-order-total.ts';
import { ordersNamed } from './store-facts.ts';
import { insertMatches, lockLot, noteOutcomes } from './store-lot.ts';
import { lockLinesOf } from './store-sift.ts';

const LOT_REMITTANCES = 500;
/** No order has more (settlement/orders/make-orders.ts). */
const MOST_OF_ORDER = 5_000;

/** Nothing happens to a line that has been placed meanwhile. */
export async function confirmOrder(database: Database, line: WaitingLine, messageId: string): Promise<void> {
  while (await database.transaction((tx) => confirmSome(tx, line, messageId)));
}

/** Whether there is more to do. */
async function confirmSome(tx: Tx, line: WaitingLine, messageId: string): Promise<boolean> {
  await lockLinesOf(tx, line);
  const [waiting] = await lockLot(tx, line.statementId, line.line - 1, 1);
  if (waiting === undefined || keyOf(waiting) !== keyOf(line)) return false;
  const at = await businessNow(tx);
  const order = (await ordersNamed(tx, [messageId])).get(messageId);
  const plan = order && orderTotal(line, order);
  if (order === undefined || plan === undefined || plan.kind === 'wait') return false;
  if (plan.kind === 'break') {
    await openBreaks(tx, [lineBreak(line, plan.breakKind, plan.ours)], at);
    await noteOutcomes(tx, line.statementId, new Map([[line.line, 'break']]), at);
    return false;
  }
  const entries = new Entries();
  const some = await proveSome(tx, line, order.fileId, LOT_REMITTANCES, entries);
  const { parts, minor } = await matchedOf(tx, line);
  const matches = some.map((proved, nth) => ({
    line: line.line,
    part: parts + nth,
    channelId: null,
    subjectLine: null,
    ...proved,
  }));
  await insertMatches(tx, line.statementId, matches, at);
  const isWhole =
    minor + matches.reduce((sum, { amountMinor }) => sum + absolute(amountMinor), 0n) === -line.amountMinor;
  if (isWhole) await noteOutcomes(tx, line.statementId, new Map([[line.line, 'order-total']]), at);
  else if (some.length === 0) {
    const why = 'remittances of the order have come back before its total was read';
    await openBreaks(tx, [lineBreak(line, 'unplaced-line', { why, order: order.messageId })], at);
    await noteOutcomes(tx, line.statementId, new Map([[line.line, 'break']]), at);
  }
  await recordEntries(tx, entries, LANE);
  return !isWhole && some.length > 0;
}

/** What a remittance of the order is proved by, as a match of the line. */
interface Proved {
  readonly kind: 'order-total';
  readonly billerId: number;
  readonly subjectId: Uuid;
  readonly amountMinor: bigint;
  readonly journalId: Uuid | null;
}

async function proveSome(
  tx: Tx,
  line: WaitingLine,
  fileId: Uuid,
  limit: number,
  entries: Entries,
): Promise<Proved[]> {
  const some = await unmatchedOfFile(tx, fileId, limit);
  const endings = some
    .filter(({ state }) => state === 'sent')
    .map(({ billerId, remittanceId }): Ending => {
      return { billerId, remittanceId, to: 'confirmed', reason: provedBy(line) };
    });
  const ended = await endRemittances(tx, endings, entries);
  return some.map(({ billerId, remittanceId, amountMinor, confirmJournal }) => ({
    kind: 'order-total',
    billerId,
    subjectId: remittanceId,
    amountMinor: -amountMinor,
    journalId: ended.get(remittanceId)?.journalId ?? confirmJournal,
  }));
}

/**
 * All at once, of a line that persons have said to be this order's total: what they accept is done when they are answered.
 * Locks open days (shared) and its remittances. False: its remittances are not the total any more, and nothing may be kept.
 */
export async function proveOrder(
  tx: Tx,
  line: WaitingLine,
  { fileId }: OrderFact,
  entries: Entries,
  notes: LotNotes,
): Promise<boolean> {
  const all = await proveSome(tx, line, fileId, MOST_OF_ORDER, entries);
  notes.place(line, 'order-total', ...all);
  return all.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) === line.amountMinor;
}
