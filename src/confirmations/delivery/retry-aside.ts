// Tries again what stands aside, each event alone, the first of its bills first. Given up after three days: then it is
// parked, its bills go on without it, and somebody has to send it again.

import { EVENT_PAUSES, GIVE_UP_AFTER_MS, pauseMs } from './pauses.ts';
import type { DeliveryParts, EndpointTerms } from './parts.ts';
import { send } from './send.ts';
import { readDueAside, refusedAgain, takeBack } from './store-aside.ts';

const MOST_AT_ONCE = 100;

/**
 * `isOver`: the run ends, try no more; a refusal that comes then may be of our own making and is not held against the event.
 */
export async function retryAside(
  { database, caller, onSent }: DeliveryParts,
  billerId: number,
  endpoint: EndpointTerms,
  isOver: () => boolean,
): Promise<void> {
  const due = await database.transaction((tx) => readDueAside(tx, billerId, MOST_AT_ONCE));
  for (const event of due) {
    if (isOver()) break;
    const sent = await send(caller, endpoint, [event]);
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
