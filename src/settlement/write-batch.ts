// Record, the end of it: the batch from its steps, its splits, its remittances, its journal and its event, in one short
// transaction. Whoever comes second finds the batch and changes nothing.

import { addWorkingDays } from '../calendar/index.ts';
import { newId } from '../kernel/ids.ts';
import { Entries, recordEntries } from '../ledger/index.ts';
import { BALANCE_LANES } from '../payments/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Batch, Split } from './batch.ts';
import { digestOf } from './digest.ts';
import { drawUp } from './draw-up.ts';
import { setOffPostings } from './postings.ts';
import { planRemittances } from './remittances/plan-remittances.ts';
import { tellClosed } from './show-settlement.ts';
import { batchBefore, findBatch } from './store-batch.ts';
import { readSteps, type DayKey } from './store-step.ts';
import { readFacts, readTerms } from './store-terms.ts';
import {
  insertBatch,
  insertSplits,
  recordClosed,
  timeOfBooks,
  unsettledBefore,
} from './store-write-batch.ts';
import { Tally } from './sums.ts';

/** Balance rows that no gateway writes: a close waits for no payment, and none for it. */
export const CLOSE_LANE = BALANCE_LANES;

/**
 * All steps of the day are recorded. Returns the batch, a new one or that which was there. Throws when a day before this
 * one has no batch: digests and what is carried go from day to day. Locks the batch's key, remittances, balances.
 */
export async function writeBatch(
  tx: Tx,
  key: DayKey,
  sealedAt: Date,
): Promise<{ batch: Batch; isNew: boolean }> {
  const missing = await unsettledBefore(tx, key.billerId, key.businessDate);
  if (missing !== null) throw new Error(`${missing} has to be settled before ${key.businessDate}`);
  const { batch, splits } = await drawUpBatch(tx, key, sealedAt);
  if (!(await insertBatch(tx, batch))) {
    const winner = await findBatch(tx, key.billerId, key.businessDate);
    if (winner === undefined) throw new Error(`the batch of ${key.businessDate} was there and is gone`);
    return { batch: winner, isNew: false };
  }
  await insertSplits(tx, batch, splits);
  const entries = new Entries();
  const remittances = await planRemittances(tx, batch, splits, entries);
  setOffFees(entries, batch);
  if (entries.journals.length > 0) await recordEntries(tx, entries, CLOSE_LANE);
  const eventId = newId(batch.recordedAt.getTime(), batch.billerId);
  await recordClosed(tx, batch, eventId, JSON.stringify(tellClosed(batch, splits, remittances)));
  return { batch, isNew: true };
}

async function drawUpBatch(
  tx: Tx,
  key: DayKey,
  sealedAt: Date,
): Promise<{ batch: Batch; splits: readonly Split[] }> {
  const { billerId, businessDate } = key;
  const terms = await readTerms(tx, billerId);
  const previous = await batchBefore(tx, billerId, businessDate);
  const steps = await readSteps(tx, key);
  const tally = Tally.of(steps.map((step) => step.sums));
  const recordedAt = await timeOfBooks(tx);
  const { splits, ...drawn } = drawUp(tally, terms.feesSettled, previous?.carriedOutMinor ?? 0n);
  const digested = {
    ...drawn,
    businessDate,
    currency: terms.currency,
    previousDigest: previous?.digest ?? null,
  };
  const batch: Batch = {
    ...digested,
    billerId,
    settlementId: newId(recordedAt.getTime(), billerId),
    sealedAt,
    recordedAt,
    valueDate: addWorkingDays(businessDate, terms.remittanceDays, ...terms.weeks),
    facts: await readFacts(tx, billerId, terms, tally),
    digest: digestOf(terms.code, digested, tally.total, steps),
  };
  return { batch, splits };
}

function setOffFees(entries: Entries, batch: Batch): void {
  const postings = setOffPostings(batch);
  if (postings.length === 0) return;
  entries.add(
    {
      billerId: batch.billerId,
      journalId: batch.settlementId,
      kind: 'close',
      paymentId: null,
      businessDate: batch.businessDate,
      recordedAt: batch.recordedAt.toISOString(),
    },
    postings,
  );
}
