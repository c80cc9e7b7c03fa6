// What the agency knows: its own system is asked, which keeps its own books. It has to know within a second of the
// answer that the channel was given, or the story stops.

import { setTimeout as pause } from 'node:timers/promises';
import { agencyCommand } from './run-agency.ts';
import type { Scribe } from './scribe.ts';

const WITHIN_MS = 1000;
const ASK_EVERY_MS = 10;

export interface AgencyStory {
  readonly scribe: Scribe;
  /** Of the demo agency. */
  readonly url: string;
  readonly dataDir: string;
}

/** Throws when the agency's books do not say `state` of the payment in time. */
export async function tellAgency(
  { scribe, url, dataDir }: AgencyStory,
  paymentId: string,
  state: 'booked' | 'undone',
): Promise<void> {
  const end = performance.now() + WITHIN_MS;
  const path = `/payments/${paymentId}`;
  for (;;) {
    const answer = await ask(url + path).catch(() => {
      throw new Error(
        `the story stops: the demo agency does not answer at ${url}; start it: ${agencyCommand(dataDir)}`,
      );
    });
    if (answer?.['state'] === state) return scribe.show(`GET <the agency's system>${path}`, answer);
    if (performance.now() > end)
      throw new Error(
        `the story stops: within a second the demo agency has not ${state} ${paymentId}; is it told, or somebody else? (PUT /v1/webhook)`,
      );
    await pause(ASK_EVERY_MS);
  }
}

/** undefined: it has not been told yet. */
async function ask(url: string): Promise<Record<string, unknown> | undefined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(WITHIN_MS) });
  return response.ok ? ((await response.json()) as Record<string, unknown>) : undefined;
}
