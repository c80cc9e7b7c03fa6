// What a resolution is about: of an open break what is at stake, of a resolved one what still lies in suspense by it.

import { money, type Money } from '../../kernel/money.ts';
import type { Tx } from '../../platform/db/index.ts';
import { impossible } from './find-resolution.ts';
import type { StoredBreak } from './store-break.ts';
import { readSuspense } from './store-journal.ts';

/** Refuses `approval-impossible` when nothing is left. */
export async function stakeOf(tx: Tx, it: StoredBreak): Promise<Money> {
  if (it.state !== 'resolved') return money(it.amountMinor, it.currency);
  const { minor } = await inSuspense(tx, it);
  return money(minor, it.currency);
}

/** In whose book, and how much. Refuses `approval-impossible`. */
export async function inSuspense(tx: Tx, it: StoredBreak): Promise<{ billerId: number; minor: bigint }> {
  const [book] = await readSuspense(tx, it);
  if (book === undefined) throw impossible('nothing lies in suspense by this break');
  return { billerId: book.biller_id, minor: book.minor };
}
