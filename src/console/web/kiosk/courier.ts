// Brings payments to the gateway until each has its answer, the same request under the same reference each time, after 1, 2,
// 4 … 60 s. It begins with what the book says, so it goes on after any stop.

import { call, type Answer, type Call } from '../reach/call.ts';
import type { Book } from './book.ts';
import { answered, orderOf, type Order, type Outcome, type Receipt, type Taking } from './taking.ts';

export interface CourierParts {
  readonly book: Book;
  readonly ask: <T>(call: Call) => Promise<Answer<T>>;
  readonly changed: (taking: Taking) => void;
}

const LONGEST_PAUSE_MS = 60_000;
/** The gateway answers within ten. */
const ANSWER_MS = 15_000;

/** Calls of the API under the kiosk's key. */
export function caller(key: string): CourierParts['ask'] {
  return async (wish) => {
    const signal = AbortSignal.timeout(ANSWER_MS);
    try {
      return await call({ ...wish, signal, headers: { authorization: `Bearer ${key}` } });
    } catch {
      // Only what took too long is thrown.
      return { ok: false, problem: { code: 'no-answer', status: 0, title: '' } };
    }
  };
}

export class Courier {
  readonly #parts: CourierParts;
  #wake: () => void = () => undefined;
  #isStopped = false;

  constructor(parts: CourierParts) {
    this.#parts = parts;
    addEventListener('online', this.nudge);
    void this.#run();
  }

  /** There is something new, or a line again. */
  readonly nudge = (): void => this.#wake();

  stop(): void {
    this.#isStopped = true;
    removeEventListener('online', this.nudge);
    this.#wake();
  }

  async #run(): Promise<void> {
    let pauseMs = 1_000;
    while (!this.#isStopped) {
      let waiting = 0;
      let delivered = 0;
      const nudged = new Promise<void>((resolve) => (this.#wake = resolve));
      for (const taking of await this.#parts.book.takings()) {
        if (orderOf(taking) === undefined) continue;
        if (await this.#bring(taking)) delivered += 1;
        else waiting += 1;
      }
      pauseMs = delivered > 0 || waiting === 0 ? 1_000 : pauseMs;
      if (delivered > 0) continue;
      await (waiting === 0 ? nudged : Promise.race([nudged, pause(pauseMs)]));
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }

  /** Whether it has an answer now, which is then in the book. */
  async #bring(taking: Taking): Promise<boolean> {
    const order = orderOf(taking);
    const outcome = order && (await bringOnce(this.#parts.ask, order));
    if (outcome === undefined || this.#isStopped) return false;
    const next = await this.#parts.book.change(taking.reference, (known) => answered(known, outcome));
    if (next !== undefined) this.#parts.changed(next);
    return true;
  }
}

/**
 * undefined: no answer yet. A refusal that is not kept under the reference may follow an attempt that was accepted and whose
 * answer was lost, so it counts only when nothing is known under the reference.
 */
export async function bringOnce(ask: CourierParts['ask'], order: Order): Promise<Outcome | undefined> {
  const answer = await ask<Receipt>({ method: 'POST', path: '/v1/payments', body: order });
  if (answer.ok) return { status: answer.body.status as Outcome['status'], payment: answer.body };
  const { retry } = answer.problem;
  if (retry !== 'never' && retry !== 'new-reference') return undefined;
  const known = await ask<Outcome>({ path: `/v1/payments/by-reference/${order.reference}` });
  if (known.ok) return known.body;
  return known.problem.status === 404 ? { status: 'refused', problem: answer.problem } : undefined;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
