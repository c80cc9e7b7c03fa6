// How many requests a client may send in a second, counted here and shared with the other gateways through Redis
// a few times a second. The path of a request never waits for Redis, and traffic passes when Redis is away: then
// each gateway counts for itself. Why not a round trip to Redis on each request: docs/adr/0007.

import type { Redis } from 'ioredis';

export interface Budget {
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the budget is whole again. */
  readonly resetSeconds: number;
  readonly isExceeded: boolean;
}

interface Count {
  /** What all gateways had taken when last asked, our own part included. */
  shared: number;
  /** Taken here since. */
  unshared: number;
}

const WINDOW_MS = 1000;
const SHARE_EVERY_MS = 100;

export class RateBudgets {
  readonly #redis: Redis | undefined;
  readonly #onFault: (error: unknown) => void;
  #window = 0;
  #counts = new Map<string, Count>();
  #timer: NodeJS.Timeout | undefined;
  #isRedisAway = false;

  constructor(redis: Redis | undefined, onFault: (error: unknown) => void) {
    this.#redis = redis;
    this.#onFault = onFault;
    if (redis !== undefined) this.#timer = setInterval(() => void this.#share(), SHARE_EVERY_MS).unref();
  }

  /** Takes one request of `client` from its budget of `limit` requests a second. */
  take(client: string, limit: number, nowMs = Date.now()): Budget {
    const window = Math.floor(nowMs / WINDOW_MS);
    if (window !== this.#window) {
      this.#window = window;
      this.#counts = new Map();
    }
    let count = this.#counts.get(client);
    if (count === undefined) this.#counts.set(client, (count = { shared: 0, unshared: 0 }));
    count.unshared += 1;
    const taken = count.shared + count.unshared;
    return { limit, remaining: Math.max(0, limit - taken), resetSeconds: 1, isExceeded: taken > limit };
  }

  async #share(): Promise<void> {
    const redis = this.#redis;
    const counts = [...this.#counts].filter(([, count]) => count.unshared > 0);
    if (redis === undefined || counts.length === 0) return;
    const batch = redis.pipeline();
    for (const [client, { unshared }] of counts) {
      const key = `wasit:rate:${client}:${this.#window}`;
      batch.incrby(key, unshared).expire(key, 3);
    }
    const sent = counts.map(([, count]) => count.unshared);
    // A failed command leaves the count as it is: unshared, and offered again next time.
    const answers = (await batch.exec().catch((error: unknown) => this.#noteAway(error))) ?? [];
    counts.forEach(([, count], i) => {
      const [error, shared] = answers[2 * i] ?? [new Error('Redis did not answer')];
      if (error !== null) return this.#noteAway(error);
      this.#isRedisAway = false;
      count.shared = Number(shared);
      count.unshared -= sent[i] ?? 0;
    });
  }

  #noteAway(error: unknown): undefined {
    if (!this.#isRedisAway) this.#onFault(error);
    this.#isRedisAway = true;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
