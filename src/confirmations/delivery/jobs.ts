// Hands the deliveries that are due to a worker: by a job per agency, or, when the queue cannot be reached, at once in
// this process. What is due and who is at it is in PostgreSQL; a job only says "look".

import { randomUUID } from 'node:crypto';
import { BEGIN_LOOKUPS } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import type { JobQueue, Queues } from '../../platform/queue/index.ts';
import { DeliveryRun } from './deliver.ts';
import type { DeliveryParts } from './parts.ts';
import { readDue } from './store-delivery.ts';

interface DeliveryJob {
  readonly billerId: number;
}

/** Agencies that hang cost a connection and no more, so many can be waited for side by side. */
const AGENCIES_AT_ONCE = 500;

/** A job that was handed over and not taken in this time may be lost: it is handed over again. */
const HAND_OVER_AGAIN_MS = 1000;

export class Deliveries {
  readonly #parts: DeliveryParts & { readonly log: Pick<Log, 'warn'> };
  readonly #queue: JobQueue<DeliveryJob>;
  readonly #runs = new Map<number, { run: DeliveryRun; ended: Promise<void> }>();
  readonly #handedOverAt = new Map<number, number>();
  readonly #stopping = new AbortController();
  readonly #holder = randomUUID();

  constructor(parts: DeliveryParts & { readonly log: Pick<Log, 'warn'> }, queues: Queues) {
    this.#parts = parts;
    this.#queue = queues.open<DeliveryJob>('deliveries');
    queues.work<DeliveryJob>('deliveries', ({ billerId }) => this.#deliver(billerId), {
      concurrency: AGENCIES_AT_ONCE,
    });
  }

  /** Wakes the runs of this process and hands over what is due and in nobody's hands. Cheap: several times a second. */
  async look(): Promise<void> {
    const due = await this.#parts.session.once(BEGIN_LOOKUPS, readDue);
    const now = performance.now();
    for (const { biller_id: billerId, is_leased: isLeased } of due) {
      const here = this.#runs.get(billerId);
      if (here !== undefined) here.run.wake();
      else if (!isLeased && now - (this.#handedOverAt.get(billerId) ?? -Infinity) > HAND_OVER_AGAIN_MS) {
        this.#handedOverAt.set(billerId, now);
        await this.#handOver(billerId);
      }
    }
  }

  async #handOver(billerId: number): Promise<void> {
    try {
      await this.#queue.add(`delivery-${billerId}`, { billerId });
    } catch (error) {
      this.#parts.log.warn({ err: error, billerId }, 'the queue is away: confirming without it');
      this.#deliver(billerId).catch((err: unknown) =>
        this.#parts.log.warn({ err, billerId }, 'a delivery broke off; it is taken up again'),
      );
    }
  }

  async #deliver(billerId: number): Promise<void> {
    const here = this.#runs.get(billerId);
    if (here !== undefined) return here.ended;
    if (this.#stopping.signal.aborted) return;
    const run = new DeliveryRun(this.#parts, billerId, this.#holder);
    const ended = run.run(this.#stopping.signal).finally(() => {
      this.#runs.delete(billerId);
      this.#handedOverAt.delete(billerId);
    });
    this.#runs.set(billerId, { run, ended });
    return ended;
  }

  /** Ends the runs of this process; what was sent and not acknowledged is sent again by another. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.allSettled([...this.#runs.values()].map(({ ended }) => ended));
  }
}
