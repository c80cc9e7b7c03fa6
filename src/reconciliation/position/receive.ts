// A channel has paid into the operator's bank account: what it owes is paid by it, the oldest first; what is over waits in
// the operator's book until more is owed. In the caller's transaction, which had better do nothing else but place lines.

import type { Outcome } from '../../access/index.ts';
import { lockChannels, spend } from '../../channels/index.ts';
import type { Money } from '../../kernel/money.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { OPERATOR, type Entries } from '../../ledger/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { keepAhead, lockBooks, post, type LineParts, type PostedPart } from './post.ts';
import { spreadOver, type DueAt } from './spread.ts';
import { booksOwed, readOpen, readRefusals, type Debt } from './store-payment.ts';

export interface ChannelTransfer {
  readonly channelId: number;
  /** The operator's bank account, in the currency of `money`. */
  readonly accountId: number;
  /** Above zero. */
  readonly money: Money;
  readonly statementId: Uuid;
  readonly line: number;
  /** The books' time. */
  readonly at: Date;
}

/** Parts add up to the transfer. */
export type Received = Outcome<{ readonly parts: readonly PostedPart[] }>;

/**
 * Lines of any channels and accounts, in their order. Locks configuration (shared), the open days of the billers that are
 * owed, and the channels: call it once in a transaction. The journals are added to `entries`, which the caller records last:
 * everybody's bank lines go through the same balances. Refuses prefunded channels and the operator's own. A line that was
 * received before fails on the primary key of channel_payment. Throws when a biller has no open day.
 */
export async function receiveFromChannels(
  tx: Tx,
  transfers: readonly ChannelTransfer[],
  entries: Entries,
): Promise<Received[]> {
  if (transfers.some(({ money }) => money.minor <= 0n)) throw new RangeError('a transfer is more than zero');
  const debts = debtsOf(transfers);
  const books = await booksOwed(tx, debts);
  const days = await lockBooks(tx, books);
  const channelIds = [...new Set(debts.map(({ channelId }) => channelId))].sort((a, b) => a - b);
  await lockChannels(tx, channelIds);
  const refusals = await readRefusals(tx, channelIds);
  const taken = transfers.filter(({ channelId }) => !refusals.has(channelId));
  // Only now do they stand still. A book in which something has come to be owed since is paid by the next round of the worker.
  const open = new Map<string, DueAt[]>();
  for (const debt of debtsOf(taken)) open.set(nameOf(debt), await readOpen(tx, debt, books));
  const lines = taken.map((transfer) => spread(transfer, open));
  const posted = await post(tx, lines, days, { isNew: true, entries });
  await keepAhead(tx, lines);
  await raiseCredit(tx, taken);
  const parts = posted.values();
  return transfers.map(({ channelId }): Received => {
    const reason = refusals.get(channelId);
    return reason === undefined
      ? { ok: true, value: { parts: parts.next().value ?? [] } }
      : { ok: false, reason };
  });
}

function spread(transfer: ChannelTransfer, open: ReadonlyMap<string, DueAt[]>): LineParts {
  const { channelId, money, accountId, statementId, line, at } = transfer;
  const debt = { channelId, currency: money.currency };
  const { parts, leftMinor } = spreadOver(open.get(nameOf(debt)) ?? [], money.minor);
  const rest = leftMinor === 0n ? [] : [{ billerId: OPERATOR, businessDate: null, minor: leftMinor }];
  return { statementId, line, debt, accountId, at, parts: [...parts, ...rest] };
}

/** What a channel has paid, it may take on credit again. A channel without a limit has nothing to raise. */
export async function raiseCredit(
  tx: Tx,
  transfers: readonly Pick<ChannelTransfer, 'channelId' | 'money'>[],
): Promise<void> {
  const raised = debtsOf(transfers).map((debt) => ({
    ...debt,
    minor: -transfers
      .filter(({ channelId, money }) => channelId === debt.channelId && money.currency === debt.currency)
      .reduce((sum, { money }) => sum + money.minor, 0n),
  }));
  if (raised.length > 0) await spend(tx, raised);
}

function debtsOf(transfers: readonly Pick<ChannelTransfer, 'channelId' | 'money'>[]): Debt[] {
  const debts = transfers.map(({ channelId, money }) => ({ channelId, currency: money.currency }));
  return [...new Map(debts.map((debt) => [nameOf(debt), debt])).values()];
}

function nameOf({ channelId, currency }: Debt): string {
  return `${channelId} ${currency}`;
}
