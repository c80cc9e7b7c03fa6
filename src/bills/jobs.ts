// Loading of bill files as jobs. The row of a file is what remembers; the queue only makes it quick. The sweep hands
// over again what the queue forgot, and ends uploads whose process died.

import type { Biller } from '../billers/index.ts';
import { showId } from '../kernel/ids.ts';
import type { Database } from '../platform/db/index.ts';
import type { Log } from '../platform/log.ts';
import type { JobQueue, Queues } from '../platform/queue/index.ts';
import { loadBillFile } from './load-bill-file.ts';
import { dropChunks } from './receive-bill-file.ts';
import { failIdleUploads, findIdleLoads, type BillFileKey } from './store-bill-file.ts';

export type BillFileQueue = JobQueue<BillFileKey>;

const QUEUE = 'bill-files';
/** Steps of two files at once fill the two halves of a core; more would only slow each other. */
const FILES_AT_ONCE = 2;

export function openBillFileQueue(queues: Queues): BillFileQueue {
  return queues.open<BillFileKey>(QUEUE);
}

/** Never fails: a file that cannot be handed over now is found by the sweep. */
export async function handOver(
  queue: BillFileQueue,
  key: BillFileKey,
  log: Pick<Log, 'warn'>,
): Promise<void> {
  try {
    await queue.add(key.fileId, key);
  } catch (error) {
    log.warn({ err: error, fileId: showId('bfl', key.fileId) }, 'a bill file waits for the sweep');
  }
}

export interface BillFileJobParts {
  readonly database: Database;
  readonly billers: () => Iterable<Biller>;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

export function workOnBillFiles(queues: Queues, { database, billers, log }: BillFileJobParts): void {
  queues.work<BillFileKey>(
    QUEUE,
    async ({ billerId, fileId }, signal) => {
      const biller = [...billers()].find((one) => one.billerId === billerId);
      if (biller === undefined) throw new Error(`no biller ${billerId}`);
      const outcome = await loadBillFile(database, biller, fileId, signal);
      log.info({ biller: biller.code, fileId: showId('bfl', fileId), outcome }, 'bill file');
    },
    { concurrency: FILES_AT_ONCE },
  );
}

const IDLE_LOAD_SECONDS = 30;
const IDLE_UPLOAD_SECONDS = 600;

/** Once; call it every few seconds, in any number of processes. */
export async function sweepBillFiles(queue: BillFileQueue, parts: BillFileJobParts): Promise<void> {
  for (const { billerId } of parts.billers()) {
    const node = parts.database.nodeOf(billerId);
    const broken = await node.transaction((tx) => failIdleUploads(tx, billerId, IDLE_UPLOAD_SECONDS));
    for (const fileId of broken) await dropChunks(node, { billerId, fileId });
    const waiting = await node.transaction((tx) => findIdleLoads(tx, billerId, IDLE_LOAD_SECONDS));
    for (const fileId of waiting) await handOver(queue, { billerId, fileId }, parts.log);
  }
}
