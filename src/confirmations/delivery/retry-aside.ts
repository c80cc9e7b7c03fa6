// Tries again what stands aside, each event alone, the first of its bills first. Given up after three days: then it is
// parked, its bills go on without it, and somebody has to send it again.

import { EVENT_PAUSES, GIVE_UP_AFTER_MS, pauseMs } from './pauses.ts';
import type { DeliveryParts, EndpointTerms } from './parts.ts';
import { send } from './send.ts';
import { orderKeysOf } from './window.ts';
import { readDueAside, refusedAgain, takeBack, type AsideEvent } from './store-aside.ts';

const MOST_AT_ONCE = 100;
const SIDE_BY_SIDE = 4;

/** What the run knows that tries. */
export interface RetryTerms {
  /** As it stands now; undefined: there is none any more. */
  readonly endpoint: () => Promise<EndpointTerms | undefined>;
  /** The run ends: try no more. A refusal that comes then may be of our own making and is not held against the event. */
  readonly isOver: () => boolean;
  /** An event before this one on one of its bills is still under way. */
  readonly holdsBack: (number: bigint, keys: readonly string[]) => boolean;
}

/** True when something was taken: what was behind it may go now. Nothing that is due shares a bill with another. */
export async function retryAside(
  parts: DeliveryParts,
  billerId: number,
  terms: RetryTerms,
): Promise<boolean> {
  const due = await parts.database.transaction((tx) => readDueAside(tx, billerId, MOST_AT_ONCE));
  const rest = due.values();
  let isTaken = false;
  const retrySome = async (): Promise<void> => {
    for (const event of rest) {
      const endpoint = await terms.endpoint();
      if (terms.isOver() || endpoint === undefined) return;
      if (terms.holdsBack(event.number, orderKeysOf(event))) continue;
      if (await retry(parts, billerId, endpoint, event, terms.isOver)) isTaken = true;
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, retrySome));
  return isTaken;
}

async function retry(
  { database, caller, onSent }: DeliveryParts,
  billerId: number,
  endpoint: EndpointTerms,
  event: AsideEvent,
  isOver: () => boolean,
): Promise<boolean> {
  const sent = await send(caller, endpoint, [event]);
  onSent(billerId, [event], sent);
  if (sent.isTaken) {
    await database.transaction((tx) => takeBack(tx, billerId, event.event_id));
    return true;
  }
  if (isOver()) return false;
  const isGivenUp = event.now.getTime() - event.set_aside_at.getTime() >= GIVE_UP_AFTER_MS;
  const pause = Math.max(sent.askedPauseMs ?? 0, pauseMs(event.attempts + 1, EVENT_PAUSES));
  await database.transaction((tx) =>
    refusedAgain(tx, billerId, event.event_id, {
      pauseMs: isGivenUp ? undefined : pause,
      failure: sent.failure,
    }),
  );
  return false;
}
