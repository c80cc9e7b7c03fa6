// Records a decided group in one statement: references, payments with their bills, events and journals, the bills'
// state and the balances. A reference that another gateway has taken meanwhile is a unique violation: the whole group
// rolls back, loads again and then sees it.

import { markPaidSql } from '../bills/index.ts';
import { entryParts } from '../ledger/index.ts';
import { rowSource, type Shape, type Statement, type Tx } from '../platform/db/index.ts';
import { eventParts } from '../platform/outbox/index.ts';
import type { Effects, PaidAnswer, RecordedReference } from './effects.ts';
import type { Payment, PaymentLine } from './payment.ts';

const REFERENCES = rowSource<RecordedReference>(2, [
  { name: 'channel_id', type: 'int', of: (r) => r.channelId },
  { name: 'reference', type: 'text', of: (r) => r.reference },
  { name: 'biller_id', type: 'int', of: (r) => r.billerId },
  { name: 'payment_id', type: 'uuid', of: (r) => r.paymentId },
  { name: 'outcome', type: 'word', of: (r) => r.outcome },
  { name: 'fingerprint', type: 'text', of: (r) => r.fingerprint },
  { name: 'problem', type: 'json', of: (r) => r.problem },
]);

const PAYMENTS = rowSource<PaidAnswer>(REFERENCES.next, [
  { name: 'biller_id', type: 'int', of: ({ payment }) => payment.billerId },
  { name: 'payment_id', type: 'uuid', of: ({ payment }) => payment.paymentId },
  { name: 'channel_id', type: 'int', of: ({ payment }) => payment.channelId },
  { name: 'reference', type: 'text', of: ({ payment }) => payment.reference },
  { name: 'status', type: 'word', of: ({ payment }) => payment.status },
  { name: 'receipt_no', type: 'bigint', of: ({ payment }) => payment.receiptNo },
  { name: 'method', type: 'word', of: ({ payment }) => payment.method },
  { name: 'route', type: 'word', of: ({ payment }) => payment.route },
  { name: 'currency', type: 'word', of: ({ payment }) => payment.currency },
  { name: 'amount_minor', type: 'bigint', of: ({ payment }) => payment.amountMinor },
  { name: 'fee_minor', type: 'bigint', of: ({ payment }) => payment.feeMinor },
  { name: 'biller_fee_minor', type: 'bigint', of: ({ payment }) => payment.billerFeeMinor },
  { name: 'tax_minor', type: 'bigint', of: ({ payment }) => payment.taxMinor },
  { name: 'commission_minor', type: 'bigint', of: ({ payment }) => payment.commissionMinor },
  { name: 'business_date', type: 'date', of: ({ payment }) => payment.businessDate },
  { name: 'occurred_at', type: 'timestamptz', of: ({ payment }) => payment.occurredInstant },
  { name: 'reversible_until', type: 'timestamptz', of: ({ payment }) => payment.reversibleUntil },
  { name: 'details', type: 'json', of: ({ payment }) => payment.details },
  { name: 'answer', type: 'json', of: ({ answer }) => answer },
]);

interface PaidLine {
  readonly payment: Payment;
  readonly line: PaymentLine;
  readonly place: number;
}

const LINES = rowSource<PaidLine>(PAYMENTS.next, [
  { name: 'biller_id', type: 'int', of: ({ payment }) => payment.billerId },
  { name: 'payment_id', type: 'uuid', of: ({ payment }) => payment.paymentId },
  { name: 'line', type: 'smallint', of: ({ place }) => place },
  { name: 'bill_number', type: 'text', of: ({ line }) => line.billNumber },
  { name: 'bill_revision', type: 'int', of: ({ line }) => line.billRevision },
  { name: 'payer_id', type: 'text', of: ({ line }) => line.payerId },
  { name: 'amount_minor', type: 'bigint', of: ({ line }) => line.amountMinor },
  { name: 'due_minor', type: 'bigint', of: ({ line }) => line.dueMinor },
  { name: 'penalty_minor', type: 'bigint', of: ({ line }) => line.penaltyMinor },
  { name: 'refusal', type: 'word', of: ({ line }) => line.refusal },
  { name: 'unit', type: 'text', of: ({ line }) => line.placement?.unit ?? null },
  { name: 'service', type: 'text', of: ({ line }) => line.placement?.service ?? null },
  { name: 'budget_line', type: 'text', of: ({ line }) => line.placement?.budgetLine ?? null },
  { name: 'budget', type: 'json', of: ({ line }) => line.placement?.budget ?? null },
  { name: 'is_accepted', type: 'boolean', of: ({ payment }) => payment.status === 'accepted' },
]);

