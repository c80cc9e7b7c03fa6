// A pay code: one ISO 11649 creditor reference for a set of bills, digits only, so that it can be typed at a kiosk
// and read over the telephone. Its set never changes.

import { randomInt } from 'node:crypto';
import { makeCreditorReference } from '../kernel/creditor-reference.ts';
import { refuse, type Refusal } from '../kernel/errors.ts';
import type { Database, Tx } from '../platform/db/index.ts';
import type { PayCodeAnswer, PayCodeBody } from './file-schema.ts';
import {
  findPayCodeByReference,
  findUnknownBills,
  insertPayCode,
  type PayCodeRow,
} from './store-pay-code.ts';

export interface MadePayCode {
  readonly payCode: PayCodeAnswer;
  /** The same request has been answered before. */
  readonly isReplay: boolean;
}

/** Refuses `bill-not-found` (naming them all) and `reference-reused`. Bills of any state may be in the set. */
export async function makePayCode(
  database: Database,
  billerId: number,
  body: PayCodeBody,
): Promise<MadePayCode | Refusal> {
  return database.nodeOf(billerId).transaction(async (tx) => {
    const earlier = await findPayCodeByReference(tx, billerId, body.reference);
    if (earlier !== undefined) return replay(earlier, body);
    const unknown = await findUnknownBills(tx, billerId, body.bills);
    if (unknown.length > 0) {
      const bills = unknown.map((billNumber) => ({ billNumber, code: 'bill-not-found' as const }));
      return refuse('bill-not-found', undefined, { bills });
    }
    return insert(tx, billerId, body);
  });
}

function replay(earlier: PayCodeRow, body: PayCodeBody): MadePayCode | Refusal {
  const named = new Set(body.bills);
  const same =
    earlier.bill_numbers.length === named.size && earlier.bill_numbers.every((number) => named.has(number));
  if (!same) return refuse('reference-reused', { field: 'bills' });
  return { payCode: show(earlier), isReplay: true };
}

const ATTEMPTS = 5;

/** The insert loses to an equal code, then another is drawn, or to the same reference, then that one is answered. */
async function insert(tx: Tx, billerId: number, body: PayCodeBody): Promise<MadePayCode | Refusal> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const code = makeCreditorReference(
      String(randomInt(10 ** 6, 10 ** 7)) + String(randomInt(10 ** 6, 10 ** 7)),
    );
    const made = await insertPayCode(tx, billerId, code, body.reference, body.bills);
    if (made !== undefined) return { payCode: show(made), isReplay: false };
    const earlier = await findPayCodeByReference(tx, billerId, body.reference);
    if (earlier !== undefined) return replay(earlier, body);
  }
  throw new Error('no free pay code was drawn');
}

function show(row: PayCodeRow): PayCodeAnswer {
  return {
    payCode: row.code,
    reference: row.reference,
    bills: row.bill_numbers,
    createdAt: row.created_at.toISOString(),
  };
}
