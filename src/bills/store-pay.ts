// The bill statements of the pay path. Bills come first in the global lock order (architecture.md), sorted by
// (biller, number), each through its own index look-up whatever the planner believes about the table.

import type { BusinessDate } from '../kernel/business-date.ts';
import type { PenaltyComponent } from '../billers/index.ts';
import type { BillFacts, StoredStatus } from './amount-due.ts';
import { plainArray, textArray, type Statement, type Tx } from '../platform/db/index.ts';

export interface BillKey {
  readonly billerId: number;
  readonly billNumber: string;
}

/** The columns of a bill that decide what it owes and whose it is; amounts in minor units of the biller's currency. */
export interface BillRow {
  biller_id: number;
  bill_number: string;
  payer_id: string;
  status: StoredStatus;
  amount_minor: bigint | null;
  min_minor: bigint | null;
  max_minor: bigint | null;
  step_minor: bigint | null;
  due_on: BusinessDate;
  expires_on: BusinessDate | null;
  revision: number;
  penalty: PenaltyComponent[] | null;
  /** Amounts as decimal text: a JSON number would pass through a float. */
  lines: { budgetLine: string; amount: string }[] | null;
  budget_line: string | null;
  unit: string | null;
  service: string | null;
  payment_id: string | null;
}

/** A bill as its row stands, with the id of the live payment that paid it. */
export interface StoredBill extends BillFacts {
  readonly billerId: number;
  readonly paymentId: string | null;
  readonly lines: BillRow['lines'];
  readonly budgetLine: string | null;
  readonly unit: string | null;
  readonly service: string | null;
}

export function storedBill(row: BillRow, currency: string): StoredBill {
  return {
    billerId: row.biller_id,
    billNumber: row.bill_number,
    payerId: row.payer_id,
    status: row.status,
    currency,
    amountMinor: row.amount_minor,
    minMinor: row.min_minor,
    maxMinor: row.max_minor,
    stepMinor: row.step_minor,
    dueOn: row.due_on,
    expiresOn: row.expires_on,
    revision: row.revision,
    penalty: row.penalty,
    paymentId: row.payment_id,
    lines: row.lines,
    budgetLine: row.budget_line,
    unit: row.unit,
    service: row.service,
  };
}

const LOCK: Statement = {
  name: 'bills_lock',
  text: `select b.* from unnest($1::int[], $2::text[]) as wanted(biller_id, bill_number)
 cross join lateral (
   select b.biller_id, b.bill_number, b.payer_id, b.status, b.amount_minor, b.min_minor, b.max_minor, b.step_minor,
          b.due_on, b.expires_on, b.revision, b.penalty, b.lines, b.budget_line, b.unit, b.service, b.payment_id
     from bill b where b.biller_id = wanted.biller_id and b.bill_number = wanted.bill_number
      for update) b`,
};

/** Locks bills; unknown ones are missing from the answer. Keys in any order, each once. */
export function lockBills(tx: Tx, keys: readonly BillKey[]): Promise<BillRow[]> {
  const sorted = [...keys].sort(byKey);
  return tx.run<BillRow>(LOCK, [
    plainArray(sorted, (k) => k.billerId),
    textArray(sorted, (k) => k.billNumber),
  ]);
}

function byKey(a: BillKey, b: BillKey): number {
  return a.billerId - b.billerId || (a.billNumber < b.billNumber ? -1 : a.billNumber > b.billNumber ? 1 : 0);
}

/**
 * The update that marks bills paid, for the statement that records their payments. `paid`: an item of `from`, under the
 * alias `paid`, with biller_id, bill_number and payment_id. The bills are locked by the transaction already.
 */
export function markPaidSql(paid: string, where: string): string {
  return `update bill set status = 'paid', payment_id = paid.payment_id from ${paid}
   where bill.biller_id = paid.biller_id and bill.bill_number = paid.bill_number and ${where}`;
}
