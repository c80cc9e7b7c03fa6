// The whole life of what somebody asks about, found by whatever he has in hand: a payment's id, a receipt number, a
// channel's reference or a bill's number. One moment of the database; names and addresses of payers are masked.

import { billerOf, parseId, parseReceipt } from '../kernel/ids.ts';
import type { Database, Tx } from '../platform/db/index.ts';
import {
  showBill,
  showPayment,
  showReference,
  type Parties,
  type TracedBill,
  type TracedPayment,
  type TracedReference,
} from './show-trace.ts';
import { readBillers, readChannels, type Party } from './store-parties.ts';
import { readBills, readHistory } from './store-trace-bill.ts';
import { readConfirmation } from './store-trace-confirmation.ts';
import {
  findByReceipt,
  findReferences,
  findReversed,
  paymentsOfBill,
  readEvents,
  readLines,
  readPayment,
  readPostings,
  readRejections,
  readReversal,
  type PaymentKey,
  type ReferenceRow,
} from './store-trace.ts';

export interface Trace {
  readonly asked: string;
  readonly payments: readonly TracedPayment[];
  /** References that have no payment: refused, or burnt before one came. */
  readonly references: readonly TracedReference[];
  /** Every bill that was asked for or that a payment above names, and that we know. */
  readonly bills: readonly TracedBill[];
}

/** undefined: nothing bears this name. `bill` and `reference` may be given as `biller/bill`, `channel/reference`. */
export function trace(database: Database, asked: string): Promise<Trace | undefined> {
  return database.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const parties = { billers: await readBillers(tx), channels: await readChannels(tx) };
    const found = await find(tx, asked.trim(), parties);
    const payments: TracedPayment[] = [];
    for (const key of unique(found.payments)) {
      const payment = await readLife(tx, key, parties);
      if (payment !== undefined) payments.push(payment);
    }
    const references = found.references.map((row) => showReference(row, parties));
    const bills = await traceBills(tx, parties, [...found.bills, ...billsOf(payments, parties)]);
    if (payments.length + references.length + bills.length === 0) return undefined;
    return { asked, payments, references, bills };
  });
}

interface BillName {
  readonly billerId: number;
  readonly billNumber: string;
}

interface Found {
  readonly payments: PaymentKey[];
  readonly references: ReferenceRow[];
  readonly bills: BillName[];
}

/** An id and a receipt name one payment. Any other text may be a reference and a bill's number at once. */
async function find(tx: Tx, text: string, { billers, channels }: Parties): Promise<Found> {
  const paymentId = parseId('pay', text);
  if (paymentId !== undefined)
    return onlyPayments([{ biller_id: billerOf(paymentId), payment_id: paymentId }]);
  const receipt = parseReceipt(text);
  const byReceipt = receipt === undefined ? [] : await findByReceipt(tx, receipt.billerId, receipt.receiptNo);
  if (byReceipt.length > 0) return onlyPayments(byReceipt);
  const slash = text.indexOf('/');
  const [owner, name] = slash < 0 ? [undefined, text] : [text.slice(0, slash), text.slice(slash + 1)];
  const own = (party: Party): boolean => owner === undefined || party.code === owner;
  const channelIds = channels.filter(own).map(({ id }) => id);
  const billerIds = billers.filter(own).map(({ id }) => id);
  const references = await findReferences(tx, channelIds, name);
  const payments = await findReversed(tx, channelIds, name);
  for (const { biller_id, payment_id } of references)
    if (payment_id !== null) payments.push({ biller_id, payment_id });
  const bills = (await readBills(tx, billerIds, [name])).map((row) => ({
    billerId: row.biller_id,
    billNumber: name,
  }));
  for (const { billerId } of bills) payments.push(...(await paymentsOfBill(tx, billerId, name)));
  return { payments, references: references.filter((row) => row.payment_id === null), bills };
}

function onlyPayments(payments: PaymentKey[]): Found {
  return { payments, references: [], bills: [] };
}

/** Oldest first: an id begins with its time. */
function unique(keys: readonly PaymentKey[]): PaymentKey[] {
  const byId = new Map(keys.map((key) => [key.payment_id, key]));
  return [...byId.values()].sort((a, b) => (a.payment_id < b.payment_id ? -1 : 1));
}

async function readLife(tx: Tx, key: PaymentKey, parties: Parties): Promise<TracedPayment | undefined> {
  const row = await readPayment(tx, key);
  if (row === undefined) return undefined;
  const reversal = await readReversal(tx, key);
  const rejections = await readRejections(tx, key);
  const later = [reversal?.reversal_id, ...rejections.map((rejection) => rejection.rejection_id)];
  const ids = [key.payment_id, ...later.filter((id) => id !== undefined)];
  const [request] = await findReferences(tx, [row.channel_id], row.reference);
  const lines = await readLines(tx, key);
  const postings = await readPostings(tx, key.biller_id, ids);
  const events = [];
  for (const event of await readEvents(tx, key.biller_id, ids))
    events.push({ ...event, confirmation: await readConfirmation(tx, key.biller_id, event.event_id) });
  return showPayment({ row, request, lines, reversal, rejections, postings, events }, parties);
}

function billsOf(payments: readonly TracedPayment[], { billers }: Parties): BillName[] {
  return payments.flatMap((payment) => {
    const billerId = billers.find(({ code }) => code === payment.biller)?.id ?? 0;
    return payment.bills.map(({ billNumber }) => ({ billerId, billNumber }));
  });
}

async function traceBills(tx: Tx, parties: Parties, names: readonly BillName[]): Promise<TracedBill[]> {
  const bills: TracedBill[] = [];
  for (const biller of parties.billers) {
    const numbers = [
      ...new Set(names.filter((name) => name.billerId === biller.id).map(({ billNumber }) => billNumber)),
    ];
    if (numbers.length === 0) continue;
    const history = await readHistory(tx, [biller.id], numbers);
    for (const row of await readBills(tx, [biller.id], numbers)) {
      bills.push(
        showBill(
          row,
          history.filter((entry) => entry.bill_number === row.bill_number),
          biller,
        ),
      );
    }
  }
  return bills;
}
