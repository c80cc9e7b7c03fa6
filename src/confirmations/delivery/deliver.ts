// Tells one agency what its feed holds, in order per bill, several requests at a time, under a lease that one worker
// at a time can have. What the endpoint refuses while it takes others is set aside; when nothing gets through, the run
// ends, and after a pause the next one begins with a single probe. Remember: at least once; what was sent and not yet
// noted when a worker dies is sent again, under the same id.

import { randomUUID } from 'node:crypto';
import { BEGIN_LOOKUPS, BEGIN_NOTES, type Tx } from '../../platform/db/index.ts';
import { ENDPOINT_PAUSES, EVENT_PAUSES, pauseMs } from './pauses.ts';
import { Health, probeTurn } from './health.ts';
import { parkOverdue } from './park-overdue.ts';
import type { DeliveryParts, EndpointTerms } from './parts.ts';
import { retryAside } from './retry-aside.ts';
import { send } from './send.ts';
import { readFeed } from '../store-feed.ts';
import { heldKeys, setAside } from './store-aside.ts';
import { moveDelivered, noteFailing, releaseLease, takeLease, type DeliveryRow } from './store-delivery.ts';
import { Window, type Pending } from './window.ts';

const IN_WINDOW = { single: 256, batch: 2000 };
const MOST_TOGETHER = 500;

/** A refused event is tried once more before it is set aside: a connection may have been reset by chance. */
const TRIES = 2;

const NOTE_EVERY_MS = 200;
const LOOK_ASIDE_EVERY_MS = 1000;

/** A run that has nothing to do stays so long, for the next events to find it. */
const LINGER_MS = 1000;

export class DeliveryRun {
  readonly #parts: DeliveryParts;
  readonly #billerId: number;
  readonly #lease = randomUUID();
  readonly #flying = new Set<Promise<void>>();
  readonly #tries = new Map<Pending, number>();
  #window = new Window(0n);
  #noted = 0n;
  #notedAt = 0;
  #lookedAsideAt = -Infinity;
  #aside: Promise<void> | undefined;
  #hasHolds = true;
  #health = new Health(false);
  #isAwake = false;
  #isLost = false;
  #rouse: () => void = () => undefined;

  constructor(parts: DeliveryParts, billerId: number) {
    this.#parts = parts;
    this.#billerId = billerId;
  }

  /** There is something new: do not fall asleep. */
  wake(): void {
    this.#isAwake = true;
    this.#rouse();
  }

