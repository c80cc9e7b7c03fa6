// What a trace says, from the rows as they are kept: ids as the world knows them, money as decimal strings, codes
// instead of numbers. Payers' names and addresses are masked here, so no caller can forget it.

import { showId, showReceipt } from '../kernel/ids.ts';
import { maskEmail, maskMobile, maskName } from '../kernel/mask.ts';
import { formatMinor, toText, type MoneyText } from '../kernel/money.ts';
import type { BillerParty, Party } from './store-parties.ts';
import type { ConfirmationRow } from './store-trace-confirmation.ts';
import { showConfirmation } from './show-confirmation.ts';
import { showSaid } from './show-trace-dispute.ts';
import { showMoney } from './show-trace-money.ts';
import type { MoneyOfTrace } from './store-trace-money.ts';
import type { BillRow, HistoryRow } from './store-trace-bill.ts';
import type { TracedBreakRow, TracedDisputeRow } from './store-trace-dispute.ts';
import type {
  EventRow,
  LineRow,
  PaymentRow,
  PostingRow,
  ReferenceRow,
  RejectionRow,
  ReversalRow,
} from './store-trace.ts';

/** Everybody who may be named. */
export interface Parties {
  readonly billers: readonly BillerParty[];
  readonly channels: readonly Party[];
}

export interface PaymentRows {
  readonly row: PaymentRow;
  readonly request: ReferenceRow | undefined;
  readonly lines: readonly LineRow[];
  readonly reversal: ReversalRow | undefined;
  readonly rejections: readonly RejectionRow[];
  readonly disputes: readonly TracedDisputeRow[];
  readonly breaks: readonly TracedBreakRow[];
  readonly postings: readonly PostingRow[];
  readonly money: MoneyOfTrace;
  readonly events: readonly (EventRow & { readonly confirmation: ConfirmationRow })[];
}

export type TracedPayment = ReturnType<typeof showPayment>;
export type TracedReference = ReturnType<typeof showReference>;
export type TracedBill = ReturnType<typeof showBill>;
export type TracedJournal = ReturnType<typeof showJournals>[number];

export function showPayment(
  { row, request, lines, reversal, rejections, disputes, breaks, postings, events, money: went }: PaymentRows,
  parties: Parties,
) {
  const money = (minor: bigint): MoneyText => toText({ minor, currency: row.currency });
  return {
    paymentId: showId('pay', row.payment_id),
    receiptNumber: showReceipt(row.biller_id, row.receipt_no),
    status: row.status,
    biller: codeOf(parties.billers, row.biller_id),
    channel: codeOf(parties.channels, row.channel_id),
    reference: row.reference,
    method: row.method,
    route: row.route,
    amount: money(row.amount_minor),
    fee: money(row.fee_minor),
    total: money(row.amount_minor + row.fee_minor),
    billerFee: money(row.biller_fee_minor),
    tax: money(row.tax_minor),
    commission: money(row.commission_minor),
    businessDate: row.business_date,
    daySealedAt: row.sealed_at?.toISOString() ?? null,
    occurredAt: row.occurred_at.toISOString(),
    acceptedAt: row.accepted_at.toISOString(),
    reversibleUntil: row.reversible_until.toISOString(),
    agencySaidAt: row.details?.agencySaidAt ?? null,
    outlet: row.details?.outlet ?? null,
    instrument: row.details?.instrument ?? null,
    payer: maskedPayer(row.details?.payer),
    request: request === undefined ? null : showReference(request, parties),
    bills: lines.map((line) => ({
      billNumber: line.bill_number,
      revision: line.bill_revision,
      payerId: line.payer_id,
      amount: money(line.amount_minor),
      due: line.due_minor === null ? null : money(line.due_minor),
      penalty: money(line.penalty_minor),
      refusal: line.refusal,
    })),
    journals: showJournals(postings, parties),
    money: showMoney(went),
    events: showEvents(events),
    reversal: reversal === undefined ? null : showReversal(reversal, parties),
    rejections: rejections.map((rejection) => ({
      rejectionId: showId('rej', rejection.rejection_id),
      reference: rejection.reference,
      reason: rejection.reason,
      amount: money(rejection.amount_minor),
      businessDate: rejection.business_date,
      recordedAt: rejection.recorded_at.toISOString(),
      bills: rejection.bills.map(({ breakId, ...bill }) => ({ ...bill, breakId: showId('brk', breakId) })),
    })),
    ...showSaid(breaks, disputes),
  };
}

