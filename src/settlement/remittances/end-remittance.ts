// What ends a remittance that was sent: proved by the bank, rejected by it, or returned. Row, step, journal in the open
// day and event go together, in the caller's transaction; the room of statements calls these too.

import { refuse, Refused } from '../../kernel/errors.ts';
import { showId, type Uuid } from '../../kernel/ids.ts';
import { Entries, recordEntries } from '../../ledger/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Remittance } from '../batch.ts';
import { book } from './book.ts';
import { moveOf } from './states.ts';
import { lockOpenDay, type OpenDay } from './store-day.ts';
import { insertEvents, tellFacts } from './store-event.ts';
import { insertSteps, lockRemittance, updateRemittance } from './store-remittance.ts';
import { eventOf } from './tell.ts';

/** Whose balance rows are written: remittances are few, one lane is enough. */
export const LANE = 0;

export interface Ending {
  readonly billerId: number;
  readonly remittanceId: Uuid;
  readonly to: 'confirmed' | 'rejected' | 'returned';
  /** How it is known, or why it came back, in words. */
  readonly reason: string;
}

/**
 * Locks the open day (shared), the remittance and balances. Nothing happens to one that has ended so already. Throws
 * Refused `remittance-not-found`, or `remittance-state` when it is not where it could end so.
 */
export async function endRemittance(tx: Tx, ending: Ending): Promise<Remittance> {
  const day = await lockOpenDay(tx, ending.billerId);
  const remittance = await lockRemittance(tx, ending.billerId, ending.remittanceId);
  if (remittance === undefined) throw new Refused(refuse('remittance-not-found'));
  if (remittance.state === ending.to) return remittance;
  return endLocked(tx, remittance, ending, day);
}

/** For those who hold the locks already. */
export async function endLocked(
  tx: Tx,
  remittance: Remittance,
  { to, reason }: Pick<Ending, 'to' | 'reason'>,
  { businessDate, now }: OpenDay,
): Promise<Remittance> {
  const { billerId, remittanceId, state } = remittance;
  const move = moveOf(state, to);
  if (move?.books === undefined) throw new Refused(wrongState(remittance, to));
  const after: Remittance = {
    ...remittance,
    state: to,
    reason,
    confirmedAt: to === 'confirmed' ? now : remittance.confirmedAt,
    endedAt: to === 'confirmed' ? null : now,
  };
  const entries = new Entries();
  const [debit, credit] = move.books;
  const journalId = book(entries, after, { kind: 'remittance', businessDate, at: now, debit, credit });
  await updateRemittance(tx, after);
  await insertSteps(tx, [{ billerId, remittanceId, state: to, reason, journalId, at: now }]);
  const facts = (await tellFacts(tx, [after])).get(remittanceId);
  if (facts === undefined) throw new Error(`remittance ${remittanceId} is of no batch`);
  await insertEvents(tx, [eventOf(after, state, facts, now)]);
  await recordEntries(tx, entries, LANE);
  return after;
}

/** The bank's statement, or two persons, have proved it. As `endRemittance`. */
export function confirmRemittance(
  tx: Tx,
  { proof, ...which }: { billerId: number; remittanceId: Uuid; proof: string },
): Promise<Remittance> {
  return endRemittance(tx, { ...which, to: 'confirmed', reason: proof });
}

/** The money came back, before or after it was proved. As `endRemittance`. */
export function returnRemittance(
  tx: Tx,
  which: { billerId: number; remittanceId: Uuid; reason: string },
): Promise<Remittance> {
  return endRemittance(tx, { ...which, to: 'returned' });
}

export function wrongState({ remittanceId, state, held }: Remittance, wanted: string) {
  return refuse('remittance-state', { remittanceId: showId('rmt', remittanceId), state, held, wanted });
}
