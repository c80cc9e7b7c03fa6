// What an agency said of bills that stand here otherwise, or are not owed: the bills are locked, the rules decide on each,
// and everything is written, some statements for all of them (500 changed bills in a few hundredths of a second).

import type { Biller } from '../../billers/index.ts';
import { newId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { CheckedBill } from '../checked-bill.ts';
import { readNow } from '../store-bill.ts';
import { decideWord, type Effect, type Said } from './rules.ts';
import {
  cancelBills,
  createBills,
  keepHistories,
  lockBills,
  putSnapshots,
  readLastWords,
  replaceBills,
  type LastWord,
  type PastBill,
  type StandingRow,
} from './store-words.ts';

export interface Word {
  readonly billNumber: string;
  readonly said: Said;
  /** Of all but those that the agency does not know. */
  readonly bill?: CheckedBill;
  readonly paidAt: string | null;
}

/** The same version of a bill with another content: one of the two is wrong, and nobody here knows which. */
export class Contradiction extends Error {}

/** Somebody has made one of the bills since they were locked: all of it is to be done again. */
export class MadeMeanwhile extends Error {}

type Decided = Effect & { readonly word: Word };

/** Locks the bills, in order. Each bill once. Throws `Contradiction` and `MadeMeanwhile`. */
export async function takeWords(
  tx: Tx,
  biller: Biller,
  words: readonly Word[],
  tookMs: number,
): Promise<void> {
  const { billerId, calendar } = biller;
  const numbers = words.map(({ billNumber }) => billNumber);
  const standing = byNumber(await lockBills(tx, billerId, numbers));
  const last = byNumber(await readLastWords(tx, billerId, numbers, tookMs));
  const { now, today } = await readNow(tx, calendar.timeZone);
  const decided: Decided[] = [];
  for (const word of words) {
    const row = standing.get(word.billNumber);
    const before = last.get(word.billNumber);
    if (before?.is_later === true || (row === undefined && word.said === 'unknown')) continue;
    const effect = decideWord(word.said, word.bill, row && standingOf(row, today), before?.said);
    if (effect === 'contradiction') throw new Contradiction(word.billNumber);
    decided.push({ ...effect, word });
  }
  if (decided.length === 0) return;
  await takeContents(tx, billerId, decided, now);
  await close(tx, billerId, decided, now);
  const snapshots = decided.map(({ word }) => word);
  await putSnapshots(tx, billerId, snapshots, tookMs);
}

function byNumber<Row extends StandingRow | LastWord>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.bill_number, row]));
}

function standingOf({ status, version, content_hash, expires_on }: StandingRow, today: string) {
  const expired = status === 'open' && expires_on !== null && expires_on < today;
  return { status, version, contentHash: content_hash, expired };
}

async function takeContents(tx: Tx, billerId: number, decided: readonly Decided[], now: Date): Promise<void> {
  const contentsOf = (isMeant: (effect: Effect) => boolean): CheckedBill[] =>
    decided.flatMap(({ word, ...effect }) => (word.bill !== undefined && isMeant(effect) ? [word.bill] : []));
  const created = contentsOf(({ intake }) => intake === 'created');
  if (created.length > 0 && (await createBills(tx, billerId, created, now)) < created.length)
    throw new MadeMeanwhile();
  const past = decided.flatMap(({ word: { billNumber }, intake }): PastBill[] =>
    intake === 'replaced' || intake === 'reopened'
      ? [{ billNumber, historyId: newId(now.getTime(), billerId), reason: intake, note: null }]
      : [],
  );
  if (past.length === 0) return;
  await keepHistories(tx, billerId, past, now);
  await replaceBills(
    tx,
    billerId,
    contentsOf(({ intake }) => intake === 'replaced' || intake === 'reopened'),
    now,
  );
}

const REASONS: Record<Exclude<Said, 'open'>, string> = {
  paid: 'paid elsewhere, says the agency',
  cancelled: 'owed no longer, says the agency',
  unknown: 'not known to the agency, or not among the open bills of its payer',
};

async function close(tx: Tx, billerId: number, decided: readonly Decided[], now: Date): Promise<void> {
  // After what was replaced, in the history too.
  const at = new Date(now.getTime() + 1);
  const past = decided.flatMap(({ word: { billNumber, said }, closes }): PastBill[] =>
    closes && said !== 'open'
      ? [{ billNumber, historyId: newId(at.getTime(), billerId), reason: 'cancelled', note: REASONS[said] }]
      : [],
  );
  if (past.length === 0) return;
  await keepHistories(tx, billerId, past, at);
  await cancelBills(
    tx,
    billerId,
    past.map(({ billNumber }) => billNumber),
  );
}
