// Keeps what an agency answered: each bill by the intake rules, beside it when and how it was said. All of an answer or,
// when it contradicts what the agency said before, nothing.

import type { Biller } from '../../billers/index.ts';
import { isConflict, type Database, type Session, type Tx } from '../../platform/db/index.ts';
import type { Question, SaidBill } from './read-answer.ts';
import { BEGIN_ANSWER, commitLaxly, readUnnamed, takeOpen } from './store-link.ts';
import { MadeMeanwhile, takeWords, type Word } from './take-words.ts';

const TRIES = 3;

export interface TakingTools {
  readonly database: Database;
  /** For the common case, an answer that is new or the same: one round trip. */
  readonly session: Session;
}

/** `tookMs`: how long ago the question left. Locks the bills that changed, in order. Throws `Contradiction`. */
export async function takeAnswer(
  { database, session }: TakingTools,
  biller: Biller,
  question: Question,
  bills: readonly SaidBill[],
  tookMs: number,
): Promise<void> {
  const { billerId } = biller;
  const [only] = 'billNumber' in question ? bills : [];
  const node = database.nodeOf(billerId);
  for (let attempt = 1; ; attempt++) {
    try {
      if (only?.status === 'open') {
        const taken = await session.once(BEGIN_ANSWER, (tx) => takeOpen(tx, billerId, [only.bill], tookMs));
        if (taken.size === 1) return;
      }
      return await node.transaction((tx) => takeIn(tx, biller, question, bills, tookMs));
    } catch (error) {
      if (attempt >= TRIES || !(error instanceof MadeMeanwhile || isConflict(error))) throw error;
    }
  }
}

async function takeIn(
  tx: Tx,
  biller: Biller,
  question: Question,
  bills: readonly SaidBill[],
  tookMs: number,
): Promise<void> {
  const { billerId } = biller;
  await commitLaxly(tx);
  const open = bills.filter(({ status }) => status === 'open').map(({ bill }) => bill);
  const taken = open.length > 0 ? await takeOpen(tx, billerId, open, tookMs) : new Set<string>();
  const changed = bills.filter(({ bill }) => !taken.has(bill.billNumber));
  const words: Word[] = changed.map((bill) => ({
    billNumber: bill.bill.billNumber,
    said: bill.status,
    bill: bill.bill,
    paidAt: bill.status === 'paid' ? bill.paidAt : null,
  }));
  const named = bills.map(({ bill }) => bill.billNumber);
  for (const billNumber of await unknownOf(tx, billerId, question, named, tookMs))
    words.push({ billNumber, said: 'unknown', paidAt: null });
  if (words.length > 0) await takeWords(tx, biller, words, tookMs);
}

async function unknownOf(
  tx: Tx,
  billerId: number,
  question: Question,
  named: readonly string[],
  tookMs: number,
): Promise<string[]> {
  if ('payerId' in question) return readUnnamed(tx, billerId, question.payerId, named, tookMs);
  return named.length === 0 ? [question.billNumber] : [];
}
