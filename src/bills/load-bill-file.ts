// Loads a received file into the bills: reads, checks and writes in steps, the next step being read while the
// database writes the last. May be started at any time, by anyone, again: it goes on where the file stands.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { sqlStateOf, type Database } from '../platform/db/index.ts';
import { UnreadableFile } from '../platform/intake/index.ts';
import { billLines } from './bill-lines.ts';
import { loadStep, type LoaderBiller } from './load-step.ts';
import { Step } from './step.ts';
import { findFile, markFailed, type BillFileKey, type BillFileRow } from './store-bill-file.ts';
import { analyzeBills, markDone } from './store-load-step.ts';
import { storedBytes } from './stored-bytes.ts';

/** `elsewhere`: another loader has it, or nothing is left to do. `stopped`: the signal came; the file waits. */
export type Loaded = 'done' | 'failed' | 'elsewhere' | 'stopped';

/** Steps start small and grow while they stay well below the 500 ms that a transaction may take. */
const FIRST_STEP = 5_000;
const SMALLEST_STEP = 200;
const LARGEST_STEP = 10_000;
const STEP_MS = 250;
/** After so many lines the planner's picture of the bills is taken anew, without waiting for autovacuum. */
const MANY_LINES = 10_000;

/** Throws on faults of the database that may pass; the file then stays `loading`. */
export async function loadBillFile(
  database: Database,
  biller: LoaderBiller,
  fileId: string,
  signal?: AbortSignal,
): Promise<Loaded> {
  const node = database.nodeOf(biller.billerId);
  const key: BillFileKey = { billerId: biller.billerId, fileId };
  const file = await node.transaction((tx) => findFile(tx, key));
  if (file?.state !== 'loading') return 'elsewhere';
  const loading = new Loading(node, key, biller, file);
  try {
    return await readInto(loading, node, key, file, biller, signal);
  } catch (error) {
    const failure = failureOf(error, loading.written);
    if (failure === undefined) throw error;
    await node.transaction((tx) => markFailed(tx, key, failure));
    return 'failed';
  }
}

async function readInto(
  loading: Loading,
  node: Database,
  key: BillFileKey,
  file: BillFileRow,
  biller: LoaderBiller,
  signal: AbortSignal | undefined,
): Promise<Loaded> {
  try {
    for await (const lines of billLines(
      file.format,
      storedBytes(node, key, file),
      biller,
      Number(file.lines),
    )) {
      for (const line of lines) {
        loading.step.add(line);
        if (loading.step.size >= loading.stepSize) await loading.write();
      }
      if (loading.lost) return 'elsewhere';
      if (signal?.aborted) return (await loading.settle()) ? 'stopped' : 'elsewhere';
      await nextTurn();
    }
  } catch (error) {
    // Lines before the place where the file cannot be read further are good lines.
    if (error instanceof UnreadableFile) await loading.writeRest();
    throw error;
  }
  if (!(await loading.writeRest())) return 'elsewhere';
  if (!(await node.transaction((tx) => markDone(tx, key, loading.written)))) return 'elsewhere';
  if (loading.written >= MANY_LINES) await node.transaction(analyzeBills);
  return 'done';
}

/** What the sender is told when the file itself is at fault; undefined: it is not, and loading may be tried again. */
function failureOf(error: unknown, written: number): string | undefined {
  if (error instanceof UnreadableFile) return error.message;
  const state = sqlStateOf(error);
  if (state?.startsWith('22') || state?.startsWith('23')) {
    return `the lines after the first ${written} data lines could not be written (${state})`;
  }
  return undefined;
}

/** The step being gathered and the one being written. */
class Loading {
  step: Step;
  stepSize = FIRST_STEP;
  /** Data lines that are written and committed. */
  written: number;
  /** Another loader has moved the file on. */
  lost = false;
  readonly #node: Database;
  readonly #key: BillFileKey;
  readonly #biller: LoaderBiller;
  /** The last step found only new bills. */
  #hopeful = true;
  #writing: Promise<void> = Promise.resolve();

  constructor(node: Database, key: BillFileKey, biller: LoaderBiller, file: BillFileRow) {
    this.#node = node;
    this.#key = key;
    this.#biller = biller;
    this.written = Number(file.lines);
    this.step = new Step(biller.billerId, file.received_at.toISOString(), this.written);
  }

  /** Hands the gathered step to the database once the one before is written, and begins the next. */
  async write(): Promise<void> {
    const step = this.step;
    this.step = step.next();
    await this.#writing;
    if (this.lost) return;
    this.#writing = this.#load(step);
    // It is awaited with the next step; until then its failure must not count as unhandled.
    this.#writing.catch(() => undefined);
  }

  async #load(step: Step): Promise<void> {
    const started = performance.now();
    const outcome = await loadStep(this.#node, this.#key, this.#biller, step, this.#hopeful);
    if (outcome === 'lost') this.lost = true;
    else this.written = step.from + step.size;
    this.#hopeful = outcome === 'fresh';
    const fitting = Math.round((step.size * STEP_MS) / Math.max(1, performance.now() - started));
    this.stepSize = Math.min(LARGEST_STEP, Math.max(SMALLEST_STEP, fitting));
  }

  /** Waits for the step that is being written. False: another loader has the file. */
  async settle(): Promise<boolean> {
    await this.#writing;
    return !this.lost;
  }

  async writeRest(): Promise<boolean> {
    if (this.step.size > 0) await this.write();
    return this.settle();
  }
}
