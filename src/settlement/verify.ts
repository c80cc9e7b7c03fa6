// Was anything altered since the close? Every batch in its order is computed again from the rows that it was made of,
// step by step and so in bounded memory, and compared with what was recorded. Reads only.

import type { BusinessDate } from '../kernel/business-date.ts';
import type { Database, Tx } from '../platform/db/index.ts';
import type { Batch, Split } from './batch.ts';
import { digestOf } from './digest.ts';
import { drawUp } from './draw-up.ts';
import { readStep, SOURCES } from './step.ts';
import { batchBefore, listBatches, readSplits } from './store-batch.ts';
import { FIRST_ID, LAST_ID } from './store-paid.ts';
import { findDay } from './store-seal.ts';
import { planForRanges, readSteps, type RecordedStep } from './store-step.ts';
import { Tally } from './sums.ts';

export interface Verdict {
  readonly batch: Batch;
  readonly entries: number;
  /** What is not as it was recorded, in words; empty: nothing. */
  readonly faults: readonly string[];
}

export interface VerifyWish {
  readonly billerId: number;
  /** Both included; absent: from the first, to the last. */
  readonly from?: BusinessDate | undefined;
  readonly to?: BusinessDate | undefined;
  readonly onStep?: ((batch: Batch, step: number, of: number) => void) | undefined;
}

const PAGE = 100;

/** One verdict after the other, oldest first. */
export async function* verify(database: Database, wish: VerifyWish): AsyncGenerator<Verdict> {
  const { billerId, to = '9999-12-31' } = wish;
  const node = database.nodeOf(billerId);
  for (let from = wish.from ?? '0001-01-01', after = ''; ;) {
    const range = { billerId, from, to, after, order: 'asc', limit: PAGE } as const;
    const batches = await node.transaction((tx) => listBatches(tx, range));
    for (const batch of batches) yield await verifyBatch(node, batch, wish.onStep);
    const last = batches.at(-1);
    if (last === undefined) return;
    from = after = last.businessDate;
  }
}

async function verifyBatch(node: Database, batch: Batch, onStep: VerifyWish['onStep']): Promise<Verdict> {
  const { billerId, businessDate } = batch;
  const { steps, splits, previous } = await node.transaction(async (tx) => ({
    steps: await readSteps(tx, batch),
    splits: await readSplits(tx, billerId, batch.settlementId),
    previous: await batchBefore(tx, billerId, businessDate),
  }));
  const faults: string[] = [];
  for (const [i, step] of steps.entries()) {
    const before = steps[i - 1];
    const fault = await node.transaction((tx) => differs(tx, batch, step, before));
    if (fault !== undefined) faults.push(fault);
    onStep?.(batch, i + 1, steps.length);
  }
  for (const source of SOURCES) {
    const last = steps.findLast((step) => step.source === source);
    const range = {
      billerId,
      businessDate,
      after: last?.throughId ?? FIRST_ID,
      through: LAST_ID,
      most: 1000,
    };
    const beyond = await node.transaction((tx) => readStep(tx, source, range));
    if (beyond !== undefined) faults.push(`${beyond.entries} or more entries (${source}) are in no step`);
  }
  faults.push(...batchFaults(batch, splits, steps, previous));
  if (!(await node.transaction((tx) => isSealed(tx, batch))))
    faults.push('the seal of the day is another one');
  return { batch, entries: steps.reduce((sum, step) => sum + step.entries, 0), faults };
}

/** Rows that were added could be any number; more than so many are not looked at. */
const MOST_BILLS = 200_000;

async function differs(
  tx: Tx,
  { billerId, businessDate }: Batch,
  step: RecordedStep,
  before: RecordedStep | undefined,
): Promise<string | undefined> {
  await planForRanges(tx);
  const found = await readStep(tx, step.source, {
    billerId,
    businessDate,
    after: before?.source === step.source ? before.throughId : FIRST_ID,
    through: step.throughId,
    most: MOST_BILLS,
  });
  const name = `step ${step.step} (${step.source}, ${step.entries} entries up to ${step.throughId})`;
  if (found === undefined) return `${name}: its entries are gone`;
  if (found.entries !== step.entries) return `${name}: there are ${found.entries} entries`;
  if (!found.digest.equals(step.digest)) return `${name}: its entries were altered`;
  if (JSON.stringify(found.sums) !== JSON.stringify(step.sums)) return `${name}: its sums were altered`;
  return undefined;
}

function batchFaults(
  batch: Batch,
  splits: readonly Split[],
  steps: readonly RecordedStep[],
  previous: Batch | undefined,
): string[] {
  const faults: string[] = [];
  const tally = Tally.of(steps.map((step) => step.sums));
  const { splits: expected, ...drawn } = drawUp(tally, batch.feesSettled, previous?.carriedOutMinor ?? 0n);
  const isAsDrawn = Object.entries(drawn).every(
    ([name, value]) => batch[name as keyof typeof drawn] === value,
  );
  if (!isAsDrawn) faults.push('its net, fees or what is carried were altered');
  if (shown(splits) !== shown(expected)) faults.push('its splits were altered');
  const before = previous?.digest ?? Buffer.alloc(0);
  if (!before.equals(batch.previousDigest ?? Buffer.alloc(0)))
    faults.push('it does not follow the batch before it');
  if (!digestOf(batch.facts.billerCode, batch, tally.total, steps).equals(batch.digest))
    faults.push('its digest is another one');
  return faults;
}

function shown(splits: readonly Split[]): string {
  return splits
    .map(({ dimension, key, ...sums }) => [dimension, key, ...Object.entries(sums).sort().flat()].join(' '))
    .sort()
    .join('\n');
}

async function isSealed(tx: Tx, { billerId, businessDate, sealedAt }: Batch): Promise<boolean> {
  const day = await findDay(tx, billerId, businessDate);
  return day?.sealed_at?.getTime() === sealedAt.getTime();
}
