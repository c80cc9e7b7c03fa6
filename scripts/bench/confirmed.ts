// The end of a run with confirmations: every event of the database has come to its agency, each by a signature that
// holds, and the database knows that it did; payers who wanted to be told were. Throws, naming what is missing.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../src/platform/db/index.ts';
import type { Agencies } from './agency.ts';

const PATIENCE_MS = 120_000;

const UNDELIVERED = `
select (select count(*) from event_outbox)
     + (select coalesce(sum(h.last_number - d.delivered_number), 0) from event_feed_head h left join delivery d using (biller_id))
     + (select count(*) from delivery_aside)`;

/** Messages by state, and events that are still to be planned. */
const UNTOLD = `
select (select count(*) from message where state in ('waiting', 'sending'))
     + (select coalesce(sum(h.last_number - coalesce(c.number, 0)), 0)
          from event_feed_head h left join message_cursor c using (biller_id))`;

/** While a worker runs. */
export async function untilConfirmed(database: Database): Promise<void> {
  await untilNone(database, 'events that are not confirmed', UNDELIVERED);
}

/** While a worker runs. */
export async function untilPayersTold(database: Database): Promise<void> {
  await untilNone(database, 'events and messages that payers are not told of', UNTOLD);
}

export interface Confirmed {
  /** Different events that came. */
  readonly events: number;
  /** Requests of the same event that came again: at least once is what is promised. */
  readonly repeated: number;
  /** Messages to payers that were sent. */
  readonly messages: number;
}

export async function checkConfirmed(database: Database, agencies: Agencies): Promise<Confirmed> {
  await untilConfirmed(database);
  const { distinct, forged, repeated } = await agencies.report();
  const events = await count(database, 'select count(*) from event');
  const messages = await count(database, `select count(*) from message where state = 'sent'`);
  const wanted = await count(database, `select count(*) from payment where details -> 'payer' is not null`);
  const faults = [
    ...(distinct === events ? [] : [`${events} events, ${distinct} came`]),
    ...(forged === 0 ? [] : [`${forged} signatures do not hold`]),
    ...(messages === wanted ? [] : [`${wanted} payers wanted to be told, ${messages} were`]),
  ];
  if (faults.length > 0) throw new Error(`confirmations are missing: ${faults.join('; ')}`);
  return { events, repeated, messages };
}

async function untilNone(database: Database, what: string, sql: string): Promise<void> {
  let left = await count(database, sql);
  for (let movedAt = performance.now(); left > 0; await sleep(100)) {
    const now = await count(database, sql);
    if (now < left) movedAt = performance.now();
    left = now;
    if (performance.now() - movedAt > PATIENCE_MS) throw new Error(`${left} ${what} for two minutes`);
  }
}

async function count(database: Database, sql: string): Promise<number> {
  const [row] = await database.transaction((tx) =>
    tx.query<{ count: bigint }>(`select (${sql})::bigint as count`),
  );
  return Number(row?.count);
}
