// A mandate ends while somebody may be about to decide about it: its requests are locked before it, as a decision locks
// them, and end with it.

import { endAsked, lockAsked } from '../../approvals/index.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { isConflict, type Database, type Tx } from '../../platform/db/index.ts';
import type { Mandate } from './mandate.ts';
import { requestsOf } from './requests.ts';
import { readCovers } from './store-cover.ts';
import { findMandate } from './store-mandate.ts';

const TRIES = 5;

/** A request has been asked since the mandate was looked at. */
class Moved extends Error {}

/** `work` gets the mandate locked, and its requests before it; it may run again. undefined: there is none. */
export async function onWhole<T>(
  database: Database,
  mandateId: Uuid,
  work: (tx: Tx, it: Mandate | undefined) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.transaction(async (tx) => work(tx, await lockWhole(tx, mandateId)));
    } catch (error) {
      if (attempt >= TRIES || !(error instanceof Moved || isConflict(error))) throw error;
    }
  }
}

async function lockWhole(tx: Tx, mandateId: Uuid): Promise<Mandate | undefined> {
  const seen = await findMandate(tx, mandateId);
  if (seen === undefined) return undefined;
  const locked = requestsOf(seen, await readCovers(tx, seen));
  await lockAsked(tx, locked);
  const it = await findMandate(tx, mandateId, 'for no key update');
  if (it === undefined) return undefined;
  const known = new Set(locked.map(({ approvalId }) => approvalId));
  const now = requestsOf(it, await readCovers(tx, it));
  if (now.some(({ approvalId }) => !known.has(approvalId))) throw new Moved();
  return it;
}

/** The mandate and its requests are locked by this transaction. */
export async function endRequests(tx: Tx, of: Mandate, comment: string): Promise<void> {
  for (const request of requestsOf(of, await readCovers(tx, of))) await endAsked(tx, request, comment);
}