const NOW = '$1::timestamptz';

interface Recording extends Statement {
  values(effects: Effects, lines: readonly PaidLine[], now: string, lane: number): unknown[];
}

/** References first, and in one order everywhere, so that two groups never wait for each other crosswise. */
function recording(shape: Shape): Recording {
  const entries = entryParts(LINES.next, shape);
  return {
    name: `payments_record_${shape}`,
    text: `
with paid as (
  insert into payment (biller_id, payment_id, channel_id, reference, status, receipt_no, method, route, currency,
    amount_minor, fee_minor, biller_fee_minor, tax_minor, commission_minor, business_date, occurred_at,
    reversible_until, details, accepted_at)
  select biller_id, payment_id, channel_id, reference, status, receipt_no, method, route, currency, amount_minor,
    fee_minor, biller_fee_minor, tax_minor, commission_minor, business_date, occurred_at, reversible_until,
    details::json, ${NOW}
    from ${PAYMENTS.from(shape, 'p')}
), lines as (
  insert into payment_bill (biller_id, payment_id, line, bill_number, bill_revision, payer_id, amount_minor, due_minor,
    penalty_minor, refusal, unit, service, budget_line, budget)
  select biller_id, payment_id, line, bill_number, bill_revision, payer_id, amount_minor, due_minor, penalty_minor,
    refusal, unit, service, budget_line, budget::json from ${LINES.from(shape, 'l')}
), marked as (
  ${markPaidSql(LINES.from(shape, 'paid', ['biller_id', 'bill_number', 'payment_id', 'is_accepted']), 'paid.is_accepted')}
), ${eventParts(
      `select biller_id, payment_id, 'payment.' || status, payment_id::text, 1, answer::json, ${NOW}
    from ${PAYMENTS.from(shape, 'e', ['biller_id', 'payment_id', 'status', 'answer'])}`,
    )}, ${entries.sql}
insert into payment_reference (channel_id, reference, biller_id, payment_id, outcome, fingerprint, problem, recorded_at)
select channel_id, reference, biller_id, payment_id, outcome, fingerprint, problem::json, ${NOW}
  from ${REFERENCES.from(shape, 'r')}`,
    values: (effects, lines, now, lane) => [
      now,
      ...REFERENCES.values(shape, [...effects.references].sort(byReference)),
      ...PAYMENTS.values(shape, effects.payments),
      ...LINES.values(shape, lines),
      ...entries.values(effects.entries, lane),
    ],
  };
}

const RECORD = { one: recording('one'), many: recording('many') };

/**
 * Throws SQLSTATE 23505 when a reference was taken by somebody else. `now`: RFC 3339, the group's time. The bills are
 * locked already; locks the balances of `lane`.
 */
export function recordPayments(tx: Tx, effects: Effects, now: string, lane: number): Promise<unknown> {
  const lines = effects.payments.flatMap(({ payment }) =>
    payment.lines.map((line, i) => ({ payment, line, place: i + 1 })),
  );
  const isOne = effects.references.length === 1 && effects.payments.length === 1 && lines.length === 1;
  const record = isOne ? RECORD.one : RECORD.many;
  return tx.run(record, record.values(effects, lines, now, lane));
}

function byReference(a: RecordedReference, b: RecordedReference): number {
  return a.channelId - b.channelId || (a.reference < b.reference ? -1 : 1);
}
