// Reads a day file into its staging table, the next lines being read while the database takes the last ones. The whole
// file is read before anything of it counts: one malformed line, and none does.

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../../platform/db/index.ts';
import { inflated, UnreadableFile } from '../../platform/intake/index.ts';
import { MOST_FAULTS, type FileKey, type LineFault } from './day.ts';
import { readFile } from './read-file.ts';
import { RowWriter } from './row-writer.ts';
import type { Claim } from './store-claim.ts';
import { readChunks, type FileRow } from './store-file.ts';
import { copyLines, tablesOf } from './store-staging.ts';
import type { Sums } from './totals.ts';

export interface Staged {
  readonly lines: number;
  readonly theirs: Sums;
  /** Lines are marked that may say the reference of one before. */
  readonly mayRepeat: boolean;
  /** The first ones; where there are any, nothing else here means anything. */
  readonly faults: readonly LineFault[];
}

/** About a tenth of a second of the database's time. */
const LINES_PER_STEP = 20_000;

/** `onStep` is told after each step that is committed. Ends early when the signal aborts: check it. */
export async function stageFile(
  database: Database,
  claim: Claim,
  file: FileRow,
  { signal, onStep }: { readonly signal: AbortSignal; readonly onStep?: (() => void) | undefined },
): Promise<Staged> {
  const tables = tablesOf(claim);
  const writer = new RowWriter();
  const faults: LineFault[] = [];
  let writing: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    const rows = writer.take();
    await writing;
    writing = database.transaction((tx) => copyLines(tx, tables, rows)).then(onStep);
    // It is awaited with the next step; until then its failure must not count as unhandled.
    writing.catch(() => undefined);
  };
  try {
    const bytes = storedBytes(database, { ...claim, fileId: file.file_id }, file);
    for await (const gathered of readFile(file.format, bytes, writer, faults)) {
      if (signal.aborted) break;
      if (gathered >= LINES_PER_STEP) await flush();
      await nextTurn();
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    faults.push({ line: null, field: '', detail: error.message });
  }
  if (writer.gathered > 0) await flush();
  await writing;
  const { lines, sums, mayRepeat } = writer;
  return { lines, theirs: sums, mayRepeat, faults: faults.slice(0, MOST_FAULTS) };
}

function storedBytes(database: Database, key: FileKey, file: FileRow): AsyncGenerator<Buffer> {
  const raw = chunks(database, key);
  return file.compressed ? inflated(raw, Number(file.bytes)) : raw;
}

/** A mebibyte. */
const CHUNKS_AT_ONCE = 4;

/** The next ones are on their way while some are read. */
async function* chunks(database: Database, key: FileKey): AsyncGenerator<Buffer> {
  const read = (first: number): Promise<Buffer | undefined> => {
    const reading = database.transaction((tx) => readChunks(tx, key, first, CHUNKS_AT_ONCE));
    // It is awaited when its turn comes; until then its failure must not count as unhandled.
    reading.catch(() => undefined);
    return reading;
  };
  let next = read(0);
  for (let first = CHUNKS_AT_ONCE; ; first += CHUNKS_AT_ONCE) {
    const bytes = await next;
    if (bytes === undefined) return;
    next = read(first);
    yield bytes;
  }
}
