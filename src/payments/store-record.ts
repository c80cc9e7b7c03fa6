// Records a decided group: references first, then payments, their bills and their events, in one statement. A
// reference that another gateway has taken meanwhile is a unique violation: the whole group rolls back, loads
// again and then sees it.

import {
  documentsOf,
  jsonDocuments,
  plainArray,
  textArray,
  type Statement,
  type Tx,
} from '../platform/db/index.ts';
import type { Effects, PaidAnswer, RecordedReference } from './effects.ts';

const RECORD: Statement = {
  name: 'payments_record',
  text: `
with taken as (
  insert into payment_reference (channel_id, reference, biller_id, payment_id, outcome, fingerprint, problem, recorded_at)
  select channel_id, reference, biller_id, payment_id, outcome, fingerprint, problem::json, $8::timestamptz
    from unnest($1::int[], $2::text[], $3::int[], $4::uuid[], $5::text[], $6::text[], ${documentsOf('$7')})
      as r(channel_id, reference, biller_id, payment_id, outcome, fingerprint, problem)
), paid as (
  insert into payment (biller_id, payment_id, channel_id, reference, status, receipt_no, method, route, currency,
    amount_minor, fee_minor, biller_fee_minor, tax_minor, commission_minor, business_date, occurred_at,
    reversible_until, details, accepted_at)
  select biller_id, payment_id, channel_id, reference, status, receipt_no, method, route, currency, amount_minor,
    fee_minor, biller_fee_minor, tax_minor, commission_minor, business_date, occurred_at, reversible_until,
    details::json, $8::timestamptz
    from unnest($9::int[], $10::uuid[], $11::int[], $12::text[], $13::text[], $14::bigint[], $15::text[], $16::text[],
      $17::text[], $18::bigint[], $19::bigint[], $20::bigint[], $21::bigint[], $22::bigint[], $23::date[],
      $24::timestamptz[], $25::timestamptz[], ${documentsOf('$26')})
      as p(biller_id, payment_id, channel_id, reference, status, receipt_no, method, route, currency, amount_minor,
      fee_minor, biller_fee_minor, tax_minor, commission_minor, business_date, occurred_at, reversible_until, details)
), lines as (
  insert into payment_bill (biller_id, payment_id, line, bill_number, bill_revision, payer_id, amount_minor, due_minor,
    penalty_minor, refusal)
  select * from unnest($27::int[], $28::uuid[], $29::smallint[], $30::text[], $31::int[], $32::text[], $33::bigint[],
    $34::bigint[], $35::bigint[], $36::text[])
)
insert into event (biller_id, event_id, type, subject, revision, payload, recorded_at)
select biller_id, payment_id, 'payment.' || status, payment_id::text, 1, payload::json, $8::timestamptz
  from unnest($9::int[], $10::uuid[], $13::text[], ${documentsOf('$37')}) as accepted(biller_id, payment_id, status, payload)`,
};

/** Throws SQLSTATE 23505 when a reference was taken by somebody else. `now`: RFC 3339, the group's time. */
export function recordPayments(tx: Tx, effects: Effects, now: string): Promise<unknown> {
  const references = [...effects.references].sort(byReference);
  return tx.run(RECORD, [
    ...referenceColumns(references),
    now,
    ...paymentColumns(effects.payments),
    ...lineColumns(effects.payments),
    answers(effects.payments),
  ]);
}

/** References are inserted in one order everywhere, so that two groups never wait for each other crosswise. */
function byReference(a: RecordedReference, b: RecordedReference): number {
  return a.channelId - b.channelId || (a.reference < b.reference ? -1 : 1);
}

function referenceColumns(references: readonly RecordedReference[]): string[] {
  return [
    plainArray(references, (r) => r.channelId),
    textArray(references, (r) => r.reference),
    plainArray(references, (r) => r.billerId),
    plainArray(references, (r) => r.paymentId),
    plainArray(references, (r) => r.outcome),
    textArray(references, (r) => r.fingerprint),
    jsonDocuments(references, (r) => r.problem),
  ];
}

function paymentColumns(payments: readonly PaidAnswer[]): string[] {
  const rows = payments.map(({ payment }) => payment);
  return [
    plainArray(rows, (p) => p.billerId),
    plainArray(rows, (p) => p.paymentId),
    plainArray(rows, (p) => p.channelId),
    textArray(rows, (p) => p.reference),
    plainArray(rows, (p) => p.status),
    plainArray(rows, (p) => p.receiptNo),
    plainArray(rows, (p) => p.method),
    plainArray(rows, (p) => p.route),
    plainArray(rows, (p) => p.currency),
    plainArray(rows, (p) => p.amountMinor),
    plainArray(rows, (p) => p.feeMinor),
    plainArray(rows, (p) => p.billerFeeMinor),
    plainArray(rows, (p) => p.taxMinor),
    plainArray(rows, (p) => p.commissionMinor),
    plainArray(rows, (p) => p.businessDate),
    textArray(rows, (p) => p.occurredInstant),
    textArray(rows, (p) => p.reversibleUntil),
    jsonDocuments(rows, (p) => p.details),
  ];
}

function lineColumns(payments: readonly PaidAnswer[]): string[] {
  const rows = payments.flatMap(({ payment }) =>
    payment.lines.map((line, i) => ({ payment, line, place: i + 1 })),
  );
  return [
    plainArray(rows, (row) => row.payment.billerId),
    plainArray(rows, (row) => row.payment.paymentId),
    plainArray(rows, (row) => row.place),
    textArray(rows, (row) => row.line.billNumber),
    plainArray(rows, (row) => row.line.billRevision),
    textArray(rows, (row) => row.line.payerId),
    plainArray(rows, (row) => row.line.amountMinor),
    plainArray(rows, (row) => row.line.dueMinor),
    plainArray(rows, (row) => row.line.penaltyMinor),
    plainArray(rows, (row) => row.line.refusal),
  ];
}

function answers(payments: readonly PaidAnswer[]): string {
  return jsonDocuments(payments, ({ answer }) => answer);
}
