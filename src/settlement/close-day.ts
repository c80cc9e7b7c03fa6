// Close a business day of a biller: seal, then record. By the schedule, by hand, late, twice or on several workers: one
// batch. Days that were missed are closed before it, in their order.

import type { Actor, Outcome } from '../access/index.ts';
import type { Database } from '../platform/db/index.ts';
import type { Batch } from './batch.ts';
import { recordDay } from './record-day.ts';
import { sealDay } from './seal-day.ts';
import { findBatch } from './store-batch.ts';
import { findDay, oldestUnsettled } from './store-seal.ts';
import type { DayKey, RecordedStep } from './store-step.ts';

export interface CloseWish extends DayKey {
  readonly early?: boolean | undefined;
  readonly actor?: Actor | undefined;
  readonly onSealed?: ((key: DayKey) => void) | undefined;
  readonly onStep?: ((step: RecordedStep, key: DayKey) => void) | undefined;
  readonly billsPerStep?: number | undefined;
}

export interface Closed {
  readonly batch: Batch;
  /** False: it had been closed before, or somebody else was quicker. */
  readonly isNew: boolean;
  /** Batches of missed days that had to come first, oldest first. */
  readonly before: readonly Batch[];
}

/** Refuses a day that nobody opened, and one whose cut-off has not passed unless `early`. */
export async function closeDay(database: Database, wish: CloseWish): Promise<Outcome<Closed>> {
  const { billerId, businessDate } = wish;
  const node = database.nodeOf(billerId);
  const before: Batch[] = [];
  for (;;) {
    const [settled, oldest, day] = await node.transaction(async (tx) => [
      await findBatch(tx, billerId, businessDate),
      await oldestUnsettled(tx, billerId),
      await findDay(tx, billerId, businessDate),
    ]);
    if (settled !== undefined) return { ok: true, value: { batch: settled, isNew: false, before } };
    if (day === undefined || oldest === undefined)
      return { ok: false, reason: `there is no business day ${businessDate}` };
    const isWanted = oldest.business_date === businessDate;
    // The days before a day that may be closed are over, or were sealed early.
    const closed = await closeOne(database, {
      ...wish,
      businessDate: oldest.business_date,
      early: isWanted ? wish.early : false,
    });
    if (!closed.ok) return closed;
    if (isWanted) return { ok: true, value: { ...closed.value, before } };
    before.push(closed.value.batch);
  }
}

async function closeOne(
  database: Database,
  wish: CloseWish,
): Promise<Outcome<{ batch: Batch; isNew: boolean }>> {
  const { billerId, businessDate, onSealed, onStep, billsPerStep } = wish;
  const key = { billerId, businessDate };
  const sealed = await sealDay(database, wish);
  if (!sealed.ok) return sealed;
  onSealed?.(key);
  const recorded = await recordDay(database, {
    ...key,
    sealedAt: sealed.value,
    onStep: onStep && ((step) => onStep(step, key)),
    billsPerStep,
  });
  return { ok: true, value: recorded };
}
