// Sends events again: those that were given up, or any by their ids, delivered or not. Each goes under its own id, so
// that an agency that has it already can tell.

import { recordAudit, type Actor } from '../access/index.ts';
import { refuse, type Refusal } from '../kernel/errors.ts';
import { parseId } from '../kernel/ids.ts';
import type { Database } from '../platform/db/index.ts';
import type { ResendBody } from './schema.ts';
import { knownEvents, resendEvents, resendParked } from './store-resend.ts';
import { readAddress } from './store-told.ts';

/** Refuses `webhook-not-found`, and `event-not-found` for the first id that is not an event of the biller. */
export async function resend(
  database: Database,
  billerId: number,
  { eventIds, state }: Omit<ResendBody, 'billerCode'>,
  actor: Actor,
): Promise<{ resent: number } | Refusal> {
  if ((eventIds === undefined) === (state === undefined)) {
    const errors = [{ pointer: '', detail: 'name either eventIds or state' }];
    return refuse('malformed-request', undefined, { errors });
  }
  return database.nodeOf(billerId).transaction(async (tx) => {
    if ((await readAddress(tx, billerId)) === undefined) return refuse('webhook-not-found');
    let resent: number;
    if (eventIds === undefined) resent = await resendParked(tx, billerId);
    else {
      const ids = new Map(eventIds.map((shown) => [shown, parseId('evt', shown)]));
      const known = await knownEvents(
        tx,
        billerId,
        [...ids.values()].filter((id) => id !== undefined),
      );
      const unknown = eventIds.find((shown) => !known.has(ids.get(shown) ?? ''));
      if (unknown !== undefined) return refuse('event-not-found', { eventId: unknown });
      resent = await resendEvents(tx, billerId, [...known]);
    }
    await recordAudit(tx, actor, {
      action: 'event.resend',
      subject: `biller/${billerId}`,
      after: { resent, ...(eventIds !== undefined && { eventIds }) },
    });
    return { resent };
  });
}
