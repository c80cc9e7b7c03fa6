// The right to tell one agency, which one process at a time has, and the mark of how far it has been told. Kept in the
// database; renewed while the run lasts, even when the event at the mark is slow.

import { BEGIN_NOTES, type Session, type Tx } from '../../platform/db/index.ts';
import { moveDelivered, noteFailing, releaseLease, takeLease, type DeliveryRow } from './store-delivery.ts';

const NOTE_EVERY_MS = 200;
const RENEW_EVERY_MS = 5000;

export class Lease {
  readonly #session: Session;
  readonly #billerId: number;
  readonly #holder: string;
  #noted = 0n;
  #notedAt = 0;
  #isLost = false;

  /** `holder`: the process; another run of it may go on where one broke off. */
  constructor(session: Session, billerId: number, holder: string) {
    this.#session = session;
    this.#billerId = billerId;
    this.#holder = holder;
  }

  /** Another process has taken over. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** undefined: another holds it, or it is not time to try again. */
  async take(): Promise<DeliveryRow | undefined> {
    const row = await this.#brief((tx) => takeLease(tx, this.#billerId, this.#holder));
    if (row === undefined) return undefined;
    this.#noted = row.delivered_number;
    this.#notedAt = performance.now();
    return row;
  }

  /** Everything up to `through` is dealt with. Written now and then, at once when it `isLast`. */
  async note(through: bigint, isLast: boolean): Promise<void> {
    const sinceMs = performance.now() - this.#notedAt;
    const isDue = through > this.#noted ? isLast || sinceMs >= NOTE_EVERY_MS : sinceMs >= RENEW_EVERY_MS;
    if (!isDue || this.#isLost) return;
    this.#notedAt = performance.now();
    if (await this.#brief((tx) => moveDelivered(tx, this.#billerId, this.#holder, through)))
      this.#noted = through;
    else this.#isLost = true;
  }

  /** Nothing gets through: not again before `pauseMs` are over. */
  async noteFailing(failing: { pauseMs: number; failure: string }): Promise<void> {
    await this.#brief((tx) => noteFailing(tx, this.#billerId, this.#holder, failing));
  }

  async release(): Promise<void> {
    await this.#brief((tx) => releaseLease(tx, this.#billerId, this.#holder));
  }

  #brief<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#session.once(BEGIN_NOTES, work);
  }
}
