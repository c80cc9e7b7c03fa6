// PUT of one bill: checked, its row locked, decided by rules.ts, written. What it replaces goes to the history,
// which is its audit. Repeating it changes nothing.

import type { Biller } from '../billers/index.ts';
import { refuse, type Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { Database, Tx } from '../platform/db/index.ts';
import type { CheckedBill } from './checked-bill.ts';
import { readBillBody } from './read-bill-body.ts';
import { readWritten } from './read-bill.ts';
import { decideIntake, holdBack, isIntake, type Intake, type IntakeRefusal } from './rules.ts';
import type { BillAnswer } from './bill-answer.ts';
import type { BillBody } from './schema.ts';
import { insertBill, keepHistory, lockStanding, readInDebit, readNow, replaceBill } from './store-bill.ts';

export interface PutBill {
  readonly outcome: Intake;
  readonly bill: BillAnswer;
}

const NONE: ReadonlySet<string> = new Set();

/** Locks the bill. Refuses what read-bill-body.ts and rules.ts refuse. */
export async function putBill(
  database: Database,
  biller: Biller,
  billNumber: string,
  body: BillBody,
): Promise<PutBill | Refusal> {
  const read = readBillBody(billNumber, body, biller);
  if ('refusal' in read) return read.refusal;
  return database.nodeOf(biller.billerId).transaction(async (tx) => {
    const outcome = await takeBill(tx, biller, read.bill);
    if (!isIntake(outcome)) return refuseIntake(outcome, billNumber);
    const { today } = await readNow(tx, biller.calendar);
    return { outcome, bill: await readWritten(tx, biller, billNumber, today) };
  });
}

export function refuseIntake(code: IntakeRefusal, billNumber: string): Refusal {
  return refuse(
    code,
    code === 'stale-version' || code === 'version-reused' ? { billNumber, field: 'version' } : { billNumber },
  );
}

/**
 * Locks the bill. One that appears between look and insert is looked at again; bills are never deleted, so twice is
 * enough.
 */
async function takeBill(tx: Tx, biller: Biller, bill: CheckedBill): Promise<Intake | IntakeRefusal> {
  const { billerId, calendar } = biller;
  for (let attempt = 1; attempt <= 2; attempt++) {
    const standing = await lockStanding(tx, billerId, bill.billNumber);
    const { now, today } = await readNow(tx, calendar);
    const expired = standing?.status === 'open' && standing.expiresOn !== null && standing.expiresOn < today;
    const wanted = decideIntake(standing && { ...standing, expired }, bill);
    const isChange = wanted === 'replaced' || wanted === 'reopened';
    const inDebit = isChange ? await readInDebit(tx, billerId, [bill.billNumber]) : NONE;
    const outcome = holdBack(wanted, inDebit.has(bill.billNumber));
    if (outcome === 'created') {
      if (await insertBill(tx, billerId, bill, now)) return outcome;
      continue;
    }
    if (outcome === 'replaced' || outcome === 'reopened') {
      const historyId = newId(now.getTime(), billerId);
      await keepHistory(tx, billerId, bill.billNumber, { historyId, reason: outcome, now });
      await replaceBill(tx, billerId, bill, now);
    }
    return outcome;
  }
  throw new Error(`bill ${bill.billNumber} was there and was not`);
}
