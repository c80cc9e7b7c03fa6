// Tells one agency what its feed holds, in order per bill, several requests at a time, under a lease that one process
// at a time can have. What the endpoint refuses while it takes others is set aside; when nothing gets through, the run
// ends, and after a pause the next one begins with a single probe. Remember: at least once; what was sent and not yet
// noted when a worker dies is sent again, under the same id.

import { BEGIN_LOOKUPS } from '../../platform/db/index.ts';
import { readFeed } from '../store-feed.ts';
import { Health, probeTurn } from './health.ts';
import { Lease } from './lease.ts';
import { parkOverdue } from './park-overdue.ts';
import type { DeliveryParts, EndpointTerms } from './parts.ts';
import { ENDPOINT_PAUSES, EVENT_PAUSES, pauseMs } from './pauses.ts';
import { retryAside } from './retry-aside.ts';
import { send } from './send.ts';
import { heldKeys, makeDue, setAside } from './store-aside.ts';
import type { DeliveryRow } from './store-delivery.ts';
import { Window, type Pending } from './window.ts';

const IN_WINDOW = { single: 256, batch: 2000 };
const MOST_TOGETHER = 500;

/** A refused event is tried once more before it is set aside: a connection may have been reset by chance. */
const TRIES = 2;

const LOOK_ASIDE_EVERY_MS = 1000;
const READ_ENDPOINT_EVERY_MS = 1000;

/** While requests are under way the run looks around so often. */
const LOOK_UP_EVERY_MS = 200;

/** A run that has nothing to do stays so long, for the next events to find it. */
const LINGER_MS = 1000;

export class DeliveryRun {
  readonly #parts: DeliveryParts;
  readonly #billerId: number;
  readonly #lease: Lease;
  readonly #flying = new Set<Promise<void>>();
  readonly #tries = new Map<Pending, number>();
  #window = new Window(0n);
  #health = new Health(false);
  #lookedAsideAt = -Infinity;
  #aside: Promise<void> | undefined;
  #hasHolds = true;
  /** The feed may hold more than was read of it. */
  #isMore = true;
  #rouse: () => void = () => undefined;

  constructor(parts: DeliveryParts, billerId: number, holder: string) {
    this.#parts = parts;
    this.#billerId = billerId;
    this.#lease = new Lease(parts.session, billerId, holder);
  }

  /** There is something new: do not fall asleep. */
  wake(): void {
    this.#isMore = true;
    this.#rouse();
  }

  /** Ends when there is nothing left to do, nothing gets through, or `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const endpoint = await this.#parts.endpointOf(this.#billerId);
    const row = endpoint === undefined ? undefined : await this.#lease.take();
    if (endpoint === undefined || row === undefined) return;
    this.#window = new Window(row.delivered_number);
    this.#health = new Health(row.failures > 0);
    const rouse = (): void => this.#rouse();
    signal.addEventListener('abort', rouse);
    try {
      await this.#work(endpoint, row, signal);
    } finally {
      signal.removeEventListener('abort', rouse);
      await Promise.allSettled([...this.#flying, this.#aside]);
      if (!this.#health.isProbing) await this.#lease.note(this.#window.doneThrough, true);
      await this.#lease.release();
    }
  }

  async #work(first: EndpointTerms, row: DeliveryRow, signal: AbortSignal): Promise<void> {
    let endpoint: EndpointTerms | undefined = first;
    let readAt = performance.now();
    await this.#fill(endpoint);
    if (this.#health.isProbing) this.#turnToAnother(row.failures);
    while (!signal.aborted && !this.#lease.isLost && endpoint !== undefined) {
      await this.#fill(endpoint);
      this.#lookAside(endpoint);
      this.#launch(endpoint);
      if (this.#flying.size > 0) await Promise.race([...this.#flying, this.#roused(LOOK_UP_EVERY_MS)]);
      else if (!(await this.#goesOn(row, signal))) return;
      if (!this.#health.isProbing) await this.#lease.note(this.#window.doneThrough, false);
      if (performance.now() - readAt < READ_ENDPOINT_EVERY_MS) continue;
      readAt = performance.now();
      endpoint = await this.#parts.endpointOf(this.#billerId);
    }
  }

  /** Nothing is under way: is there a reason to go on? */
  async #goesOn(row: DeliveryRow, signal: AbortSignal): Promise<boolean> {
    const isLeft = this.#window.next().length > 0;
    if (this.#health.isDown(isLeft)) {
      if (!signal.aborted) await this.#giveWay(row);
      return false;
    }
    if (this.#window.size > 0) {
      if (!isLeft) await this.#settleRefused();
      return true;
    }
    await this.#lease.note(this.#window.doneThrough, true);
    if (!this.#isMore) await this.#roused(LINGER_MS);
    return this.#isMore;
  }

  async #fill({ batch, wants }: EndpointTerms): Promise<void> {
    const room = (batch ? IN_WINDOW.batch : IN_WINDOW.single) - this.#window.size;
    if (!this.#isMore || room < IN_WINDOW.single / 2) return;
    this.#isMore = false;
    const after = this.#window.readThrough;
    const rows = await this.#parts.session.once(BEGIN_LOOKUPS, (tx) =>
      readFeed(tx, this.#billerId, after, room),
    );
    this.#isMore ||= rows.length === room;
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
      this.#window.finish(chosen);
      for (const pending of chosen) this.#tries.delete(pending);
      if (this.#health.isProbing) await this.#parts.database.transaction((tx) => makeDue(tx, this.#billerId));
      this.#health.taken();
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

  /** With everything behind it on its bills; `attempts` 0: it has not been sent, and only joins those before it. */
  async #putAside(pending: Pending): Promise<void> {
    this.#hasHolds = true;
    const attempts = this.#tries.get(pending) ?? 0;
    const list = this.#window.behind(pending).filter(({ state }) => state !== 'sent');
    const rows = list.map((one) => {
      const { event_id: eventId, number } = one.event;
      const isRefused = one === pending && attempts > 0;
      return {
        eventId,
        number,
        keys: one.keys,
        attempts: isRefused ? attempts : 0,
        pauseMs: isRefused ? pauseMs(attempts, EVENT_PAUSES) : undefined,
        failure: isRefused ? this.#health.failure : null,
      };
    });
    await this.#parts.database.transaction((tx) => setAside(tx, this.#billerId, rows));
    for (const one of list) this.#tries.delete(one);
    this.#window.finish(list);
  }

  async #giveWay(row: DeliveryRow): Promise<void> {
    const { askedPauseMs, failure } = this.#health;
    const pause = Math.max(askedPauseMs, pauseMs(row.failures + 1, ENDPOINT_PAUSES));
    if (!this.#health.isProbing) await this.#lease.note(this.#window.doneThrough, true);
    await this.#lease.noteFailing({ pauseMs: pause, failure });
    await parkOverdue(this.#parts.database, this.#billerId, failure);
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
    const isEarly = now - this.#lookedAsideAt < LOOK_ASIDE_EVERY_MS;
    if (this.#aside !== undefined || this.#health.isProbing || isEarly) return;
    this.#lookedAsideAt = now;
    this.#aside = retryAside(this.#parts, this.#billerId, endpoint).finally(() => (this.#aside = undefined));
  }

  #roused(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.#rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
