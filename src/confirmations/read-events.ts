// An agency reads its feed: complete, in one order for ever, from any cursor it has kept. With `wait` the answer is
// held back until there is something or the time is over.

import { BEGIN_LOOKUPS, type Session } from '../platform/db/index.ts';
import type { FeedWatch } from './feed-watch.ts';
import { envelopeOf } from './show-event.ts';
import { readFeed, type FedEvent } from './store-feed.ts';

export interface FeedTools {
  readonly session: Session;
  readonly watch: FeedWatch;
}

export interface FeedRequest {
  readonly after: bigint;
  readonly limit: number;
  readonly waitMs: number;
  /** The reader has gone, or the gateway stops: do not wait any longer. */
  readonly signal: AbortSignal;
}

/** A page as JSON text. */
export async function readEvents(tools: FeedTools, billerId: number, request: FeedRequest): Promise<string> {
  const { after, limit, waitMs, signal } = request;
  const read = (): Promise<FedEvent[]> =>
    tools.session.once(BEGIN_LOOKUPS, (tx) => readFeed(tx, billerId, after, limit));
  let events = await read();
  if (events.length === 0 && waitMs > 0) {
    await tools.watch.grown(billerId, after, waitMs, signal);
    events = await read();
  }
  const last = events.at(-1);
  const next = last === undefined ? 'null' : `"${cursorOf(last.number)}"`;
  return `{"items":[${events.map(showFed).join(',')}],"next":${next}}`;
}

/** An event of the feed: its envelope with its cursor in front. */
export function showFed(event: FedEvent): string {
  return `{"cursor":"${cursorOf(event.number)}",${envelopeOf(event).slice(1)}`;
}

export function cursorOf(number: bigint): string {
  return `f${number}`;
}

/** The schema has checked its form; without one the feed begins at its first event. */
export function numberOf(cursor: string | undefined): bigint {
  return cursor === undefined ? 0n : BigInt(cursor.slice(1));
}