  /** Ends when there is nothing left to do, nothing gets through, or `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const endpoint = await this.#parts.endpointOf(this.#billerId);
    if (endpoint === undefined) return;
    const row = await this.#brief((tx) => takeLease(tx, this.#billerId, this.#lease));
    if (row === undefined) return;
    this.#window = new Window(row.delivered_number);
    this.#noted = row.delivered_number;
    this.#health = new Health(row.failures > 0);
    const rouse = (): void => this.#rouse();
    signal.addEventListener('abort', rouse);
    try {
      await this.#work(endpoint, row, signal);
    } finally {
      signal.removeEventListener('abort', rouse);
      await Promise.all([...this.#flying, this.#aside]);
      await this.#note(true);
      await this.#brief((tx) => releaseLease(tx, this.#billerId, this.#lease));
    }
  }

  async #work(endpoint: EndpointTerms, row: DeliveryRow, signal: AbortSignal): Promise<void> {
    let isFirst = true;
    while (!signal.aborted && !this.#isLost) {
      this.#isAwake = false;
      await this.#fill(endpoint);
      if (isFirst && this.#health.isProbing) this.#turnToAnother(row.failures);
      isFirst = false;
      this.#lookAside(endpoint);
      this.#launch(endpoint);
      if (this.#flying.size === 0) {
        const isLeft = this.#window.next().length > 0;
        if (this.#health.isDown(isLeft)) return this.#giveWay(row);
        if (!isLeft && this.#window.size > 0) await this.#settleRefused();
        else if (this.#window.size === 0 && !(await this.#linger())) return;
      }
      if (this.#flying.size > 0) await Promise.race([...this.#flying, this.#roused()]);
      await this.#note(false);
    }
  }

  async #fill({ batch, wants }: EndpointTerms): Promise<void> {
    const most = batch ? IN_WINDOW.batch : IN_WINDOW.single;
    if (this.#window.size > most / 2) return;
    const after = this.#window.readThrough;
    const rows = await this.#parts.session.once(BEGIN_LOOKUPS, (tx) =>
      readFeed(tx, this.#billerId, after, most - this.#window.size),
    );
    const added = this.#window.add(rows, batch ? MOST_TOGETHER : 1);
    this.#window.finish(added.filter(({ event }) => !wants(event.type)));
    if (this.#hasHolds) await this.#keepBehind(added);
  }

  /** What belongs behind an event that stands aside joins it there. */
  async #keepBehind(added: readonly Pending[]): Promise<void> {
    const keys = added.flatMap((pending) => (pending.state === 'done' ? [] : pending.keys));
    if (keys.length === 0) return;
    const held = await this.#parts.database.transaction((tx) => heldKeys(tx, this.#billerId, keys));
    for (const pending of added) {
      if (pending.state === 'ready' && pending.keys.some((key) => held.has(key)))
        await this.#putAside(pending);
    }
  }

  #launch(endpoint: EndpointTerms): void {
    while (this.#flying.size < this.#health.atOnce && !this.#health.isDown(true)) {
      const next = this.#window.next();
      const chosen = this.#health.isProbing ? next.slice(0, 1) : next;
      if (chosen.length === 0) return;
      for (const pending of chosen) pending.state = 'sent';
      const flight: Promise<void> = this.#send(endpoint, chosen).finally(() => this.#flying.delete(flight));
      this.#flying.add(flight);
    }
  }

  async #send(endpoint: EndpointTerms, chosen: readonly Pending[]): Promise<void> {
    const events = chosen.map(({ event }) => event);
    const sent = await send(this.#parts.caller, endpoint, events);
    this.#parts.onSent(this.#billerId, events, sent);
    if (sent.isTaken) {
      this.#health.taken();
      this.#window.finish(chosen);
      for (const pending of chosen) this.#tries.delete(pending);
      return this.#settleRefused();
    }
    this.#health.refused(sent, chosen.length);
    const isSplit = chosen.length > 1 && sent.status !== undefined;
    for (const pending of chosen) {
      pending.together = Math.max(1, chosen.length >> 1);
      pending.state = isSplit ? 'ready' : 'refused';
      if (chosen.length === 1) this.#tries.set(pending, (this.#tries.get(pending) ?? 0) + 1);
    }
  }

  /** The endpoint takes others: what it refused before is tried once more, then set aside. */
  async #settleRefused(): Promise<void> {
    for (const pending of this.#window.refused()) {
      if ((this.#tries.get(pending) ?? 0) < TRIES) pending.state = 'ready';
      else await this.#putAside(pending);
    }
  }

  async #putAside(pending: Pending): Promise<void> {
    this.#hasHolds = true;
    const attempts = this.#tries.get(pending) ?? 0;
    const list = this.#window.behind(pending).filter(({ state }) => state !== 'sent');
    await this.#parts.database.transaction((tx) =>
      setAside(
        tx,
        this.#billerId,
        list.map((one) => ({
          eventId: one.event.event_id,
          number: one.event.number,
          keys: one.keys,
          attempts: one === pending ? attempts : 0,
          pauseMs: one === pending && attempts > 0 ? pauseMs(attempts, EVENT_PAUSES) : 0,
          failure: one === pending && attempts > 0 ? this.#health.failure : null,
        })),
      ),
    );
    for (const one of list) this.#tries.delete(one);
    this.#window.finish(list);
  }

  async #giveWay(row: DeliveryRow): Promise<void> {
    const pause = Math.max(this.#health.askedPauseMs, pauseMs(row.failures + 1, ENDPOINT_PAUSES));
    await this.#note(true);
    const failing = { pauseMs: pause, failure: this.#health.failure };
    await this.#brief((tx) => noteFailing(tx, this.#billerId, this.#lease, failing));
    await parkOverdue(this.#parts.database, this.#billerId, this.#lease, this.#health.failure);
  }

  /** Each probe is another event, so that one that is refused for itself does not pass for an outage. */
  #turnToAnother(failures: number): void {
    for (let skip = probeTurn(failures); skip > 0; skip--) {
      const chosen = this.#window.next();
      for (const pending of chosen) pending.state = 'refused';
      if (this.#window.next().length > 0) continue;
      for (const pending of chosen) pending.state = 'ready';
      return;
    }
  }

  #lookAside(endpoint: EndpointTerms): void {
    const now = performance.now();
    if (
      this.#aside !== undefined ||
      this.#health.isProbing ||
      now - this.#lookedAsideAt < LOOK_ASIDE_EVERY_MS
    )
      return;
    this.#lookedAsideAt = now;
    this.#aside = retryAside(this.#parts, this.#billerId, endpoint)
      .then((hasHolds) => {
        this.#hasHolds ||= hasHolds;
      })
      .finally(() => (this.#aside = undefined));
  }

  async #note(isLast: boolean): Promise<void> {
    const through = this.#window.doneThrough;
    const now = performance.now();
    if (through <= this.#noted || (!isLast && now - this.#notedAt < NOTE_EVERY_MS)) return;
    this.#notedAt = now;
    if (await this.#brief((tx) => moveDelivered(tx, this.#billerId, this.#lease, through)))
      this.#noted = through;
    else this.#isLost = true;
  }

  #brief<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#parts.session.once(BEGIN_NOTES, work);
  }

  /** True when something came meanwhile. */
  async #linger(): Promise<boolean> {
    await this.#note(true);
    if (!this.#isAwake) await this.#roused(LINGER_MS);
    return this.#isAwake;
  }

  #roused(withinMs = NOTE_EVERY_MS): Promise<void> {
    if (this.#isAwake) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.#rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
