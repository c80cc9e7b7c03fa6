// What a match found is judged and opened as breaks, a lot in each transaction, and what earlier files had said of the day
// and this one does not is ended.

import type { Database, Tx } from '../../platform/db/index.ts';
import { endBreaks, openBreaks, type FoundBreak } from '../breaks/index.ts';
import { breakOf, repeatedBreak } from './found-break.ts';
import { isTakenAt, judge, type Pair } from './judge.ts';
import { asSaidAnew } from './said-anew.ts';
import { shareClaim, type Claim } from './store-claim.ts';
import { readToday } from './store-file.ts';
import { readPairs, readRepeated } from './store-pairs.ts';
import { findUnsaid, noteSaid } from './store-said.ts';
import { mustBeStaged, tablesOf, type StagingTables } from './store-staging.ts';
import type { Sums } from './totals.ts';

const LOT = 1_000;

export interface OpenOptions {
  /** What the file's lines come to, first lines of a reference only. Corrected here to what ours come to. */
  readonly ours: Sums;
  /** The same, corrected to what agrees. */
  readonly matched: Sums;
  readonly signal: AbortSignal;
  readonly onStep?: (() => void) | undefined;
}

/** False: the day is another's, or the signal came. */
export async function openFound(
  database: Database,
  claim: Claim,
  { unlike, repeated }: { readonly unlike: number; readonly repeated: number },
  { ours, matched, signal, onStep }: OpenOptions,
): Promise<boolean> {
  const tables = tablesOf(claim);
  const step = async (work: (tx: Tx, at: Date) => Promise<void>): Promise<boolean> => {
    if (signal.aborted) return false;
    const isHeld = await database.transaction(async (tx) => {
      if (!(await shareClaim(tx, claim))) return false;
      await mustBeStaged(tx, tables);
      await work(tx, (await readToday(tx)).now);
      return true;
    });
    if (isHeld) onStep?.();
    return isHeld;
  };
  for (let after = 0; after < unlike; after += LOT) {
    const isHeld = await step(async (tx, at) => {
      const pairs = await readPairs(tx, tables, { ...claim, after, limit: LOT });
      await open(tx, tables, judged(claim, pairs, { ours, matched }), at);
    });
    if (!isHeld) return false;
  }
  for (let after = 0; after < repeated; after += LOT) {
    const isHeld = await step(async (tx, at) => {
      const lot = await readRepeated(tx, tables, { ...claim, after, limit: LOT });
      const found = lot.map((each) => repeatedBreak(claim, each.repeated, each.pair));
      await open(tx, tables, found, at);
    });
    if (!isHeld) return false;
  }
  for (let ended = LOT; ended === LOT;) {
    const isHeld = await step(async (tx, at) => {
      const unsaid = await findUnsaid(tx, tables, claim, LOT);
      for (const { biller_id, keys } of unsaid) await endBreaks(tx, biller_id, keys, at);
      ended = unsaid.reduce((sum, { keys }) => sum + keys.length, 0);
    });
    if (!isHeld) return false;
  }
  return true;
}

function judged(
  { businessDate, ...claim }: Claim,
  pairs: readonly Pair[],
  { ours, matched }: Pick<OpenOptions, 'ours' | 'matched'>,
): FoundBreak[] {
  const found: FoundBreak[] = [];
  for (const pair of pairs) {
    const { theirs, payment } = pair;
    const kind = judge(businessDate, pair);
    if (kind !== undefined) found.push(breakOf({ businessDate, ...claim }, kind, pair));
    if (theirs !== null) {
      ours.subtract(theirs);
      if (kind !== undefined) matched.subtract(theirs);
    }
    if (payment?.businessDate === businessDate)
      ours.add({ ...payment, status: isTakenAt(payment, businessDate) ? payment.status : 'reversed' });
  }
  return found;
}

async function open(tx: Tx, tables: StagingTables, found: readonly FoundBreak[], at: Date): Promise<void> {
  const anew = await asSaidAnew(tx, found);
  await noteSaid(tx, tables, anew);
  await openBreaks(tx, anew, at);
}
