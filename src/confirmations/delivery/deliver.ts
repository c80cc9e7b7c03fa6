// Tells one agency what its feed holds, in order per bill, several requests at a time, under a lease that one worker
// at a time can have. What the endpoint refuses while it takes others is set aside; when nothing gets through, the run
// ends, and after a pause the next one begins with a single probe. Remember: at least once; what was sent and not yet
// noted when a worker dies is sent again, under the same id.

import { BEGIN_LOOKUPS } from '../../platform/db/index.ts';
import { readFeed } from '../store-feed.ts';
import type { BatchSize } from './batch-size.ts';
import { CurrentEndpoint } from './current-endpoint.ts';
import { Health, probeTurn } from './health.ts';
import { Lease } from './lease.ts';
import { parkOverdue } from './park-overdue.ts';
import type { DeliveryParts, EndpointTerms } from './parts.ts';
import { ENDPOINT_PAUSES, pauseMs } from './pauses.ts';
import { putAside } from './put-aside.ts';
import { retryAside } from './retry-aside.ts';
import { Rouse } from './rouse.ts';
import { send } from './send.ts';
import { heldKeys, makeDue } from './store-aside.ts';
import { Window, type Pending } from './window.ts';

const IN_WINDOW = { single: 256, batch: 2000 };

/** An agency that takes batches is told so often: a request with twenty events costs it and us little more than one. */
const BATCH_EVERY_MS = 100;

/** A refused event is tried once more before it is set aside: a connection may have been reset by chance. */
const TRIES = 2;

const LOOK_UP_EVERY_MS = 200;
const LOOK_ASIDE_EVERY_MS = 1000;

/** A run that has nothing to do stays so long, for the next events to find it. */
const LINGER_MS = 1000;

export class DeliveryRun {
  readonly #parts: DeliveryParts;
  readonly #billerId: number;
  readonly #lease: Lease;
  readonly #endpoint: CurrentEndpoint;
  readonly #batchSize: BatchSize;
  readonly #rouse = new Rouse();
  readonly #flying = new Set<Promise<void>>();
  readonly #tries = new Map<Pending, number>();
  #window = new Window(0n);
  #takenThrough = 0n;
  #lookedAsideAt = -Infinity;
  #aside: Promise<void> | undefined;
  #hasHolds = false;
  /** The feed may hold more than was read of it. */
  #isMore = true;
  #filledAt = -Infinity;
  #health = new Health(false);
  #isEnding = false;
  #fault: Error | undefined;

  /** `holder`: in whose name the lease is taken; no two runs for one biller under one name at once. */
  constructor(parts: DeliveryParts, billerId: number, holder: string, batchSize: BatchSize) {
    this.#parts = parts;
    this.#billerId = billerId;
    this.#lease = new Lease(parts.session, billerId, holder);
    this.#endpoint = new CurrentEndpoint(parts, billerId);
    this.#batchSize = batchSize;
  }

  /** There is something new: do not fall asleep. `changedAt`: when the webhook was set as it stands. */
  wake(changedAt: Date): void {
    this.#isMore = true;
    this.#endpoint.hear(changedAt);
    this.#rouse.call();
  }

  /** Ends when there is nothing left to do, nothing gets through, or `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    if ((await this.#endpoint.terms()) === undefined) return;
    const row = await this.#lease.take();
    if (row === undefined) return;
    this.#window = new Window(row.delivered_number);
    this.#health = new Health(row.failures > 0);
    this.#hasHolds = row.has_holds;
    signal.addEventListener('abort', this.#rouse.call);
    try {
      await this.#work(row.failures, signal);
    } finally {
      signal.removeEventListener('abort', this.#rouse.call);
      this.#isEnding = true;
      await Promise.all([...this.#flying, this.#aside]);
      await this.#lease.note(this.#window.doneThrough, true);
      await this.#lease.release();
    }
  }

  async #work(failures: number, signal: AbortSignal): Promise<void> {
    let isFirst = true;
    while (!signal.aborted && !this.#lease.isLost) {
      this.#rouse.forget();
      const endpoint = await this.#endpoint.terms();
      if (endpoint === undefined) return;
      await this.#fill(endpoint);
      // Another event each time, so that those refused for themselves do not pass for an outage; or what stands aside.
      if (isFirst && this.#health.isProbing && !this.#window.leaveOne((count) => probeTurn(failures, count)))
        this.#health = new Health(false);
      isFirst = false;
      this.#lookAside();
      this.#launch(endpoint);
      if (this.#flying.size === 0 && (await this.#isOver(failures))) return;
      if (this.#flying.size > 0) await Promise.race([...this.#flying, this.#rouse.sleep(LOOK_UP_EVERY_MS)]);
      if (this.#fault !== undefined) throw this.#fault;
      await this.#lease.note(this.#window.doneThrough, false);
    }
  }

  /** Nothing is under way. True: nothing is left to do, or nothing gets through. */
  async #isOver(failures: number): Promise<boolean> {
    const isLeft = this.#window.next().length > 0;
    if (this.#health.isDown(isLeft)) {
      await this.#settlePassed();
      if (this.#window.size > 0) return this.#giveWay(failures);
      this.#health = new Health(false);
    } else if (!isLeft && this.#window.size > 0) await this.#settleRefused();
    return this.#window.size === 0 && !(await this.#linger());
  }

  async #fill({ batch, wants }: EndpointTerms): Promise<void> {
    const room = (batch ? IN_WINDOW.batch : IN_WINDOW.single) - this.#window.size;
    const isEarly = batch && performance.now() - this.#filledAt < BATCH_EVERY_MS;
    if (!this.#isMore || isEarly || room < IN_WINDOW.single / 2) return;
    this.#isMore = false;
    this.#filledAt = performance.now();
    const after = this.#window.readThrough;
    const rows = await this.#parts.session.once(BEGIN_LOOKUPS, (tx) =>
      readFeed(tx, this.#billerId, after, room),
    );
    this.#isMore ||= rows.length === room;
    const added = this.#window.add(rows, batch ? Infinity : 1);
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
        await this.#putAside(pending, true);
    }
  }

