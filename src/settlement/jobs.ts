// Closing by the clock. A day's own row says when it is due, by its biller's zone and clock changes, so this only looks,
// again and again, for the oldest day of each biller that is over and not settled. The queue makes it quick and spreads
// it over workers; where it cannot be reached the worker that looked does it itself.

import type { Biller } from '../billers/index.ts';
import type { Database } from '../platform/db/index.ts';
import type { Log } from '../platform/log.ts';
import type { JobQueue, Queues } from '../platform/queue/index.ts';
import { closeDay } from './close-day.ts';
import type { CloseMetrics } from './metrics.ts';
import { oldestUnsettled } from './store-seal.ts';

export interface CloseJobParts {
  readonly database: Database;
  readonly billers: () => Iterable<Pick<Biller, 'billerId' | 'code'>>;
  readonly metrics: Pick<CloseMetrics, 'onClosed'>;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

interface CloseJob {
  readonly billerId: number;
}

export type CloseQueue = JobQueue<CloseJob>;

const QUEUE = 'close';
const BILLERS_AT_ONCE = 2;

export function openCloseQueue(queues: Queues): CloseQueue {
  return queues.open<CloseJob>(QUEUE);
}

export function workOnCloses(queues: Queues, parts: CloseJobParts): void {
  queues.work<CloseJob>(QUEUE, ({ billerId }, signal) => closeDue(parts, billerId, signal), {
    concurrency: BILLERS_AT_ONCE,
  });
}

/** Once; call it every few seconds, in any number of processes. */
export async function sweepCloses(queue: CloseQueue, parts: CloseJobParts): Promise<void> {
  for (const { billerId, code } of parts.billers()) {
    if ((await dueDay(parts.database, billerId)) === undefined) continue;
    try {
      await queue.add(`close-${billerId}`, { billerId });
    } catch (error) {
      parts.log.warn({ err: error, biller: code }, 'the queue is away: the day is closed by this worker');
      await closeDue(parts, billerId);
    }
  }
}

/** Closes days of a biller, oldest first, until none is due. */
async function closeDue(parts: CloseJobParts, billerId: number, signal?: AbortSignal): Promise<void> {
  while (signal?.aborted !== true) {
    const businessDate = await dueDay(parts.database, billerId);
    if (businessDate === undefined) return;
    const startedAt = performance.now();
    const closed = await closeDay(parts.database, { billerId, businessDate });
    if (!closed.ok) return parts.log.warn({ billerId, businessDate, reason: closed.reason }, 'not closed');
    const { batch, isNew } = closed.value;
    if (!isNew) continue;
    const seconds = (performance.now() - startedAt) / 1000;
    parts.metrics.onClosed(batch.facts.billerCode, seconds);
    parts.log.info({ biller: batch.facts.billerCode, businessDate, seconds }, 'day closed');
  }
}

/** The oldest day without a batch, if it is over, or was sealed early and its worker died. */
async function dueDay(database: Database, billerId: number): Promise<string | undefined> {
  const day = await database.nodeOf(billerId).transaction((tx) => oldestUnsettled(tx, billerId));
  return day !== undefined && (day.is_due || day.sealed_at !== null) ? day.business_date : undefined;
}
