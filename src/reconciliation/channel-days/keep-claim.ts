// A day that is worked on shows signs of life, however long one statement takes; when it has become another's, the work
// ends at its next safe place.

import type { Database } from '../../platform/db/index.ts';
import { touchClaim, type Claim } from './store-claim.ts';

const BEAT_MS = 5_000;

/** `held` aborts when the claim is lost, or when `signal` does. */
export async function keepClaim<T>(
  database: Database,
  claim: Claim,
  signal: AbortSignal | undefined,
  work: (held: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController();
  const beat = setInterval(() => {
    database
      .transaction((tx) => touchClaim(tx, claim))
      .then(
        (isHeld) => isHeld || lost.abort(),
        // A database that is away is met by the work itself; the claim lasts several beats.
        () => undefined,
      );
  }, BEAT_MS);
  try {
    return await work(signal === undefined ? lost.signal : AbortSignal.any([signal, lost.signal]));
  } finally {
    clearInterval(beat);
  }
}
