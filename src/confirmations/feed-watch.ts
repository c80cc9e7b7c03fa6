// Tells readers of feeds that something new has come. One look at the feeds of all who wait, ten times a second, and
// none when nobody does.

import { BEGIN_LOOKUPS, type Session } from '../platform/db/index.ts';
import { seldom, type Log } from '../platform/log.ts';
import { readHeads } from './store-feed.ts';

interface Waiting {
  readonly billerId: number;
  readonly after: bigint;
  readonly end: () => void;
}

const LOOK_EVERY_MS = 100;

export class FeedWatch {
  readonly #session: Session;
  readonly #warn: (error: unknown) => void;
  readonly #waiting = new Set<Waiting>();
  #timer: NodeJS.Timeout | undefined;

  constructor(session: Session, log: Pick<Log, 'warn'>) {
    this.#session = session;
    this.#warn = seldom((err) =>
      log.warn({ err }, 'the feeds could not be looked at; those who wait go on waiting'),
    );
  }

  /** Resolves when the biller's feed has an event behind `after`, after `withinMs`, or when `signal` aborts. */
  grown(billerId: number, after: bigint, withinMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        this.#waiting.delete(waiting);
        resolve();
      };
      const waiting: Waiting = { billerId, after, end };
      const timer = setTimeout(end, withinMs);
      signal.addEventListener('abort', end);
      this.#waiting.add(waiting);
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#waiting.size === 0) return;
    this.#timer = setTimeout(() => {
      void this.#look().finally(() => {
        this.#timer = undefined;
        this.#schedule();
      });
    }, LOOK_EVERY_MS);
  }

  async #look(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const billerIds = [...new Set([...this.#waiting].map(({ billerId }) => billerId))];
    try {
      const heads = await this.#session.once(BEGIN_LOOKUPS, (tx) => readHeads(tx, billerIds));
      const lastNumbers = new Map(heads.map((head) => [head.biller_id, head.last_number]));
      for (const { billerId, after, end } of [...this.#waiting])
        if ((lastNumbers.get(billerId) ?? 0n) > after) end();
    } catch (error) {
      // Those who waited have been answered meanwhile: the gateway stops, and takes its connections away.
      if (this.#waiting.size > 0) this.#warn(error);
    }
  }
}
