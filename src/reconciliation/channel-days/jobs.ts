// Matching of channels' days as jobs. The rows are what remembers; the queue only makes it quick. The sweep hands over
// again what the queue forgot, has provisional days matched for good once all their billers' days are sealed, notes which
// days balance, and clears away what died with its process.

import type { Database } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import type { JobQueue, Queues } from '../../platform/queue/index.ts';
import type { DayKey } from './day.ts';
import { dropStaging } from './drop-staging.ts';
import { matchDay } from './match-day.ts';
import { forgetUpload } from './receive-day-file.ts';
import { findIdleUploads } from './store-file.ts';
import { findOrphans } from './store-staging.ts';
import { findWaiting, noteBalanced, wantFinal } from './store-standing.ts';

export type ChannelDayQueue = JobQueue<DayKey>;

export interface ChannelDayParts {
  readonly database: Database;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

const QUEUE = 'channel-days';
const DAYS_AT_ONCE = 2;
const IDLE_UPLOAD_SECONDS = 600;

export function openChannelDayQueue(queues: Queues): ChannelDayQueue {
  return queues.open<DayKey>(QUEUE);
}

/** Never fails: a day that cannot be handed over now is found by the sweep. */
export async function handOverDay(
  queue: ChannelDayQueue,
  { channelId, businessDate }: DayKey,
  log: Pick<Log, 'warn'>,
): Promise<void> {
  try {
    await queue.add(`day-${channelId}-${businessDate}`, { channelId, businessDate });
  } catch (error) {
    log.warn({ err: error, channelId, businessDate }, "a channel's day waits for the sweep");
  }
}

export function workOnChannelDays(queues: Queues, { database, log }: ChannelDayParts): void {
  queues.work<DayKey>(
    QUEUE,
    async (day, signal) => {
      const outcome = await matchDay(database, day, { signal });
      log.info({ ...day, outcome }, "channel's day");
    },
    { concurrency: DAYS_AT_ONCE },
  );
}

/** Once; call it every few seconds, in any number of processes. */
export async function sweepChannelDays(queue: ChannelDayQueue, parts: ChannelDayParts): Promise<void> {
  const { database, log } = parts;
  for (const key of await database.transaction((tx) => findIdleUploads(tx, IDLE_UPLOAD_SECONDS)))
    await forgetUpload(database, key);
  await database.transaction(wantFinal);
  for (const day of await database.transaction(findWaiting)) await handOverDay(queue, day, log);
  await database.transaction(noteBalanced);
  await dropStaging(database, findOrphans);
}
