// Sets events of a window aside: one that the endpoint refused, and those behind it on the same bills.

import type { Database } from '../../platform/db/index.ts';
import { pauseMs, EVENT_PAUSES } from './pauses.ts';
import { setAside } from './store-aside.ts';
import type { Pending, Window } from './window.ts';

/**
 * `attempts`: how often `pending` itself was refused; `isHeld`: it waits behind another that stands aside. What is under way is left
 * to its answer; what is read from the feed meanwhile goes with the rest, or it would overtake. Returns all of them.
 */
export async function putAside(
  database: Database,
  billerId: number,
  window: Window,
  pending: Pending,
  { attempts, failure, isHeld }: { attempts: number; failure: string; isHeld: boolean },
): Promise<Pending[]> {
  const all: Pending[] = [];
  for (;;) {
    const list = window.behind(pending).filter((one) => one.state !== 'sent' && !all.includes(one));
    if (list.length === 0) break;
    const rows = list.map((one) => ({
      eventId: one.event.event_id,
      number: one.event.number,
      keys: one.keys,
      ...(one === pending && attempts > 0
        ? { attempts, pauseMs: pauseMs(attempts, EVENT_PAUSES), failure }
        : { attempts: 0, pauseMs: one === pending && !isHeld ? 0 : undefined, failure: null }),
    }));
    await database.transaction((tx) => setAside(tx, billerId, rows));
    all.push(...list);
  }
  window.finish(all);
  return all;
}
