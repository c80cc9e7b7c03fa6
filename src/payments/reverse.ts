// Reverse a payment: in full, once, by the channel that took it, while its window is open (rules.md, "Reversal
// and adjustment"). Mirrors its journal in the open day, opens its bills again, gives float and credit back.

import { lockBills } from '../bills/index.ts';
import { lockChannels, type Channel, type Directory, type Snapshot } from '../channels/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import { billerOf, instantOf, newId, parseId, showId } from '../kernel/ids.ts';
import { accountOf, Entries, recordEntries } from '../ledger/index.ts';
import { isConflict, sqlStateOf, type Database, type Tx } from '../platform/db/index.ts';
import { StaleDirectory } from './commit-group.ts';
import { giveBack } from './give-back.ts';
import { NoOpenDay } from './no-open-day.ts';
import { showReversal, tellReversal, type ReversalAnswer } from './show-reversal.ts';
import { isAbsorbed } from './store-absorb.ts';
import { takeCredit } from './store-credit.ts';
import { loadReferences, lockDays } from './store-load.ts';
import { readRejected, type RejectedSoFar } from './store-reject.ts';
import {
  findReversal,
  findReversalReference,
  isDaySealed,
  lockPayment,
  readLines,
  readPostings,
  recordReversal,
  reopenBills,
  type PaidLine,
  type ReversiblePayment,
  type ReversalRow,
} from './store-reverse.ts';

export interface ReverseTools {
  readonly database: Database;
  readonly directory: Directory;
  /** Whose balance rows are written. */
  readonly lane: number;
  readonly openDays: (billerId: number) => Promise<void>;
}

export interface ReverseRequest {
  readonly channelId: number;
  readonly reference: string;
  readonly reason: string;
  /** `reference` is the payment's own; a reversal that has happened already, under whatever name, is the answer. */
  readonly isCancellation?: boolean;
  /** Persons have decided it: also past the window, and under no name of the channel's. */
  readonly isDecided?: boolean;
  /** What its agency had rejected of it is the agency's again (credit/return-rejected.ts): those bills stay as they are. */
  readonly withRejected?: boolean;
}

export type UndoTools = Pick<ReverseTools, 'directory' | 'lane'>;

export interface Reversed {
  readonly answer: ReversalAnswer;
  readonly replayed: boolean;
}

/** Refuses `payment-not-found` (another's payment too), `not-reversible`, `reference-reused`. */
export async function reverse(
  tools: ReverseTools,
  request: ReverseRequest,
  shownId: string,
): Promise<Reversed> {
  const paymentId = parseId('pay', shownId);
  if (paymentId === undefined) throw notFound(shownId);
  const billerId = billerOf(paymentId);
  const node = tools.database.nodeOf(billerId);
  for (let attempt = 1; ; attempt++) {
    try {
      return await node.transaction((tx) => reverseIn(tx, tools, request, billerId, paymentId));
    } catch (error) {
      // A reference that another reversal has just taken, or a conflict, is looked at again.
      if (attempt >= TRIES) throw error;
      if (error instanceof NoOpenDay) await tools.openDays(billerId);
      else if (error instanceof StaleDirectory) await tools.directory.reload();
      else if (sqlStateOf(error) !== '23505' && !isConflict(error)) throw error;
    }
  }
}

const TRIES = 5;

/** The same in the caller's transaction. Throws `NoOpenDay` and `StaleDirectory`: mend and start again. */
export async function reverseIn(
  tx: Tx,
  tools: UndoTools,
  request: ReverseRequest,
  billerId: number,
  paymentId: string,
): Promise<Reversed> {
  const lines = await readLines(tx, billerId, paymentId);
  await lockBills(
    tx,
    lines.map((line) => ({ billerId, billNumber: line.bill_number })),
  );
  const snapshot = tools.directory.current;
  const payment = await lockPayment(tx, billerId, paymentId);
  if (payment === undefined || payment.channel_id !== request.channelId)
    throw notFound(showId('pay', paymentId));
  const earlier = await findReversal(tx, billerId, paymentId);
  if (earlier !== undefined) return replay(earlier, request, paymentId, payment);
  if (await isAbsorbed(tx, billerId, paymentId))
    throw new Refused(refuse('not-reversible', { reason: 'absorbed' }));
  const isDecided = request.isDecided === true;
  const hasOwnReference = request.isCancellation !== true && !isDecided;
  if (
    hasOwnReference &&
    (await findReversalReference(tx, request.channelId, request.reference)) !== undefined
  ) {
    throw new Refused(refuse('reference-reused', { field: 'paymentId' }));
  }
  const days = await lockDays(tx, [billerId]);
  if (days[0]?.revision !== snapshot.revision) throw new StaleDirectory();
  const limited = limitedChannel(snapshot, request.channelId);
  if (limited !== undefined) await lockChannels(tx, [request.channelId]);
  const [{ now } = { now: undefined }] = await loadReferences(tx, []);
  const day = days.find((each) => each.biller_id !== null && now !== undefined && now < each.cut_off_at);
  if (now === undefined || day === undefined) throw new NoOpenDay(billerId);
  if (!isDecided && now > payment.reversible_until) throw tooLate(payment);
  const reversal: ReversalRow = {
    // Ids order the events of a payment: this one's is later, even within the millisecond of the payment.
    reversal_id: newId(Math.max(now.getTime(), instantOf(paymentId).getTime() + 1), billerId),
    channel_id: request.channelId,
    reference: request.reference,
    reason: request.reason,
    kind: (await isDaySealed(tx, billerId, payment.business_date)) ? 'adjustment' : 'reversal',
    business_date: day.business_date,
    recorded_at: now,
  };
  await write(tx, tools, {
    snapshot,
    billerId,
    paymentId,
    payment,
    lines,
    reversal,
    limited,
    hasOwnReference,
    rejected: request.withRejected === true ? await readRejected(tx, billerId, paymentId) : NONE_REJECTED,
  });
  return { answer: showReversal(reversal, paymentId, payment), replayed: false };
}

