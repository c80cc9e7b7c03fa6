// Queues of jobs between processes. Remember: a queue only carries. Whoever adds a job has a row that says the same,
// so an add that fails is logged and forgotten, and the row is found by a sweep.

import type { Log } from '../log.ts';
import { Presence } from './presence.ts';
import { postgresBackend, redisBackend, type Backend, type JobAdder, type JobWorker } from './backends.ts';

export interface JobQueue<Data extends object> {
  /**
   * One job per `jobId` at a time; a second one is the first. Throws when the queue cannot be reached in time.
   * Ids must not contain ":".
   */
  add(jobId: string, data: Data): Promise<void>;
}

export interface WorkOptions {
  readonly concurrency: number;
}

export interface Queues {
  readonly kind: Backend['kind'];
  open<Data extends object>(name: string): JobQueue<Data>;
  /** `signal` aborts when this process wants to stop: a long job then ends at its next safe place. */
  work<Data extends object>(
    name: string,
    process: (data: Data, signal: AbortSignal) => Promise<void>,
    options: WorkOptions,
  ): void;
  /** Whether jobs can be handed over at this moment. */
  isReachable(): Promise<boolean>;
  /** Waits for the jobs under way, and for the server only as long as one that is there would take. */
  close(): Promise<void>;
}

export interface QueueParts {
  /** Absent: jobs wait in PostgreSQL. */
  readonly redisUrl?: string | undefined;
  readonly databaseUrl: string;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
}

const ADD_WITHIN_MS = 2_000;
const CLOSE_WITHIN_MS = 2_000;

export function openQueues({ redisUrl, databaseUrl, log }: QueueParts): Queues {
  const presence = new Presence(redisUrl ?? databaseUrl, log);
  const backend = redisUrl === undefined ? postgresBackend(databaseUrl) : redisBackend(redisUrl, presence);
  const stopping = new AbortController();
  const adders: JobAdder[] = [];
  const workers: JobWorker[] = [];
  const running = new Set<Promise<void>>();
  const track = (job: Promise<void>): Promise<void> => {
    running.add(job);
    const ended = (): boolean => running.delete(job);
    job.then(ended, ended);
    return job;
  };
  return {
    kind: backend.kind,
    open(name) {
      const adder = backend.adder(name);
      adder.on('error', presence.heard);
      adders.push(adder);
      return {
        add: (jobId, data) => addWithin(adder, name, jobId, data).then(presence.back, presence.missed),
      };
    },
    work<Data extends object>(
      name: string,
      process: (data: Data, signal: AbortSignal) => Promise<void>,
      { concurrency }: WorkOptions,
    ) {
      const worker = backend.worker(
        name,
        (job) => track(process(job.data as Data, stopping.signal)),
        concurrency,
      );
      worker.on('error', presence.heard);
      worker.on('failed', (job, error) =>
        log.error({ err: error, queue: name, job: job?.id }, 'a job failed'),
      );
      workers.push(worker);
    },
    isReachable: () => backend.isReachable(),
    async close() {
      stopping.abort();
      presence.end();
      // Without its server a worker would wait for ever to say that a job has ended: then it is forced.
      const isThere = backend.isReachable().catch(() => false);
      const isForced = !(await within(CLOSE_WITHIN_MS, isThere)) || !(await isThere);
      if (isForced) while (running.size > 0) await Promise.allSettled(running);
      const closing = Promise.all(workers.map((worker) => worker.close(isForced)))
        .then(() => Promise.all(adders.map((adder) => adder.close())))
        .catch(presence.heard);
      while (running.size > 0) await Promise.allSettled(running);
      if (!(await within(CLOSE_WITHIN_MS, closing)))
        for (const worker of workers) worker.disconnect().catch(presence.heard);
      await backend.close();
    },
  };
}

/** BullMQ waits for its server without an end; who adds a job must not. */
async function addWithin(adder: JobAdder, name: string, jobId: string, data: object): Promise<void> {
  if (!(await within(ADD_WITHIN_MS, adder.add(name, data, { jobId }))))
    throw new Error(`the queue ${name} did not take a job within ${ADD_WITHIN_MS} ms`);
}

/** False when the time is over first. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([work.then(() => true), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
