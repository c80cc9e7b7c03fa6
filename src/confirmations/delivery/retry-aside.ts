// Tries again what stands aside, each event alone, the first of its bills first. Given up after three days: then it is
// parked, its bills go on without it, and somebody has to send it again.

import { EVENT_PAUSES, GIVE_UP_AFTER_MS, pauseMs } from './pauses.ts';
import type { DeliveryParts, EndpointTerms } from './parts.ts';
import { send } from './send.ts';
import { orderKeysOf } from './window.ts';
import { readDueAside, refusedAgain, takeBack } from './store-aside.ts';

const MOST_AT_ONCE = 100;

/** What the run knows that tries. */
export interface RetryTerms {
  /** As it stands now; undefined: there is none any more. */
  readonly endpoint: () => Promise<EndpointTerms | undefined>;
  /** The run ends: try no more. A refusal that comes then may be of our own making and is not held against the event. */
  readonly isOver: () => boolean;
  /** An event before this one on one of its bills is still under way. */
  readonly holdsBack: (number: bigint, keys: readonly string[]) => boolean;
}

export async function retryAside(
  { database, caller, onSent }: DeliveryParts,
  billerId: number,
  { endpoint, isOver, holdsBack }: RetryTerms,
): Promise<void> {
  const due = await database.transaction((tx) => readDueAside(tx, billerId, MOST_AT_ONCE));
  for (const event of due) {
    const terms = await endpoint();
    if (isOver() || terms === undefined) break;
    if (holdsBack(event.number, orderKeysOf(event))) continue;
    const sent = await send(caller, terms, [event]);
    onSent(billerId, [event], sent);
    if (sent.isTaken) {
      await database.transaction((tx) => takeBack(tx, billerId, event.event_id));
      continue;
    }
    if (isOver()) break;
    const isGivenUp = event.now.getTime() - event.set_aside_at.getTime() >= GIVE_UP_AFTER_MS;
    const pause = Math.max(sent.askedPauseMs ?? 0, pauseMs(event.attempts + 1, EVENT_PAUSES));
    await database.transaction((tx) =>
      refusedAgain(tx, billerId, event.event_id, {
        pauseMs: isGivenUp ? undefined : pause,
        failure: sent.failure,
      }),
    );
  }
}