function tooLate({ reversible_until }: ReversiblePayment): Refused {
  const reversibleUntil = reversible_until.toISOString();
  return new Refused(refuse('not-reversible', { reason: 'window-passed', reversibleUntil }));
}

interface Undoing {
  readonly snapshot: Snapshot;
  readonly billerId: number;
  readonly paymentId: string;
  readonly payment: ReversiblePayment;
  readonly lines: readonly PaidLine[];
  readonly reversal: ReversalRow;
  readonly limited: Channel | undefined;
  readonly hasOwnReference: boolean;
  readonly rejected: Pick<RejectedSoFar, 'numbers' | 'nextRevision'>;
}

const NONE_REJECTED: Undoing['rejected'] = { numbers: new Set(), nextRevision: 2 };

async function write(tx: Tx, tools: UndoTools, undoing: Undoing): Promise<void> {
  const { snapshot, billerId, paymentId, payment, reversal, limited, hasOwnReference, rejected } = undoing;
  const lines = undoing.lines.filter((line) => !rejected.numbers.has(line.bill_number));
  const recordedAt = reversal.recorded_at.toISOString();
  const { currency } = payment;
  const mirrored = await readPostings(tx, billerId, paymentId);
  if (payment.status === 'accepted') {
    const numbers = lines.map((line) => line.bill_number);
    const reopened = await reopenBills(tx, billerId, paymentId, numbers, recordedAt);
    if (reopened !== numbers.length) throw await lacksBills(tx, billerId, paymentId);
  } else {
    const held = lines.map((line) => ({
      billerId,
      payerId: line.payer_id,
      currency,
      amountMinor: line.amount_minor,
      isWithBiller: mirrored.some(({ code }) => code === 'channel/direct'),
    }));
    if (!(await takeCredit(tx, held))) throw new Refused(refuse('not-reversible', { reason: 'credit-used' }));
  }
  await recordReversal(tx, {
    billerId,
    paymentId,
    reversalId: reversal.reversal_id,
    channelId: reversal.channel_id,
    reference: reversal.reference,
    reason: reversal.reason,
    kind: reversal.kind,
    businessDate: reversal.business_date,
    recordedAt,
    hasOwnReference,
    revision: rejected.nextRevision,
    told: JSON.stringify(tellReversal(reversal, undoing, payment, lines, snapshot)),
  });
  if (limited !== undefined) await giveBack(tx, limited, payment, mirrored);
  const entries = new Entries();
  entries.add(
    {
      billerId,
      journalId: reversal.reversal_id,
      kind: reversal.kind,
      paymentId,
      businessDate: reversal.business_date,
      recordedAt,
    },
    mirrored.map((p) => ({
      account: accountOf(p.code, p.channel_id, p.currency),
      amountMinor: -p.amount_minor,
    })),
  );
  await recordEntries(tx, entries, tools.lane);
}

/** The agency took some of them for paid elsewhere: their money is the payer's credit, and the desk's to settle. */
async function lacksBills(tx: Tx, billerId: number, paymentId: string): Promise<Error> {
  const { numbers } = await readRejected(tx, billerId, paymentId);
  if (numbers.size > 0) return new Refused(refuse('not-reversible', { reason: 'rejected' }));
  return new Error(`payment ${paymentId} does not hold all its bills`);
}

/** The channel when it has a float or a limit that its payments are counted against. */
function limitedChannel({ channelsById }: Snapshot, channelId: number): Channel | undefined {
  const channel = channelsById.get(channelId);
  if (channel === undefined || channel.funding === 'prefunded') return channel;
  const limits = [channel.creditLimit, channel.limitPerDay];
  return limits.some((limit) => Object.keys(limit).length > 0) ? channel : undefined;
}

function replay(
  earlier: ReversalRow,
  request: ReverseRequest,
  paymentId: string,
  payment: ReversiblePayment,
): Reversed {
  const isAsked = request.isCancellation === true || earlier.reference === request.reference;
  if (earlier.channel_id !== request.channelId || !isAsked) {
    throw new Refused(
      refuse('not-reversible', { reason: 'reversed-already', reversedAt: earlier.recorded_at.toISOString() }),
    );
  }
  return { answer: showReversal(earlier, paymentId, payment), replayed: true };
}

function notFound(paymentId: string): Refused {
  return new Refused(refuse('payment-not-found', { paymentId }));
}
