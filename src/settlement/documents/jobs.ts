// The making of documents as jobs. The missing row is what remembers; the queue only makes it quick, and the sweep
// hands over again what it forgot.

import type { Biller } from '../../billers/index.ts';
import { showId, type Uuid } from '../../kernel/ids.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import type { JobQueue, Queues } from '../../platform/queue/index.ts';
import { makeDocuments } from './make-documents.ts';
import { findUnmade } from './store-documents.ts';

export interface DocumentJob {
  readonly billerId: number;
  readonly settlementId: Uuid;
}

export type DocumentQueue = JobQueue<DocumentJob>;

const QUEUE = 'settlement-documents';

export interface DocumentJobParts {
  readonly database: Database;
  readonly billers: () => Iterable<Biller>;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

export function openDocumentQueue(queues: Queues): DocumentQueue {
  return queues.open<DocumentJob>(QUEUE);
}

/** One at a time: a large workbook fills a core. */
export function workOnDocuments(queues: Queues, { database, log }: DocumentJobParts): void {
  queues.work<DocumentJob>(
    QUEUE,
    async ({ billerId, settlementId }, signal) => {
      const made = await makeDocuments(database, billerId, settlementId, signal);
      log.info({ settlementId: showId('stl', settlementId), made }, 'documents');
    },
    { concurrency: 1 },
  );
}

/** Settlements of these days are looked at in every sweep. */
const RECENT_DAYS = 40;
const AT_ONCE = 20;

/** Hands over settlements that lack documents; call it every few seconds, in any number of processes. */
export async function sweepDocuments(
  queue: DocumentQueue,
  { database, billers, log }: DocumentJobParts,
  days = RECENT_DAYS,
): Promise<void> {
  for (const { billerId } of billers()) {
    const unmade = await database
      .nodeOf(billerId)
      .transaction((tx) => findUnmade(tx, billerId, days, AT_ONCE));
    for (const settlementId of unmade) {
      try {
        await queue.add(settlementId, { billerId, settlementId });
      } catch (error) {
        log.warn(
          { err: error, settlementId: showId('stl', settlementId) },
          'documents wait for the next sweep',
        );
      }
    }
  }
}