function showEvents(events: PaymentRows['events']) {
  return events.map(({ event_id, type, revision, recorded_at, confirmation }) => ({
    eventId: showId('evt', event_id),
    type,
    revision,
    recordedAt: recorded_at.toISOString(),
    confirmation: showConfirmation(confirmation, type),
  }));
}

function showReversal(row: ReversalRow, parties: Parties) {
  return {
    reversalId: showId('rev', row.reversal_id),
    channel: codeOf(parties.channels, row.channel_id),
    reference: row.reference,
    reason: row.reason,
    kind: row.kind,
    businessDate: row.business_date,
    recordedAt: row.recorded_at.toISOString(),
  };
}

export function showReference(row: ReferenceRow, parties: Parties) {
  return {
    channel: codeOf(parties.channels, row.channel_id),
    reference: row.reference,
    outcome: row.outcome,
    asked: showFingerprint(row.fingerprint, parties),
    problem: row.problem,
    recordedAt: row.recorded_at.toISOString(),
  };
}

/** `<biller> <method> <bill>=<minor><currency> …` (payments/fingerprint.ts); null: burnt before a request came. */
function showFingerprint(fingerprint: string, parties: Parties) {
  const [biller = '', method = '', ...items] = fingerprint.split(' ');
  if (fingerprint === '') return null;
  const bills = items.map((item) => {
    const [, billNumber = item, minor = '0', currency = ''] = /^(.*)=(\d+)([A-Z]{3})$/.exec(item) ?? [];
    return { billNumber, amount: toText({ minor: BigInt(minor), currency }) };
  });
  return { biller: codeOf(parties.billers, Number(biller)), method, bills };
}

function showJournals(rows: readonly PostingRow[], parties: Parties) {
  return [...new Set(rows.map((row) => row.journal_id))].map((journalId) => {
    const postings = rows.filter((row) => row.journal_id === journalId);
    const [head] = postings;
    return {
      journalId,
      kind: head?.kind ?? '',
      businessDate: head?.business_date ?? '',
      recordedAt: head?.recorded_at.toISOString() ?? '',
      postings: postings.map(({ code, channel_id, currency, amount_minor }) => ({
        account: channel_id === 0 ? code : `${code} ${codeOf(parties.channels, channel_id)}`,
        side: amount_minor > 0n ? 'debit' : 'credit',
        amount: toText({ minor: amount_minor > 0n ? amount_minor : -amount_minor, currency }),
      })),
    };
  });
}

export function showBill(row: BillRow, history: readonly HistoryRow[], { code, currency }: BillerParty) {
  const text = (minor: bigint | null): string | null =>
    minor === null ? null : formatMinor(minor, currency);
  return {
    biller: code,
    billNumber: row.bill_number,
    status: row.status,
    payerId: row.payer_id,
    payerName: maskName(row.payer_name),
    description: row.description,
    currency,
    amount: text(row.amount_minor),
    min: text(row.min_minor),
    max: text(row.max_minor),
    dueOn: row.due_on,
    expiresOn: row.expires_on,
    version: row.version === null ? null : Number(row.version),
    revision: row.revision,
    paymentId: row.payment_id === null ? null : showId('pay', row.payment_id),
    receivedAt: row.received_at.toISOString(),
    fileId: row.file_id === null ? null : showId('bfl', row.file_id),
    history: history.map((entry) => ({
      reason: entry.reason,
      recordedAt: entry.recorded_at.toISOString(),
      was: entry.status,
      revision: entry.revision,
      amount: text(entry.amount_minor),
      paymentId: entry.payment_id === null ? null : showId('pay', entry.payment_id),
      note: entry.note,
    })),
  };
}

function maskedPayer(payer: NonNullable<PaymentRow['details']>['payer']) {
  if (payer === undefined) return null;
  const { name, mobile, email, language } = payer;
  return {
    ...(name !== undefined && { name: maskName(name) }),
    ...(mobile !== undefined && { mobile: maskMobile(mobile) }),
    ...(email !== undefined && { email: maskEmail(email) }),
    ...(language !== undefined && { language }),
  };
}

export function codeOf(parties: readonly Party[], id: number): string {
  return parties.find((party) => party.id === id)?.code ?? `number ${id}`;
}
