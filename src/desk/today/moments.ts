// Answers that many ask for at the same time: made once for all of them, and good for a moment.

interface Kept<T> {
  readonly until: number;
  readonly value: Promise<T>;
}

/** Many more than there are pages open at a time. */
const MOST = 1_000;

export class Moments<T> {
  readonly #kept = new Map<string, Kept<T>>();
  readonly #ms: number;
  readonly #now: () => number;

  /** `now`: milliseconds that never go back. */
  constructor(ms: number, now: () => number) {
    this.#ms = ms;
    this.#now = now;
  }

  /** What is being made is waited for, by all who ask for it. What failed is not kept. */
  get(key: string, make: () => Promise<T>): Promise<T> {
    const kept = this.#kept.get(key);
    if (kept !== undefined && this.#now() < kept.until) return kept.value;
    if (this.#kept.size >= MOST) this.#kept.clear();
    const value = make().then(
      (made) => {
        this.#kept.set(key, { until: this.#now() + this.#ms, value });
        return made;
      },
      (error: unknown) => {
        this.#kept.delete(key);
        throw error;
      },
    );
    this.#kept.set(key, { until: Infinity, value });
    return value;
  }
}
