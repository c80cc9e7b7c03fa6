// A bill file from start to end in one call: received, loaded, counted. For the command line and the demo; over
// HTTP the two halves are apart (receive-bill-file.ts, load-bill-file.ts). The same bytes twice are one file.

import { setTimeout as pause } from 'node:timers/promises';
import type { Refusal } from '../kernel/errors.ts';
import type { Database } from '../platform/db/index.ts';
import type { LineFormat } from '../platform/http/index.ts';
import { loadBillFile } from './load-bill-file.ts';
import type { LoaderBiller } from './load-step.ts';
import { receiveBillFile } from './receive-bill-file.ts';
import { findFile, readRejects, type BillFileRow, type RejectRow } from './store-bill-file.ts';

export interface BillImport {
  readonly format: LineFormat;
  readonly compressed: boolean;
  readonly stream: AsyncIterable<Buffer>;
  /** Told from time to time how many lines have been written. */
  readonly onLines?: (lines: number) => void;
}

export interface ImportedFile {
  readonly fileId: string;
  /** The same bytes were the biller's latest file already. */
  readonly known: boolean;
  /** They had been loaded to the end before: nothing was done. */
  readonly loadedBefore: boolean;
  readonly state: 'done' | 'failed';
  readonly failure: string | null;
  readonly counts: Record<'lines' | 'created' | 'replaced' | 'unchanged' | 'rejected', number>;
  /** The first ones. */
  readonly rejects: readonly RejectRow[];
}

const POLL_MS = 200;
const REJECTS_SHOWN = 20;

/** Refuses what receive-bill-file.ts refuses. A file that fails while it is loaded is told as `failed`. */
export async function importBillFile(
  database: Database,
  biller: LoaderBiller,
  wanted: BillImport,
): Promise<ImportedFile | Refusal> {
  const received = await receiveBillFile(database, { billerId: biller.billerId, ...wanted });
  if ('code' in received) return received;
  const { key, fileId, known } = received;
  const node = database.nodeOf(biller.billerId);
  const read = (): Promise<BillFileRow | undefined> => node.transaction((tx) => findFile(tx, key));

  const loadedBefore = known && (await read())?.state === 'done';
  const ended = new AbortController();
  const watching = watch(read, wanted.onLines, ended.signal);
  await loadBillFile(database, biller, key.fileId).finally(() => ended.abort());
  await watching;
  let file = await read();
  // Another loader may have it: the gateway's worker takes up what it finds waiting.
  while (file?.state === 'loading') {
    await pause(POLL_MS);
    file = await read();
  }
  if (file === undefined) throw new Error(`the file ${fileId} is gone`);
  const rejects = await node.transaction((tx) => readRejects(tx, key, 0n, REJECTS_SHOWN));
  return {
    fileId,
    known,
    loadedBefore,
    state: file.state === 'done' ? 'done' : 'failed',
    failure: file.failure,
    counts: countsOf(file),
    rejects,
  };
}

async function watch(
  read: () => Promise<BillFileRow | undefined>,
  onLines: ((lines: number) => void) | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (onLines === undefined) return;
  for (;;) {
    await pause(POLL_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    onLines(Number((await read())?.lines ?? 0n));
  }
}

function countsOf(file: BillFileRow): ImportedFile['counts'] {
  return {
    lines: Number(file.lines),
    created: Number(file.created),
    replaced: Number(file.replaced),
    unchanged: Number(file.unchanged),
    rejected: Number(file.rejected),
  };
}
