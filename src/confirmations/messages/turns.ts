// Billers that wait for their turn: each once, one after the other, and again at the end of the line while there is
// more of it, so that one with a million messages does not keep the others waiting. Who has had his turn may have to
// rest: what comes meanwhile is done together.

export interface TurnsOptions {
  readonly atOnce: number;
  /** Not again within it, unless by `again`. */
  readonly restMs?: number;
  /** Aborted: nothing more is begun. */
  readonly signal: AbortSignal;
  /** Calls `again` as soon as it knows that this biller is to have another turn. */
  readonly work: (billerId: number, again: () => void) => Promise<void>;
  readonly failed: (billerId: number, error: unknown) => void;
}

export class Turns {
  readonly #options: TurnsOptions;
  readonly #line = new Set<number>();
  readonly #busy = new Set<Promise<void>>();
  /** true: added since. */
  readonly #resting = new Map<number, boolean>();

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  add(billerId: number): void {
    if (this.#resting.has(billerId)) {
      this.#resting.set(billerId, true);
      return;
    }
    this.#line.add(billerId);
    this.#begin();
  }

  /** When what is under way has ended. */
  async ended(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all(this.#busy);
  }

  #begin(): void {
    const { atOnce, signal } = this.#options;
    for (const billerId of this.#line) {
      if (signal.aborted || this.#busy.size >= atOnce) return;
      this.#line.delete(billerId);
      const turn = this.#take(billerId).finally(() => {
        this.#busy.delete(turn);
        this.#begin();
      });
      this.#busy.add(turn);
    }
  }

  async #take(billerId: number): Promise<void> {
    let isAgain = false;
    try {
      await this.#options.work(billerId, () => {
        isAgain = true;
        this.add(billerId);
      });
    } catch (error) {
      this.#options.failed(billerId, error);
    }
    if (!isAgain && this.#options.restMs !== undefined) this.#rest(billerId, this.#options.restMs);
  }

  #rest(billerId: number, restMs: number): void {
    this.#resting.set(billerId, this.#line.delete(billerId));
    setTimeout(() => {
      const wasAdded = this.#resting.get(billerId);
      this.#resting.delete(billerId);
      if (wasAdded) this.add(billerId);
    }, restMs).unref();
  }
}
