// Work that a process does again and again while it runs. Whoever stops it waits for the round at hand, which is told to end
// at its next safe place: what it works with is closed only then.

import type { Log } from './log.ts';

/** A round that does not end by then (a bank's server that hangs) is left behind. */
const STOP_WITHIN_MS = 5_000;

export class Rounds {
  readonly #log: Pick<Log, 'warn'>;
  readonly #oftenMs: number;
  readonly #stopping = new AbortController();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #busy = new Set<Promise<void>>();

  /** `oftenMs`: the period of what is looked for all the time. */
  constructor(log: Pick<Log, 'warn'>, oftenMs: number) {
    this.#log = log;
    this.#oftenMs = oftenMs;
  }

  /** Aborts when the rounds are stopped. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** `every` at the period of the process. */
  often(work: () => Promise<void>): void {
    this.every(this.#oftenMs, work);
  }

  /** Once now and then again and again; a round that is still going is not begun a second time. */
  every(periodMs: number, work: () => Promise<void>): void {
    let isBusy = false;
    const begin = (): void => {
      if (isBusy) return;
      isBusy = true;
      const round = work()
        .catch((error: unknown) =>
          this.#log.warn({ err: error }, 'a round of the worker failed; the next one tries again'),
        )
        .finally(() => {
          isBusy = false;
          this.#busy.delete(round);
        });
      this.#busy.add(round);
    };
    begin();
    this.#timers.push(setInterval(begin, periodMs).unref());
  }

  /** No further round begins; resolves when those at hand have ended. */
  async stop(withinMs = STOP_WITHIN_MS): Promise<void> {
    this.#stopping.abort();
    for (const timer of this.#timers) clearInterval(timer);
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => (timer = setTimeout(resolve, withinMs)));
    await Promise.race([Promise.all(this.#busy), tooLate]);
    clearTimeout(timer);
  }
}
