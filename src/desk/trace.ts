// The whole life of what somebody asks about, found by whatever he has in hand: a payment's id, a receipt number, a
// channel's reference, a bill's number or a case's, a mandate, a debit, a break, or a line of a statement. One moment of the database; names and addresses of payers are masked.

import { parseCaseNumber } from '../kernel/case-number.ts';
import { billerOf, parseId, parseReceipt, type Uuid } from '../kernel/ids.ts';
import { debitOf } from '../mandates/debits/index.ts';
import type { BreakLife } from '../reconciliation/breaks/index.ts';
import type { ShownStatement } from '../reconciliation/statements/index.ts';
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
import { showDebit, type TracedDebit } from './show-trace-debit.ts';
import { showMandate, type TracedMandate } from './show-trace-mandate.ts';
import { readBillers, readChannels, type Party } from './store-parties.ts';
import { readBills, readHistory } from './store-trace-bill.ts';
import { readMoney } from './store-trace-money.ts';
import { findDebits, readDebits, type DebitKey } from './store-trace-debit.ts';
import { readMandate } from './store-trace-mandate.ts';
import { readConfirmation } from './store-trace-confirmation.ts';
import { findDisputed, readBreaks, readDisputes } from './store-trace-dispute.ts';
import { findBreakOrLine, type FoundThere, type TracedLine } from './trace-line.ts';
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
  readonly mandates: readonly TracedMandate[];
  /** That were asked for, that made a payment above, or that collect a bill that was asked for. */
  readonly debits: readonly TracedDebit[];
  readonly statements: readonly ShownStatement[];
  readonly lines: readonly TracedLine[];
  /** That were asked for, or are about a line that was. */
  readonly breaks: readonly BreakLife[];
}

/** undefined: nothing bears this name. `bill` and `reference` may be given as `biller/bill`, `channel/reference`. */
export function trace(database: Database, asked: string): Promise<Trace | undefined> {
  return database.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const parties = { billers: await readBillers(tx), channels: await readChannels(tx) };
    const there = await findThere(tx, asked.trim());
    const mandates = await traceMandates(tx, asked.trim(), parties);
    const found = there ?? (await find(tx, asked.trim(), parties));
    const payments: TracedPayment[] = [];
    for (const key of unique(found.payments)) {
      const payment = await readLife(tx, key, parties);
      if (payment !== undefined) payments.push(payment);
    }
    const references = found.references.map((row) => showReference(row, parties));
    const bills = await traceBills(tx, parties, [...found.bills, ...billsOf(payments, parties)]);
    const debits = await traceDebits(tx, parties, found);
    const { statements = [], lines = [], breaks = [] } = there ?? {};
    const whole = { payments, references, bills, mandates, debits, statements, lines, breaks };
    return Object.values(whole).every(({ length }) => length === 0) ? undefined : { asked, ...whole };
  });
}

/** By the id of a break, of a statement, or of a line of one; undefined: it is none of these. */
async function findThere(tx: Tx, text: string): Promise<(Found & FoundThere) | undefined> {
  const found = await findBreakOrLine(tx, text);
  return found && { ...onlyPayments(found.payments), ...found };
}

interface BillName {
  readonly billerId: number;
  readonly billNumber: string;
}

interface Found {
  readonly payments: PaymentKey[];
  readonly references: ReferenceRow[];
  readonly bills: BillName[];
  readonly debits: DebitKey[];
}

/** An id and a receipt name one payment. Any other text may be a reference and a bill's number at once. */
async function find(tx: Tx, text: string, { billers, channels }: Parties): Promise<Found> {
  const debitId = parseId('dbt', text) ?? debitOf(text);
  if (debitId !== undefined) return ofDebit(tx, debitId);
  const paymentId = parseId('pay', text);
  if (paymentId !== undefined)
    return onlyPayments([{ biller_id: billerOf(paymentId), payment_id: paymentId }]);
  const disputed = await findDisputed(tx, {
    caseNumber: parseCaseNumber(text) ?? null,
    disputeId: parseId('dsp', text) ?? null,
  });
  if (disputed.length > 0) return onlyPayments(disputed);
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
  const unpaid = references.filter((row) => row.payment_id === null);
  return { payments, references: unpaid, bills, debits: [] };
}

function onlyPayments(payments: PaymentKey[]): Found {
  return { payments, references: [], bills: [], debits: [] };
}

/** With what it paid. */
async function ofDebit(tx: Tx, debitId: Uuid): Promise<Found> {
  const debits = [{ biller_id: billerOf(debitId), debit_id: debitId }];
  const payments = (await readDebits(tx, debits)).flatMap(({ biller_id, bills }) =>
    bills.flatMap(({ payment_id }) => (payment_id === null ? [] : [{ biller_id, payment_id }])),
  );
  return { ...onlyPayments(payments), debits };
}

async function traceMandates(tx: Tx, text: string, parties: Parties): Promise<TracedMandate[]> {
  const mandateId = parseId('mnd', text);
  if (mandateId === undefined) return [];
  const row = await readMandate(tx, { biller_id: billerOf(mandateId), mandate_id: mandateId });
  return row === undefined ? [] : [showMandate(row, parties)];
}

async function traceDebits(
  tx: Tx,
  parties: Parties,
  { payments, bills, debits }: Found,
): Promise<TracedDebit[]> {
  const found = [...debits, ...(await findDebits(tx, payments, bills))];
  const keys = [...new Map(found.map((key) => [key.debit_id, key])).values()];
  return (await readDebits(tx, keys)).map((row) => showDebit(row, parties));
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
  const disputes = await readDisputes(tx, key);
  const breaks = await readBreaks(tx, key);
  const later = [
    reversal?.reversal_id,
    ...rejections.map((rejection) => rejection.rejection_id),
    ...disputes.map((dispute) => dispute.journal_id ?? undefined),
  ];
  const ids = [key.payment_id, ...later.filter((id) => id !== undefined)];
  const [request] = await findReferences(tx, [row.channel_id], row.reference);
  const lines = await readLines(tx, key);
  const postings = await readPostings(tx, key.biller_id, ids);
  const { channel_id: channelId, business_date: businessDate, route } = row;
  const isOfItsDate = reversal?.business_date !== businessDate;
  const money = await readMoney(tx, key, { channelId, businessDate, route, isOfItsDate });
  const events = [];
  for (const event of await readEvents(tx, key.biller_id, ids))
    events.push({ ...event, confirmation: await readConfirmation(tx, key.biller_id, event.event_id) });
  const rows = { row, request, lines, reversal, rejections, disputes, breaks, postings, events, money };
  return showPayment(rows, parties);
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
