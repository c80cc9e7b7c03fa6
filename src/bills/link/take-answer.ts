// Keeps what an agency answered: each bill by the intake rules, beside it when and how it was said. All of an answer or,
// when it contradicts what the agency said before, nothing.

import type { Biller } from '../../billers/index.ts';
import { newId } from '../../kernel/ids.ts';
import { isConflict, type Database, type Session, type Tx } from '../../platform/db/index.ts';
import { takeBill } from '../put-bill.ts';
import { keepHistory, lockStanding, markCancelled, readNow } from '../store-bill.ts';
import type { Question, SaidBill } from './read-answer.ts';
import { decideSaid, type Said } from './rules.ts';
import { BEGIN_ANSWER, commitLaxly, putSnapshot, readLastWord, readUnnamed, takeOpen } from './store-link.ts';

/** The same version of a bill with another content: one of the two is wrong, and nobody here knows which. */
export class Contradiction extends Error {}

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
      if (attempt >= TRIES || !isConflict(error)) throw error;
    }
  }
}

type Word = { readonly billNumber: string } & (
  { readonly said: 'unknown' } | { readonly said: SaidBill['status']; readonly bill: SaidBill }
);

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
    bill,
  }));
  const named = bills.map(({ bill }) => bill.billNumber);
  for (const billNumber of await unknownOf(tx, billerId, question, named, tookMs))
    words.push({ billNumber, said: 'unknown' });
  for (const word of words.sort((a, b) => (a.billNumber < b.billNumber ? -1 : 1)))
    await takeWord(tx, biller, word, tookMs);
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

async function takeWord(tx: Tx, biller: Biller, word: Word, tookMs: number): Promise<void> {
  const { billerId } = biller;
  const { billNumber, said } = word;
  const standing = await lockStanding(tx, billerId, billNumber);
  const last = await readLastWord(tx, billerId, billNumber, tookMs);
  if (last?.is_later === true || (standing === undefined && said === 'unknown')) return;
  if (said === 'unknown') {
    if (standing?.status === 'open') await close(tx, biller, billNumber, said);
  } else if (said === 'open' || standing?.status !== 'cancelled') {
    const outcome = await takeBill(tx, biller, word.bill.bill, decideSaid(last?.said));
    if (outcome === 'version-reused') throw new Contradiction(billNumber);
    // What was presented with a higher version stands; that it is owed no longer holds whatever the version.
    const isOpen = outcome !== 'bill-already-paid' && outcome !== 'bill-cancelled';
    if (said !== 'open' && isOpen) await close(tx, biller, billNumber, said);
  }
  const paidAt = said === 'paid' ? word.bill.paidAt : null;
  await putSnapshot(tx, billerId, { billNumber, said, paidAt }, tookMs);
}

const REASONS: Record<Exclude<Said, 'open'>, string> = {
  paid: 'paid elsewhere, says the agency',
  cancelled: 'owed no longer, says the agency',
  unknown: 'not known to the agency, or not among the open bills of its payer',
};

async function close(
  tx: Tx,
  { billerId, calendar }: Biller,
  billNumber: string,
  said: Exclude<Said, 'open'>,
): Promise<void> {
  const { now } = await readNow(tx, calendar);
  await keepHistory(tx, billerId, billNumber, {
    historyId: newId(now.getTime(), billerId),
    reason: 'cancelled',
    now,
    note: { reference: 'agency-link', reason: REASONS[said] },
  });
  await markCancelled(tx, billerId, billNumber);
}
