// The feed as server-sent events (WHATWG HTML, "Server-sent events"): for who wants to follow live. The cursor is the
// id of each message, so that a client that reconnects with Last-Event-ID misses nothing.

import { BEGIN_LOOKUPS } from '../platform/db/index.ts';
import type { FeedTools } from './read-events.ts';
import { cursorOf, showFed } from './read-events.ts';
import { readFeed } from './store-feed.ts';

const IN_ONE_READ = 500;

/** A comment so often, so that proxies keep the connection and a reader that has gone is noticed. */
const HEARTBEAT_MS = 15_000;

/** Then the reader connects again by itself, and shows again that its key is good. */
const LONGEST_MS = 300_000;

/** Text to be written as it comes; ends when `signal` aborts. Read slowly, it reads the feed slowly. */
export async function* followEvents(
  { session, watch }: FeedTools,
  billerId: number,
  after: bigint,
  signal: AbortSignal,
): AsyncGenerator<string> {
  yield 'retry: 2000\n\n';
  const endsAt = performance.now() + LONGEST_MS;
  let at = after;
  while (!signal.aborted && performance.now() < endsAt) {
    const from = at;
    const events = await session.once(BEGIN_LOOKUPS, (tx) => readFeed(tx, billerId, from, IN_ONE_READ));
    for (const event of events)
      yield `id: ${cursorOf(event.number)}\nevent: ${event.type}\ndata: ${showFed(event)}\n\n`;
    at = events.at(-1)?.number ?? at;
    if (events.length > 0) continue;
    const waitedFrom = performance.now();
    await watch.grown(billerId, at, HEARTBEAT_MS, signal);
    if (performance.now() - waitedFrom >= HEARTBEAT_MS) yield ': still here\n\n';
  }
}
