// Where jobs wait: Redis, or PostgreSQL where there is no Redis. The only file that knows BullMQ. Jobs leave no
// trace when they end, since what they did is rows; a job that is lost is handed over again by its room's sweep.

import { createPostgresBackend, LockManager, Queue, withBackend, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Presence } from './presence.ts';

export interface JobAdder {
  add(name: string, data: object, options: { jobId: string; delay?: number }): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

export interface JobWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: { id?: string } | undefined, error: Error) => void): unknown;
  /** Takes no more jobs and waits for those under way; by force it waits for nothing. */
  close(isForced?: boolean): Promise<void>;
  /** Breaks its connections off, whatever waits for them. */
  disconnect(): Promise<void>;
}

/** `data` is what was added, after a passage through JSON. */
export type Process = (job: { data: object }) => Promise<void>;

export interface Backend {
  readonly kind: 'redis' | 'postgres';
  adder(name: string): JobAdder;
  worker(name: string, process: Process, concurrency: number): JobWorker;
  isReachable(): Promise<boolean>;
  close(): Promise<void>;
}

const PREFIX = 'wasit';
const KEEP_NONE = { removeOnComplete: true, removeOnFail: true } as const;
const LOCK_MS = 60_000;
/** How long a worker rests when its server is away; BullMQ's own 15 s would be added to the server's absence. */
const REST_MS = 1_000;

/** Workers wait for a Redis that is away; who adds a job is told at once. */
export function redisBackend(url: string, presence: Presence): Backend {
  const adding = new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: false });
  const working = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  adding.on('error', presence.away).on('close', presence.away).on('ready', presence.back);
  working.on('error', presence.heard);
  return {
    kind: 'redis',
    adder: (name) => new Queue(name, { connection: adding, prefix: PREFIX, defaultJobOptions: KEEP_NONE }),
    worker: (name, process, concurrency) => {
      const worker = new Worker<object, void>(name, process, {
        connection: working,
        prefix: PREFIX,
        concurrency,
        lockDuration: LOCK_MS,
        runRetryDelay: REST_MS,
      });
      const breakOff = worker.disconnect.bind(worker);
      return Object.assign(worker, {
        async disconnect() {
          await letGo(worker);
          await breakOff();
        },
      });
    },
    isReachable: async () => adding.status === 'ready' && (await adding.ping()) === 'PONG',
    close: async () => {
      adding.disconnect();
      working.disconnect();
    },
  };
}

/** In a schema of its own (`bullmq`), made on first use. Not through a pooler that shares sessions: it listens. */
export function postgresBackend(connectionString: string): Backend {
  const bound = withBackend(createPostgresBackend);
  const connection = { connectionString, migrate: true, max: 3 };
  return {
    kind: 'postgres',
    adder: (name) => new bound.Queue<object, void>(name, { connection, defaultJobOptions: KEEP_NONE }),
    worker: (name, process, concurrency) => {
      const options = { connection, concurrency, lockDuration: LOCK_MS, runRetryDelay: REST_MS };
      const worker = new bound.Worker<object, void>(name, process, options);
      // A query on a connection that was broken off never settles (BullMQ 6.7), and so a close that waits for one
      // never ends; left alone it ends when the rest is over.
      return Object.assign(worker, { disconnect: () => letGo(worker) });
    },
    // It lives in the database, which is asked for itself.
    isReachable: async () => true,
    close: async () => undefined,
  };
}

/** The timer by which a worker holds its jobs would hold the process too: nobody stops it where a close does not end. */
async function letGo(worker: object): Promise<void> {
  const locks: unknown = Reflect.get(worker, 'lockManager');
  if (locks instanceof LockManager) await locks.close();
}
