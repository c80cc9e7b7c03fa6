// The circuit breaker of one agency's link. Closed: everybody asks. Open, after some failures or slow answers in a row:
// nobody does, so that an agency in trouble is not trampled and payers do not wait for nothing. Half open, when the
// pause is over: one question goes as a probe; by its answer the circuit closes, or opens for twice as long.

export interface BreakerOptions {
  /** Failures and slow answers in a row that open it. */
  readonly failures: number;
  readonly firstPauseMs: number;
  readonly mostPauseMs: number;
  /** Milliseconds that only ever go forward. */
  readonly now: () => number;
}

export const BREAKER = { failures: 5, firstPauseMs: 1000, mostPauseMs: 30_000 } as const;

export type CircuitState = 'closed' | 'open' | 'half-open';

/** Leave to ask once. What comes of it is told by one of the two; `failed` also for an answer that was slow. */
export interface Pass {
  succeeded(): void;
  failed(): void;
}

export class Breaker {
  readonly #options: BreakerOptions;
  /** Moves whenever the circuit opens or closes: answers to questions from before say nothing any more. */
  #era = 0;
  #inARow = 0;
  /** How often it was opened without a good answer since. */
  #openings = 0;
  #openUntil: number | undefined;
  #probing = false;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  get state(): CircuitState {
    if (this.#openUntil === undefined) return 'closed';
    return this.#probing || this.#options.now() >= this.#openUntil ? 'half-open' : 'open';
  }

  /** Or for how many milliseconds it is not to be asked. */
  enter(): Pass | number {
    if (this.#openUntil !== undefined) {
      const left = this.#openUntil - this.#options.now();
      if (left > 0) return left;
      if (this.#probing) return this.#options.firstPauseMs;
      this.#probing = true;
    }
    const era = this.#era;
    return {
      succeeded: () => {
        if (era === this.#era) this.#close();
      },
      failed: () => {
        if (era === this.#era) this.#fail();
      },
    };
  }

  #close(): void {
    this.#inARow = 0;
    this.#openings = 0;
    if (this.#openUntil === undefined) return;
    this.#openUntil = undefined;
    this.#probing = false;
    this.#era += 1;
  }

  #fail(): void {
    this.#inARow += 1;
    const { failures, firstPauseMs, mostPauseMs, now } = this.#options;
    if (!this.#probing && this.#inARow < failures) return;
    this.#openUntil = now() + Math.min(mostPauseMs, firstPauseMs * 2 ** Math.min(30, this.#openings));
    this.#openings += 1;
    this.#probing = false;
    this.#era += 1;
  }
}
