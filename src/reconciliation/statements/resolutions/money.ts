// What a line that nobody could place is, when persons say it: a channel's transfer, a charge of the bank, a remittance, or
// money of which nobody knows yet whose it is.

import { Type, type Static } from 'typebox';
import { refuse, Refused, type Json } from '../../../kernel/errors.ts';
import { parseId, showId } from '../../../kernel/ids.ts';
import { formatMinor } from '../../../kernel/money.ts';
import { WRITTEN_LINE } from '../../../kernel/text-form.ts';
import { accountOf } from '../../../ledger/index.ts';
import type { Tx } from '../../../platform/db/index.ts';
import { partReader } from '../../../platform/http/index.ts';
import { impossible, malformed } from '../../breaks/index.ts';
import { takeBackFromChannel } from '../../position/index.ts';
import { bookLine } from '../book-line.ts';
import { bookCharges, leaveSuspense } from '../book-lines.ts';
import { proveOrder } from '../confirm-order.ts';
import type { ChannelFact, OrderFact, RemittanceFact } from '../facts.ts';
import { lineBreak } from '../line-break.ts';
import { placeRemittances } from '../place-remittances.ts';
import { receiveMoney } from '../place-debits.ts';
import { noteReceived, topUp, transferOf } from '../place-transfers.ts';
import { ofRemittance, orderTotal } from '../plan-lot.ts';
import { endToEndIdOf } from '../store-broken.ts';
import { channelsNamed, ordersNamed, remittancesNamed } from '../store-facts.ts';
import { keyOf, type WaitingLine } from '../waiting-line.ts';
import { undecided, whyOf, type Way } from './decide-line.ts';

const KINDS = ['unplaced-line'] as const;
const closed = { additionalProperties: false };
const Nothing = Type.Object({}, closed);
const text = Type.String({ minLength: 1, maxLength: 64, pattern: WRITTEN_LINE });

const Transfer = Type.Object({ channelCode: text }, closed);

export const channelTransfer: Way<Static<typeof Transfer>> = {
  name: 'channel-transfer',
  kinds: ['unplaced-line', 'unplaced-deposit'],
  read: partReader(Transfer, ''),

  async says(tx, { it, line, content }) {
    const { code, funding } = await channelNamed(tx, line, content.channelCode);
    if (line.amountMinor < 0n) return `given back to ${code}, which owes ${shown(line)} more`;
    const from = undecided(it) === 'suspense' ? 'out of suspense, ' : '';
    return funding === 'prefunded'
      ? `${from}into the float of ${code}: ${shown(line)}`
      : `${from}from ${code}, against what it owes: ${shown(line)}`;
  },

  async place(tx, { it, line, content, notes, entries, actor }) {
    const channel = await channelNamed(tx, line, content.channelCode);
    const { channelId } = channel;
    if (line.amountMinor < 0n) {
      const taken = await takeBackFromChannel(tx, transferOf(line, channelId, notes.at), entries);
      return noteReceived(line, channelId, taken, { outcome: 'channel' }, notes);
    }
    if (undecided(it) === 'suspense') leaveSuspense(line, entries, notes);
    if (channel.funding === 'prefunded')
      return topUp(tx, { line, plan: { kind: 'top-up', channel } }, entries, notes, actor);
    return receiveMoney(tx, [{ line, plan: { kind: 'channel', channel } }], [], entries, notes);
  },
};

async function channelNamed(tx: Tx, { amountMinor }: WaitingLine, channelCode: string): Promise<ChannelFact> {
  const channel = (await channelsNamed(tx, [], [channelCode])).byCode.get(channelCode);
  if (channel === undefined) throw malformed('/channelCode', 'no channel of others has this code');
  if (channel.funding === 'prefunded' && amountMinor < 0n)
    throw impossible(`channel ${channelCode} is prefunded: its float is not taken back by a line`);
  return channel;
}

export const bankCharge: Way<Static<typeof Nothing>> = {
  name: 'bank-charge',
  kinds: KINDS,
  read: partReader(Nothing, ''),
  says: (_tx, { line }) =>
    Promise.resolve(
      line.amountMinor < 0n
        ? `a charge of the bank: ${shown(line)}`
        : `a charge that the bank gives back: ${shown(line)}`,
    ),
  place(_tx, { line, notes, entries }) {
    bookCharges([{ line, plan: { kind: 'charge' } }], entries, notes);
    return Promise.resolve();
  },
};

const Remittance = Type.Object(
  {
    endToEndId: Type.Optional(text),
    remittanceId: Type.Optional(text),
    /** The message id of an order whose total the line is. */
    order: Type.Optional(text),
  },
  closed,
);
type Named = Static<typeof Remittance>;

