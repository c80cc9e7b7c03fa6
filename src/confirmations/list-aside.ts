// What an agency has refused, in the order of its feed: for its engineers, the console and the operator.

import type { Database } from '../platform/db/index.ts';
import { cursorOf } from './read-events.ts';
import { eventIdOf, subjectOf } from './show-event.ts';
import { listAside, type AsideRow } from './store-resend.ts';

export interface AsideRequest {
  readonly state?: 'aside' | 'parked' | undefined;
  readonly after: bigint;
  readonly limit: number;
}

export async function listSetAside(
  database: Database,
  billerId: number,
  { state, after, limit }: AsideRequest,
): Promise<{ items: object[]; next: string | null }> {
  const states = state === undefined ? ['aside', 'parked'] : [state];
  const rows = await database
    .nodeOf(billerId)
    .transaction((tx) => listAside(tx, billerId, { states, after, limit: limit + 1 }));
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(show),
    next: rows.length > limit && last !== undefined ? cursorOf(last.number) : null,
  };
}

function show(row: AsideRow): object {
  return {
    eventId: eventIdOf(row),
    type: row.type,
    subject: subjectOf(row),
    state: row.state,
    attempts: row.attempts,
    lastFailure: row.last_failure,
    setAsideAt: row.set_aside_at.toISOString(),
    nextTryAt: row.next_try_at?.toISOString() ?? null,
  };
}
