// Record a sealed day: its entries in bounded steps, each a short transaction that is there or not, then the batch. It
// goes on wherever somebody left it, a killed worker for one, and two at once do the same work to the same end.

import type { Database, Tx } from '../platform/db/index.ts';
import type { Batch } from './batch.ts';
import { readStep, SOURCES } from './step.ts';
import { findBatch } from './store-batch.ts';
import { FIRST_ID, LAST_ID } from './store-paid.ts';
import { insertStep, lastStep, planForRanges, type DayKey, type RecordedStep } from './store-step.ts';
import { writeBatch } from './write-batch.ts';

/** Entries of a step have together no more bills than this; a step takes a tenth of a second. */
export const BILLS_PER_STEP = 20_000;

export interface Recording extends DayKey {
  readonly sealedAt: Date;
  /** Told after each step has been committed. */
  readonly onStep?: ((step: RecordedStep) => void) | undefined;
  readonly billsPerStep?: number | undefined;
}

export async function recordDay(
  database: Database,
  recording: Recording,
): Promise<{ batch: Batch; isNew: boolean }> {
  const { billerId, businessDate, sealedAt, onStep, billsPerStep = BILLS_PER_STEP } = recording;
  const key = { billerId, businessDate };
  const node = database.nodeOf(billerId);
  const earlier = await node.transaction((tx) => findBatch(tx, billerId, businessDate));
  if (earlier !== undefined) return { batch: earlier, isNew: false };
  for (;;) {
    const step = await node.transaction(async (tx) => {
      const next = await nextStep(tx, key, await lastStep(tx, key), billsPerStep);
      if (next !== undefined) await insertStep(tx, key, next);
      return next;
    });
    if (step === undefined) break;
    onStep?.(step);
  }
  return node.transaction((tx) => writeBatch(tx, key, sealedAt));
}

/** The step that follows `last`; undefined: everything is in steps. */
export async function nextStep(
  tx: Tx,
  key: DayKey,
  last: RecordedStep | undefined,
  most: number,
): Promise<RecordedStep | undefined> {
  await planForRanges(tx);
  const begun = last === undefined ? 0 : SOURCES.indexOf(last.source);
  for (const source of SOURCES.slice(begun)) {
    const after = source === last?.source ? last.throughId : FIRST_ID;
    const found = await readStep(tx, source, { ...key, after, through: LAST_ID, most });
    if (found !== undefined) return { ...found, step: (last?.step ?? 0) + 1 };
  }
  return undefined;
}