  #launch(endpoint: EndpointTerms): void {
    while (this.#flying.size < this.#health.atOnce && !this.#health.isDown(true)) {
      const next = this.#window.next();
      const chosen = next.slice(0, this.#health.isProbing ? 1 : this.#batchSize.most);
      if (chosen.length === 0) return;
      for (const pending of chosen) pending.state = 'sent';
      const flight: Promise<void> = this.#send(endpoint, chosen)
        .catch((error: unknown) => this.#breakOff(error))
        .finally(() => this.#flying.delete(flight));
      this.#flying.add(flight);
    }
  }

  async #send(endpoint: EndpointTerms, chosen: readonly Pending[]): Promise<void> {
    const events = chosen.map(({ event }) => event);
    const sent = await send(this.#parts.caller, endpoint, events);
    this.#parts.onSent(this.#billerId, events, sent);
    if (sent.isTaken) {
      if (this.#health.isProbing) await this.#parts.database.transaction((tx) => makeDue(tx, this.#billerId));
      this.#health.taken();
      this.#batchSize.taken(chosen.length);
      this.#window.finish(chosen);
      for (const pending of chosen) this.#taken(pending);
      return this.#settleRefused();
    }
    this.#health.refused(sent, chosen.length);
    if (sent.status === undefined) this.#batchSize.unanswered(chosen.length);
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

  #taken(pending: Pending): void {
    this.#tries.delete(pending);
    if (pending.event.number > this.#takenThrough) this.#takenThrough = pending.event.number;
  }

  /** What was taken must not be sent again after the pause: what it has overtaken is set aside. */
  async #settlePassed(): Promise<void> {
    for (const pending of this.#window.before(this.#takenThrough))
      if (pending.state !== 'done') await this.#putAside(pending);
  }

  /** `isHeld`: it waits behind another that stands aside. */
  async #putAside(pending: Pending, isHeld = false): Promise<void> {
    this.#hasHolds = true;
    const told = { attempts: this.#tries.get(pending) ?? 0, failure: this.#health.failure, isHeld };
    const list = await putAside(this.#parts.database, this.#billerId, this.#window, pending, told);
    for (const one of list) this.#tries.delete(one);
  }

  async #giveWay(failures: number): Promise<true> {
    const pause = Math.max(this.#health.askedPauseMs, pauseMs(failures + 1, ENDPOINT_PAUSES));
    await this.#lease.note(this.#window.doneThrough, true);
    await this.#lease.failing(pause, this.#health.failure);
    await parkOverdue(this.#parts.database, this.#billerId, this.#health.failure);
    return true;
  }

  #lookAside(): void {
    const isEarly = performance.now() - this.#lookedAsideAt < LOOK_ASIDE_EVERY_MS;
    if (this.#aside !== undefined || this.#health.isProbing || isEarly) return;
    this.#lookedAsideAt = performance.now();
    this.#aside = retryAside(this.#parts, this.#billerId, {
      endpoint: () => this.#endpoint.terms(),
      isOver: () => this.#isEnding || this.#lease.isLost,
      holdsBack: (number, keys) => this.#window.holdsBack(number, keys),
    })
      .catch((error: unknown) => this.#breakOff(error))
      .then((isTaken) => {
        this.#aside = undefined;
        if (isTaken === true) this.#lookedAsideAt = -Infinity; // what was behind may go at once
      });
  }

  /** The run cannot go on. */
  #breakOff(error: unknown): void {
    this.#fault ??= error instanceof Error ? error : new Error('a delivery broke off', { cause: error });
    this.#rouse.call();
  }

  /** True: something came, or is under way. */
  async #linger(): Promise<boolean> {
    await this.#lease.note(this.#window.doneThrough, true);
    await this.#rouse.sleep(LINGER_MS);
    return this.#rouse.isAwake || this.#aside !== undefined;
  }
}
