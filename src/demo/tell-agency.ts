// What the agency knows: its own system is asked, which keeps its own books. It has to know within a second of the
// answer that the channel was given, or the story stops.

import { agencyCommand } from './run-agency.ts';
import type { Scribe } from './scribe.ts';
import { waitFor } from './wait-for.ts';

const WITHIN_MS = 1000;

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
  const path = `/payments/${paymentId}`;
  const answer = await waitFor(
    WITHIN_MS,
    async () => {
      const told = await ask(url + path).catch(() => {
        throw new Error(
          `the story stops: the demo agency does not answer at ${url}; start it: ${agencyCommand(dataDir)}`,
        );
      });
      return told?.['state'] === state ? told : undefined;
    },
    `the story stops: within a second the demo agency has not ${state} ${paymentId}; is it told, or somebody else? (PUT /v1/webhook)`,
  );
  scribe.show(`GET <the agency's system>${path}`, answer);
}

/** undefined: it has not been told yet. */
async function ask(url: string): Promise<Record<string, unknown> | undefined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(WITHIN_MS) });
  return response.ok ? ((await response.json()) as Record<string, unknown>) : undefined;
}
