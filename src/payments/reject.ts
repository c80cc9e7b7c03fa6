// A linked agency cannot book a payment, for its bills had been paid elsewhere meanwhile. The payer has paid, so nothing
// is undone: the payment stays, its money leaves what is owed to the agency and becomes the payer's credit, by a journal
// in the open day, the bills are closed, and a break for each tells the desk. Nothing is lost on the way.

import { lockBills } from '../bills/index.ts';
import { closePaidElsewhere } from '../bills/link/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import { billerOf, instantOf, newId, parseId, showId } from '../kernel/ids.ts';
import { accountOf, Entries, recordEntries } from '../ledger/index.ts';
import { isConflict, sqlStateOf, type Tx } from '../platform/db/index.ts';
import { NoOpenDay } from './no-open-day.ts';
import { occurredInstant } from './occurred-at.ts';
import type { RejectionAnswer, RejectionBody } from './rejection-schema.ts';
import type { ReverseTools } from './reverse.ts';
import { showRejection, tellRejection } from './show-rejection.ts';
import { isAbsorbed } from './store-absorb.ts';
import { addCredit } from './store-credit.ts';
import { loadReferences, lockDays } from './store-load.ts';
import {
  findRejection,
  readRejected,
  recordRejection,
  type NewRejection,
  type RejectedLine,
  type RejectionRow,
} from './store-reject.ts';
import { lockPayment, readLines, type PaidLine, type ReversiblePayment } from './store-reverse.ts';

export interface RejectRequest extends Omit<RejectionBody, 'reason'> {
  readonly billerId: number;
}

export interface Rejected {
  readonly answer: RejectionAnswer;
  readonly replayed: boolean;
}

const TRIES = 5;

/**
 * Refuses `payment-not-found` (another's payment too), `not-rejectable`, `bill-not-found` for a bill that the payment did
 * not pay, `reference-reused`. Locks the bills, the payment, the open day (shared), credit and balances.
 */
export async function reject(
  tools: ReverseTools,
  request: RejectRequest,
  shownId: string,
): Promise<Rejected> {
  const { billerId } = request;
  const paidAt = request.paidAt === undefined ? undefined : occurredInstant(request.paidAt);
  if (request.paidAt !== undefined && paidAt === undefined) {
    const errors = [{ pointer: '/paidAt', detail: 'name an instant of the years 1 to 9999' }];
    throw new Refused(refuse('malformed-request', undefined, { errors }));
  }
  const paymentId = parseId('pay', shownId);
  if (paymentId === undefined || billerOf(paymentId) !== billerId) throw notFound(shownId);
  const node = tools.database.nodeOf(billerId);
  for (let attempt = 1; ; attempt++) {
    try {
      return await node.transaction((tx) => rejectIn(tx, tools, { ...request, paidAt }, paymentId));
    } catch (error) {
      if (attempt >= TRIES) throw error;
      if (error instanceof NoOpenDay) await tools.openDays(billerId);
      else if (sqlStateOf(error) !== '23505' && !isConflict(error)) throw error;
    }
  }
}

async function rejectIn(
  tx: Tx,
  tools: ReverseTools,
  request: RejectRequest,
  paymentId: string,
): Promise<Rejected> {
  const { billerId, reference } = request;
  const lines = await readLines(tx, billerId, paymentId);
  await lockBills(
    tx,
    lines.map((line) => ({ billerId, billNumber: line.bill_number })),
  );
  const payment = await lockPayment(tx, billerId, paymentId);
  if (payment === undefined) throw notFound(showId('pay', paymentId));
  const earlier = await findRejection(tx, billerId, reference);
  if (earlier !== undefined) return replay(earlier, request, paymentId);
  checkRejectable(tools, billerId, payment);
  if (await isAbsorbed(tx, billerId, paymentId)) throw notRejectable('absorbed');
  const { numbers, nextRevision, lastId = paymentId } = await readRejected(tx, billerId, paymentId);
  const bills = chosen(lines, numbers, request.bills);
  const days = await lockDays(tx, [billerId]);
  const [{ now } = { now: undefined }] = await loadReferences(tx, []);
  const day = days.find((each) => each.biller_id !== null && now !== undefined && now < each.cut_off_at);
  if (now === undefined || day === undefined) throw new NoOpenDay(billerId);
  const row: RejectionRow = {
    // Ids order the events of a payment, even within a millisecond.
    rejection_id: newId(Math.max(now.getTime(), instantOf(lastId).getTime() + 1), billerId),
    payment_id: paymentId,
    reference,
    revision: nextRevision,
    currency: payment.currency,
    amount_minor: bills.reduce((sum, line) => sum + line.amount_minor, 0n),
    business_date: day.business_date,
    recorded_at: now,
  };
  const told = JSON.stringify(tellRejection(billerId, row, bills, payment, tools.directory.current));
  await write(tx, tools.lane, payment, {
    ...row,
    billerId,
    told,
    paidAt: request.paidAt ?? null,
    bills: bills.map((line) => ({ ...line, breakId: newId(now.getTime(), billerId) })),
  });
  return { answer: showRejection(row, bills), replayed: false };
}