export const remittance: Way<Named> = {
  name: 'remittance',
  kinds: KINDS,
  read: partReader(Remittance, ''),

  async says(tx, { line, content }) {
    if (content.order !== undefined) {
      const { messageId } = await orderOf(tx, line, content);
      return `order ${messageId} is paid out as one total`;
    }
    const found = await remittanceNamed(tx, content);
    planned(line, found);
    return `remittance ${found.endToEndId} ${line.amountMinor < 0n ? 'is paid out' : 'has come back'}`;
  },

  async place(tx, { line, content, notes, entries }) {
    if (content.order !== undefined) {
      const order = await orderOf(tx, line, content);
      const isTotal = await unlessMoved(proveOrder(tx, line, order, entries, notes));
      if (!isTotal) throw impossible('remittances of the order have moved on meanwhile');
      return;
    }
    const plan = planned(line, await remittanceNamed(tx, content));
    const out = plan.kind === 'remittance' ? [{ line, plan }] : [];
    const back = plan.kind === 'returned' ? [{ line, plan }] : [];
    await unlessMoved(placeRemittances(tx, out, back, entries, notes));
  },
};

function unlessMoved<T>(ending: Promise<T>): Promise<T> {
  return ending.catch((error: unknown) => {
    if (error instanceof Refused && error.refusal.code === 'remittance-state')
      throw impossible('the remittance has moved on meanwhile');
    throw error;
  });
}

/** By the rules of any line that names it: account and total fit, and no other line has proved any of it. */
async function orderOf(tx: Tx, line: WaitingLine, named: Named): Promise<OrderFact> {
  checkNamed(named);
  const { order: messageId = '' } = named;
  const order = (await ordersNamed(tx, [messageId])).get(messageId);
  if (order === undefined) throw malformed('/order', 'no order of remittances has this message id');
  if (line.amountMinor > 0n)
    throw impossible('an order is paid out as one total; what comes back comes one by one');
  const plan = orderTotal(line, order);
  if (plan.kind === 'wait') throw impossible('the order is not with the bank yet');
  if (plan.kind === 'break') throw impossible(whyOf(plan.ours));
  return order;
}

function checkNamed({ endToEndId, remittanceId, order }: Named): void {
  if ([endToEndId, remittanceId, order].filter((name) => name !== undefined).length !== 1)
    throw malformed(
      '',
      'name the remittance by its end-to-end id or by its own, or an order by its message id',
    );
}

async function remittanceNamed(tx: Tx, named: Named): Promise<RemittanceFact> {
  checkNamed(named);
  const { endToEndId, remittanceId } = named;
  const id = remittanceId === undefined ? undefined : parseId('rmt', remittanceId);
  const name = endToEndId ?? (id && (await endToEndIdOf(tx, id)));
  const found = name === undefined ? undefined : (await remittancesNamed(tx, [name])).get(name);
  if (found === undefined) throw new Refused(refuse('remittance-not-found'));
  return found;
}

/** By the rules of any line that names it: account, amount and state fit, and no other line has proved it. */
function planned(line: WaitingLine, found: RemittanceFact) {
  const plan = ofRemittance(line, found);
  if (plan.kind === 'wait') throw impossible('the order of the remittance is not with the bank yet');
  if (plan.kind === 'break') throw impossible(whyOf(plan.ours));
  return plan;
}

export const suspense: Way<Static<typeof Nothing>> = {
  name: 'suspense',
  kinds: KINDS,
  sign: 'credit',
  read: partReader(Nothing, ''),
  says(_tx, { line }) {
    checkCredit(line);
    return Promise.resolve(`nobody knows whose: ${shown(line)} in suspense, as an unplaced deposit`);
  },
  place(_tx, { it, line, notes, entries }) {
    checkCredit(line);
    const against = accountOf('suspense', 0, line.currency);
    const journalId = bookLine(line, { kind: 'suspense', against, at: notes.at }, entries);
    notes.place(line, 'suspense', { kind: 'suspense', journalId });
    // Where it goes from there is decided on a break of its own, as of any deposit that lies there.
    const debitId = debitOf(it.ours);
    const ours = {
      why: 'decided',
      breakId: showId('brk', it.breakId),
      candidates: [],
      ...(debitId && { debitId }),
    };
    notes.breaks.push({ ...lineBreak(line, 'unplaced-deposit', ours), key: `suspense:${keyOf(line)}` });
    return Promise.resolve();
  },
};

/** That the break is about, which it goes on contradicting while its money lies there. */
function debitOf(ours: Json): string | undefined {
  const debitId = typeof ours === 'object' && ours !== null && 'debitId' in ours ? ours.debitId : undefined;
  return typeof debitId === 'string' ? debitId : undefined;
}

function checkCredit({ amountMinor }: WaitingLine): void {
  if (amountMinor < 0n) throw impossible('only money that came in lies in suspense');
}

export function shown({ amountMinor, currency }: WaitingLine): string {
  return `${formatMinor(amountMinor < 0n ? -amountMinor : amountMinor, currency)} ${currency}`;
}
