// Hands the deliveries that are due to a worker: by a job per agency, or, when the queue cannot be reached or nobody
// takes the job, at once in this process. What is due and who is at it is in PostgreSQL; a job only says "look".

import { randomUUID } from 'node:crypto';
import { BEGIN_LOOKUPS } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import type { JobQueue, Queues } from '../../platform/queue/index.ts';
import { BatchSize } from './batch-size.ts';
import { DeliveryRun } from './deliver.ts';
import type { DeliveryParts } from './parts.ts';
import { readDue } from './store-delivery.ts';

interface DeliveryJob {
  readonly billerId: number;
}

/** Agencies that hang cost a connection and no more, so many can be waited for side by side. */
const AGENCIES_AT_ONCE = 500;

/** A job that nobody has begun in this time is lost, or stands in the name of a worker that is gone. */
const TAKEN_WITHIN_MS = 1000;

/** So long nothing more is handed to a queue that did not take a job. */
const AWAY_MS = 10_000;

export class Deliveries {
  readonly #parts: DeliveryParts & { readonly log: Pick<Log, 'warn'> };
  readonly #queue: JobQueue<DeliveryJob>;
  readonly #holder = randomUUID();
  /** What agencies have shown to take, beyond a run. */
  readonly #batchSizes = new Map<number, BatchSize>();
  readonly #runs = new Map<number, { run: DeliveryRun; ended: Promise<void> }>();
  /** Due, handed over at this time, and not begun by anybody yet. */
  readonly #handedOver = new Map<number, number>();
  #awayUntil = -Infinity;
  readonly #stopping = new AbortController();

  constructor(parts: DeliveryParts & { readonly log: Pick<Log, 'warn'> }, queues: Queues) {
    this.#parts = parts;
    this.#queue = queues.open<DeliveryJob>('deliveries');
    queues.work<DeliveryJob>('deliveries', ({ billerId }) => this.#deliver(billerId), {
      concurrency: AGENCIES_AT_ONCE,
    });
  }

  /**
   * Wakes the runs of this process and hands over what is due and in nobody's hands. Cheap: several times a second.
   * Waits for the database alone, never for the queue.
   */
  async look(): Promise<void> {
    const due = await this.#parts.session.once(BEGIN_LOOKUPS, (tx) => readDue(tx, this.#holder));
    const open = new Set<number>();
    for (const { biller_id: billerId, is_leased: isLeased, changed_at: changedAt } of due) {
      const here = this.#runs.get(billerId);
      if (here !== undefined) here.run.wake(changedAt);
      else if (!isLeased) open.add(billerId);
    }
    for (const billerId of this.#handedOver.keys())
      if (!open.has(billerId)) this.#handedOver.delete(billerId);
    for (const billerId of open) this.#handOver(billerId);
  }

  #handOver(billerId: number): void {
    const now = performance.now();
    const since = this.#handedOver.get(billerId);
    if (now < this.#awayUntil || (since !== undefined && now - since > TAKEN_WITHIN_MS))
      return this.#deliverHere(billerId);
    if (since !== undefined) return;
    this.#handedOver.set(billerId, now);
    // The queue has said that it is away: confirming goes on without it.
    this.#queue.add(`delivery-${billerId}`, { billerId }).catch(() => {
      this.#awayUntil = performance.now() + AWAY_MS;
      this.#deliverHere(billerId);
    });
  }

  #deliverHere(billerId: number): void {
    this.#handedOver.delete(billerId);
    this.#deliver(billerId).catch((err: unknown) =>
      this.#parts.log.warn({ err, billerId }, 'a delivery broke off; it is taken up again'),
    );
  }

  async #deliver(billerId: number): Promise<void> {
    const here = this.#runs.get(billerId);
    if (here !== undefined) return here.ended;
    if (this.#stopping.signal.aborted) return;
    const run = new DeliveryRun(this.#parts, billerId, this.#holder, this.#batchSizeOf(billerId));
    const ended = run.run(this.#stopping.signal).finally(() => this.#runs.delete(billerId));
    this.#runs.set(billerId, { run, ended });
    return ended;
  }

  #batchSizeOf(billerId: number): BatchSize {
    let size = this.#batchSizes.get(billerId);
    if (size === undefined) this.#batchSizes.set(billerId, (size = new BatchSize()));
    return size;
  }

  /** Ends the runs of this process; what was sent and not acknowledged is sent again by another. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.allSettled([...this.#runs.values()].map(({ ended }) => ended));
  }
}