/** The agency's money, or what its own account was given directly, becomes the payers'. */
async function write(tx: Tx, lane: number, payment: ReversiblePayment, of: NewRejection): Promise<void> {
  const { billerId, rejection_id, payment_id, currency, amount_minor } = of;
  const recordedAt = of.recorded_at.toISOString();
  const closed = await closePaidElsewhere(tx, {
    billerId,
    paymentId: payment_id,
    bills: of.bills.map((line) => ({
      billNumber: line.bill_number,
      historyId: newId(of.recorded_at.getTime(), billerId),
    })),
    reference: of.reference,
    paidAt: of.paidAt,
    at: recordedAt,
  });
  if (closed !== of.bills.length) throw new Error(`payment ${payment_id} does not hold all its bills`);
  await addCredit(tx, [
    {
      billerId,
      currency,
      acceptedAt: recordedAt,
      isWithBiller: payment.route === 'direct',
      lines: of.bills.map((line) => ({ payerId: line.payer_id, amountMinor: line.amount_minor })),
    },
  ]);
  await recordRejection(tx, of);
  const owed = payment.route === 'direct' ? 'biller/direct' : 'biller/payable';
  const entries = new Entries();
  entries.add(
    {
      billerId,
      journalId: rejection_id,
      kind: 'rejection',
      paymentId: payment_id,
      businessDate: of.business_date,
      recordedAt,
    },
    [
      { account: accountOf(owed, 0, currency), amountMinor: amount_minor },
      { account: accountOf('payer/credit', 0, currency), amountMinor: -amount_minor },
    ],
  );
  await recordEntries(tx, entries, lane);
}

function checkRejectable({ directory }: ReverseTools, billerId: number, { status }: ReversiblePayment): void {
  if (directory.current.billersById.get(billerId)?.link === undefined) throw notRejectable('not-linked');
  if (status === 'reversed') throw notRejectable('reversed');
  if (status === 'credited') throw notRejectable('credited');
}

/** Of the lines that stand: those named, or all. */
function chosen(
  lines: readonly PaidLine[],
  rejected: ReadonlySet<string>,
  named: readonly string[] | undefined,
): RejectedLine[] {
  const known = new Set(lines.map((line) => line.bill_number));
  const stray = named?.find((billNumber) => !known.has(billNumber));
  if (stray !== undefined) throw new Refused(refuse('bill-not-found', { billNumber: stray }));
  const wanted = new Set(named ?? [...known].filter((billNumber) => !rejected.has(billNumber)));
  if (wanted.size === 0 || [...wanted].some((billNumber) => rejected.has(billNumber)))
    throw notRejectable('rejected-already');
  return lines
    .filter((line) => wanted.has(line.bill_number))
    .map((line) => ({ ...line, payer_id: line.payer_id ?? '' }));
}

function replay(
  { row, bills }: { row: RejectionRow; bills: RejectedLine[] },
  { bills: named }: RejectRequest,
  paymentId: string,
): Rejected {
  if (row.payment_id !== paymentId) throw new Refused(refuse('reference-reused', { field: 'paymentId' }));
  const same =
    named === undefined ||
    sameSet(
      named,
      bills.map((line) => line.bill_number),
    );
  if (!same) throw new Refused(refuse('reference-reused', { field: 'bills' }));
  return { answer: showRejection(row, bills), replayed: true };
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}

function notRejectable(reason: string): Refused {
  return new Refused(refuse('not-rejectable', { reason }));
}

function notFound(paymentId: string): Refused {
  return new Refused(refuse('payment-not-found', { paymentId }));
}
