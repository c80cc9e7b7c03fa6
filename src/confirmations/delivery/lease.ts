// The lease of one run: taken, kept for as long as the run goes on, and given back; with it the mark of the feed moves.
// Remember: a long wait for one hanging request is no reason to lose it, and whoever has lost it stops.

import { BEGIN_NOTES, type Session, type Tx } from '../../platform/db/index.ts';
import {
  moveDelivered,
  noteFailing,
  releaseLease,
  renewLease,
  takeLease,
  type DeliveryRow,
} from './store-delivery.ts';

const NOTE_EVERY_MS = 200;

/** Well within what a lease lasts. */
const RENEW_EVERY_MS = 3000;

export class Lease {
  readonly #session: Session;
  readonly #billerId: number;
  readonly #holder: string;
  #noted = 0n;
  #notedAt = 0;
  #isLost = false;

  /** `holder`: the same for all runs of a process, so that it finds its own lease again after a broken run. */
  constructor(session: Session, billerId: number, holder: string) {
    this.#session = session;
    this.#billerId = billerId;
    this.#holder = holder;
  }

  get holder(): string {
    return this.#holder;
  }
  get isLost(): boolean {
    return this.#isLost;
  }

  /** undefined: another worker holds it, or it is not due. */
  async take(): Promise<DeliveryRow | undefined> {
    const row = await this.#brief((tx) => takeLease(tx, this.#billerId, this.#holder));
    this.#noted = row?.delivered_number ?? 0n;
    this.#notedAt = performance.now();
    return row;
  }

  /** Everything up to `through` is dealt with. Written now and then, and when `isLast`. */
  async note(through: bigint, isLast: boolean): Promise<void> {
    const since = performance.now() - this.#notedAt;
    const isNews = through > this.#noted;
    if (isNews ? !isLast && since < NOTE_EVERY_MS : since < RENEW_EVERY_MS) return;
    this.#notedAt = performance.now();
    const isHeld = await this.#brief((tx) =>
      isNews
        ? moveDelivered(tx, this.#billerId, this.#holder, through)
        : renewLease(tx, this.#billerId, this.#holder),
    );
    if (!isHeld) this.#isLost = true;
    else if (isNews) this.#noted = through;
  }

  /** Nothing gets through: not due before `pauseMs` are over. */
  failing(pauseMs: number, failure: string): Promise<void> {
    return this.#brief((tx) => noteFailing(tx, this.#billerId, this.#holder, { pauseMs, failure }));
  }

  release(): Promise<void> {
    return this.#brief((tx) => releaseLease(tx, this.#billerId, this.#holder));
  }

  #brief<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#session.once(BEGIN_NOTES, work);
  }
}
