// How long a bank that did not answer is left alone with one thing: longer each time.

const FIRST_MS = 5_000;
const LONGEST_MS = 15 * 60_000;
/** An answer that no bank should give is a person's to look at: what was asked for waits meanwhile. */
export const WRONG_PAUSE_MS = LONGEST_MS;

/** `tries`: how often it was tried by now. */
export function pauseMs(tries: number): number {
  return Math.min(FIRST_MS * 2 ** Math.min(tries - 1, 20), LONGEST_MS);
}
