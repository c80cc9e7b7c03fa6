// Waits for what another process does: asks again and again until there is an answer.

import { setTimeout as pause } from 'node:timers/promises';

const ASK_EVERY_MS = 50;

/** Throws `complaint` when there is no answer in time. */
export async function waitFor<T>(
  withinMs: number,
  ask: () => Promise<T | undefined>,
  complaint: string,
): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(complaint);
    await pause(ASK_EVERY_MS);
  }
}
