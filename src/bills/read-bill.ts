// A bill as its agency sees it: in full, in its state of today.

import type { Biller } from '../billers/index.ts';
import type { BusinessDate } from '../kernel/business-date.ts';
import { refuse, type Refusal } from '../kernel/errors.ts';
import { showId } from '../kernel/ids.ts';
import { formatMinor } from '../kernel/money.ts';
import type { Database, Tx } from '../platform/db/index.ts';
import { effectiveStatus } from './amount-due.ts';
import type { BillAnswer } from './bill-answer.ts';
import { findBill, readNow, type BillRow } from './store-bill.ts';

export type ReaderBiller = Pick<Biller, 'billerId' | 'currency' | 'calendar'>;

/** Refuses `bill-not-found`: another agency's bill does not exist either. */
export function readBill(
  database: Database,
  biller: ReaderBiller,
  billNumber: string,
): Promise<BillAnswer | Refusal> {
  return database.nodeOf(biller.billerId).transaction(async (tx) => {
    const row = await findBill(tx, biller.billerId, billNumber);
    if (row === undefined) return refuse('bill-not-found', { billNumber });
    const { today } = await readNow(tx, biller.calendar);
    return showBill(row, biller, today);
  });
}

/** The same inside a transaction that has just written the bill. */
export async function readWritten(
  tx: Tx,
  biller: ReaderBiller,
  billNumber: string,
  today: BusinessDate,
): Promise<BillAnswer> {
  const row = await findBill(tx, biller.billerId, billNumber);
  if (row === undefined) throw new Error(`bill ${billNumber} was written and is not there`);
  return showBill(row, biller, today);
}

export function showBill(row: BillRow, { currency }: ReaderBiller, today: BusinessDate): BillAnswer {
  return {
    billNumber: row.bill_number,
    payerId: row.payer_id,
    payerName: row.payer_name,
    description: row.description,
    status: effectiveStatus({ status: row.status, expiresOn: row.expires_on }, today),
    amount: showAmount(row, currency),
    dueOn: row.due_on,
    expiresOn: row.expires_on,
    version: row.version === null ? null : Number(row.version),
    revision: row.revision,
    penalty: row.penalty,
    lines:
      row.lines?.map((line) => ({ budgetLine: line.budgetLine, amount: { value: line.amount, currency } })) ??
      null,
    budgetLine: row.budget_line,
    unit: row.unit,
    service: row.service,
    payer: row.contact,
    paymentId: row.status === 'paid' && row.payment_id !== null ? showId('pay', row.payment_id) : null,
    receivedAt: row.received_at.toISOString(),
  };
}

function showAmount(row: BillRow, currency: string): BillAnswer['amount'] {
  if (row.amount_minor !== null) return { value: formatMinor(row.amount_minor, currency), currency };
  const min = formatMinor(row.min_minor ?? 0n, currency);
  const max = formatMinor(row.max_minor ?? 0n, currency);
  if (row.step_minor === null) return { min, max, currency };
  return { min, max, step: formatMinor(row.step_minor, currency), currency };
}
