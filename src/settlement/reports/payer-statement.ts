// What a payer has paid to an agency over a span of days: each bill with its receipt, what was taken back, and the
// totals. For the agency, about its own payers.

import type { Biller } from '../../billers/index.ts';
import { showId, showReceipt } from '../../kernel/ids.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { toText, type MoneyText } from '../../kernel/money.ts';
import type { Database } from '../../platform/db/index.ts';
import type { StatementAnswer } from './statement-schema.ts';
import { findPayer, readPaidLines, type PaidLineRow, type PayerSpan } from './store-payer.ts';

/** Lines of one statement: an employer's year. */
const MOST_LINES = 20_000;

/** Refuses `not-found` when no bill names the payer, `malformed-request` for more than it can tell. */
export async function payerStatement(
  database: Database,
  biller: Biller,
  span: Omit<PayerSpan, 'billerId'>,
): Promise<StatementAnswer> {
  const { billerId, currency } = biller;
  const whole = { ...span, billerId };
  const { payer, lines } = await database.nodeOf(billerId).transaction(async (tx) => ({
    payer: await findPayer(tx, whole, currency),
    lines: await readPaidLines(tx, whole, MOST_LINES + 1),
  }));
  if (payer === undefined) throw new Refused(refuse('not-found', { payerId: span.payerId }));
  if (lines.length > MOST_LINES)
    throw new Refused(refuse('malformed-request', { field: 'from', limit: MOST_LINES }));
  const money = (minor: bigint): MoneyText => toText({ minor, currency });
  const sum = (those: readonly PaidLineRow[]) => those.reduce((all, line) => all + line.amount_minor, 0n);
  const paid = sum(lines);
  const gone = sum(lines.filter((line) => statusOf(line) !== 'paid'));
  return {
    billerCode: biller.code,
    payerId: span.payerId,
    payerName: payer.name,
    from: span.from,
    to: span.to,
    currency,
    asOf: payer.as_of.toISOString(),
    items: lines.map((line) => ({
      businessDate: line.business_date,
      acceptedAt: line.accepted_at.toISOString(),
      paymentId: showId('pay', line.payment_id),
      receiptNumber: showReceipt(billerId, line.receipt_no),
      channelCode: line.channel,
      method: line.method,
      billNumber: line.bill_number,
      amount: money(line.amount_minor),
      status: statusOf(line),
      endedOn: line.reversal_date ?? line.rejected_date,
    })),
    paid: money(paid),
    reversed: money(gone),
    stands: money(paid - gone),
    credit: money(payer.credit_minor),
  };
}

/** `returned`: the agency had been paid elsewhere, and the money is the payer's credit. */
function statusOf(line: PaidLineRow): 'paid' | 'reversed' | 'returned' {
  if (line.reversed_at !== null) return 'reversed';
  return line.rejected_date === null ? 'paid' : 'returned';
}
