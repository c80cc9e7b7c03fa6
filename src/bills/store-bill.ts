// SQL of single bills: lock, write, read, and the history of what they were. Every statement names the biller
// first. History keeps the whole row as it stood, so a trace needs no second source.

import { calendarDate, type BillerCalendar } from '../calendar/index.ts';
import type { BusinessDate } from '../kernel/business-date.ts';
import { textArray, type Tx } from '../platform/db/index.ts';
import type { StoredStatus } from './amount-due.ts';
import type { CheckedBill } from './checked-bill.ts';
import type { StandingBill } from './rules.ts';

export interface BillRow {
  bill_number: string;
  payer_id: string;
  payer_name: string;
  description: string;
  status: StoredStatus;
  amount_minor: bigint | null;
  min_minor: bigint | null;
  max_minor: bigint | null;
  step_minor: bigint | null;
  due_on: BusinessDate;
  expires_on: BusinessDate | null;
  version: bigint | null;
  revision: number;
  penalty: Record<string, unknown>[] | null;
  lines: { budgetLine: string; amount: string }[] | null;
  budget_line: string | null;
  unit: string | null;
  service: string | null;
  contact: Record<string, unknown> | null;
  payment_id: string | null;
  received_at: Date;
}

/** The business time of this transaction's writes and the biller's local date. Read after the locks. */
export async function readNow(tx: Tx, calendar: BillerCalendar): Promise<{ now: Date; today: BusinessDate }> {
  const [row] = await tx.query<{ now: Date }>('select business_now() as now');
  if (row === undefined) throw new Error('business_now() gave no row');
  return { now: row.now, today: calendarDate(row.now, calendar) };
}

/** What the intake rules need of a bill, its row locked; undefined: no such bill. */
export async function lockStanding(
  tx: Tx,
  billerId: number,
  billNumber: string,
): Promise<(Omit<StandingBill, 'expired'> & { expiresOn: BusinessDate | null }) | undefined> {
  const [row] = await tx.query<{
    status: StoredStatus;
    version: bigint | null;
    content_hash: string;
    expires_on: BusinessDate | null;
  }>(
    `select status, version, encode(content_hash, 'hex') as content_hash, expires_on
       from bill where biller_id = $1 and bill_number = $2 for update`,
    [billerId, billNumber],
  );
  return (
    row && {
      status: row.status,
      version: row.version,
      contentHash: row.content_hash,
      expiresOn: row.expires_on,
    }
  );
}

/** Which of these bills a debit at the bank collects. They are locked, by a statement before this one. */
export async function readInDebit(
  tx: Tx,
  billerId: number,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ bill_number: string }>(
    'select bill_number from bills_in_debit($1, $2::text[]) as of(bill_number)',
    [billerId, textArray(numbers)],
  );
  return new Set(rows.map((row) => row.bill_number));
}

/** False: another transaction has made the bill meanwhile. */
export async function insertBill(tx: Tx, billerId: number, bill: CheckedBill, now: Date): Promise<boolean> {
  const rows = await tx.query(
    `insert into bill (biller_id, bill_number, payer_id, payer_name, description, amount_minor, min_minor, max_minor,
                       step_minor, due_on, expires_on, version, penalty, lines, budget_line, unit, service, contact,
                       content_hash, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, decode($19, 'hex'), $20)
     on conflict do nothing returning 1`,
    [...valuesOf(billerId, bill), now],
  );
  return rows.length === 1;
}

/** The row is locked. A version that the new content does not name stays, so that versions never go back. */
export async function replaceBill(tx: Tx, billerId: number, bill: CheckedBill, now: Date): Promise<void> {
  await tx.query(
    `update bill set status = 'open', payer_id = $3, payer_name = $4, description = $5, amount_minor = $6,
            min_minor = $7, max_minor = $8, step_minor = $9, due_on = $10, expires_on = $11,
            version = coalesce($12, version), penalty = $13, lines = $14, budget_line = $15, unit = $16, service = $17,
            contact = $18, content_hash = decode($19, 'hex'), received_at = $20, revision = revision + 1
      where biller_id = $1 and bill_number = $2`,
    [...valuesOf(billerId, bill), now],
  );
}

function valuesOf(billerId: number, bill: CheckedBill): unknown[] {
  return [
    billerId,
    bill.billNumber,
    bill.payerId,
    bill.payerName,
    bill.description,
    bill.amountMinor,
    bill.minMinor,
    bill.maxMinor,
    bill.stepMinor,
    bill.dueOn,
    bill.expiresOn,
    bill.version,
    bill.penaltyJson,
    bill.linesJson,
    bill.budgetLine,
    bill.unit,
    bill.service,
    bill.contactJson,
    bill.contentHash,
  ];
}

export async function markCancelled(tx: Tx, billerId: number, billNumber: string): Promise<void> {
  await tx.query(`update bill set status = 'cancelled' where biller_id = $1 and bill_number = $2`, [
    billerId,
    billNumber,
  ]);
}

export interface HistoryEntry {
  readonly historyId: string;
  readonly reason: 'replaced' | 'cancelled' | 'reopened';
  readonly now: Date;
  /** What happened, beside the content that it happened to. */
  readonly note?: { readonly reference: string; readonly reason: string };
}

/** Keeps the bill as it stands now; call it before the change. */
export async function keepHistory(
  tx: Tx,
  billerId: number,
  billNumber: string,
  entry: HistoryEntry,
): Promise<void> {
  await tx.query(
    `insert into bill_history (biller_id, bill_number, history_id, reason, content, recorded_at)
     select biller_id, bill_number, $3, $4,
            to_jsonb(bill) - '{biller_id,bill_number}'::text[] || jsonb_strip_nulls(jsonb_build_object('note', $5::jsonb)), $6
       from bill where biller_id = $1 and bill_number = $2`,
    [
      billerId,
      billNumber,
      entry.historyId,
      entry.reason,
      entry.note && JSON.stringify(entry.note),
      entry.now,
    ],
  );
}

/** Of a `bill b`. */
export const BILL = `b.bill_number, b.payer_id, b.payer_name, b.description, b.status, b.amount_minor, b.min_minor, b.max_minor,
  b.step_minor, b.due_on, b.expires_on, b.version, b.revision, b.penalty, b.lines, b.budget_line, b.unit, b.service, b.contact,
  b.payment_id, b.received_at`;

export async function findBill(tx: Tx, billerId: number, billNumber: string): Promise<BillRow | undefined> {
  const [row] = await tx.query<BillRow>(
    `select ${BILL} from bill b where b.biller_id = $1 and b.bill_number = $2`,
    [billerId, billNumber],
  );
  return row;
}
