// Whether an endpoint takes events, as one run has seen it: pure. An event that is refused while others get through is
// its own affair; when nothing gets through, the endpoint is down, and whatever was refused is nobody's fault.

import type { Refused } from './send.ts';

/** So many different events fail one after the other before the endpoint counts as down. */
const PROBES = 3;
const AT_ONCE = 16;

export class Health {
  #isProbing: boolean;
  #failedInRow = 0;
  #lastRefusal: Refused | undefined;
  #askedPauseMs = 0;

  /** `wasDown`: the run before got nothing through; this one begins with a single event. */
  constructor(wasDown: boolean) {
    this.#isProbing = wasDown;
  }

  get isProbing(): boolean {
    return this.#isProbing;
  }
  /** How many requests may be under way. */
  get atOnce(): number {
    const isDoubtful = this.#failedInRow > 0 && !this.isSelective();
    return this.#isProbing || isDoubtful ? 1 : AT_ONCE;
  }
  get failure(): string {
    return this.#lastRefusal?.failure ?? '';
  }
  get askedPauseMs(): number {
    return this.#askedPauseMs;
  }

  taken(): void {
    this.#isProbing = false;
    this.#failedInRow = 0;
  }

  /** A refusal of several together says little: which of them it is about shows when they go in smaller parts. */
  refused(refusal: Refused, together: number): void {
    this.#lastRefusal = refusal;
    this.#askedPauseMs = Math.max(this.#askedPauseMs, refusal.askedPauseMs ?? 0);
    if (together === 1 || refusal.status === undefined) this.#failedInRow += 1;
  }

  /** `isLeft`: there are events to try it with. */
  isDown(isLeft: boolean): boolean {
    if (this.#failedInRow === 0) return false;
    if (this.#isProbing || this.#failedInRow >= PROBES) return true;
    return !isLeft && !this.isSelective();
  }

  /** It said of the last event that this one it does not want: it is there. */
  isSelective(): boolean {
    return isAboutTheEvent(this.#lastRefusal?.status);
  }
}

/**
 * Which of so many events is the probe after so many failures: each in its turn, however many there are, so that
 * some that are refused for themselves do not pass for an outage.
 */
export function probeTurn(failures: number, candidates: number): number {
  return candidates === 0 ? 0 : failures % candidates;
}

/** Client errors, but for those that say "not like this", "not here" or "not now" of any request. */
function isAboutTheEvent(status = 0): boolean {
  return (
    status >= 400 && status < 500 && ![401, 403, 404, 405, 407, 408, 410, 421, 425, 426, 429].includes(status)
  );
}
