// What ends a remittance that was sent: proved by the bank, rejected by it, or returned. Row, step, journal in the open
// day and event go together, in the caller's transaction; the room of statements calls these too.

import { refuse, Refused } from '../../kernel/errors.ts';
import { showId, type Uuid } from '../../kernel/ids.ts';
import { Entries, recordEntries } from '../../ledger/index.ts';
import { BALANCE_LANES } from '../../payments/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Remittance } from '../batch.ts';
import { book } from './book.ts';
import { moveOf } from './states.ts';
import { lockOpenDay, lockOpenDays, type OpenDay } from './store-day.ts';
import { insertEvents, tellFacts } from './store-event.ts';
import { insertSteps, lockRemittance } from './store-remittance.ts';
import { lockRemittances, updateRemittances } from './store-ending.ts';
import { eventOf } from './tell.ts';

/** Balance rows that no gateway writes: no payment waits for them. */
export const LANE = BALANCE_LANES;

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
  day: OpenDay,
): Promise<Remittance> {
  const { billerId } = remittance;
  const entries = new Entries();
  const [ended] = await endThese(tx, [{ remittance, to, reason }], new Map([[billerId, day]]), entries);
  if (ended === undefined) throw new Error('a remittance was ended and is not there');
  await recordEntries(tx, entries, LANE);
  return ended.remittance;
}

/** One that has ended, and the journal that says so. */
export interface Ended {
  readonly remittance: Remittance;
  readonly journalId: Uuid;
}

/**
 * Several at once, for a bank's statement. Locks the open days (shared), then the remittances in their order. The
 * journals are added to `entries`, which the caller records last. Throws Refused `remittance-state` as `endRemittance`.
 */
export async function endRemittances(
  tx: Tx,
  endings: readonly Ending[],
  entries: Entries,
): Promise<Map<Uuid, Ended>> {
  if (endings.length === 0) return new Map();
  const days = await lockOpenDays(
    tx,
    endings.map(({ billerId }) => billerId),
  );
  const locked = await lockRemittances(tx, endings);
  const wanted = endings.map(({ remittanceId, to, reason }) => {
    const remittance = locked.get(remittanceId);
    if (remittance === undefined) throw new Refused(refuse('remittance-not-found'));
    return { remittance, to, reason };
  });
  const ended = await endThese(tx, wanted, days, entries);
  return new Map(ended.map((one) => [one.remittance.remittanceId, one]));
}

type Wanted = Pick<Ending, 'to' | 'reason'> & { readonly remittance: Remittance };

/** All is locked. */
async function endThese(
  tx: Tx,
  wanted: readonly Wanted[],
  days: ReadonlyMap<number, OpenDay>,
  entries: Entries,
): Promise<Ended[]> {
  const moved = wanted.map(({ remittance, to, reason }) => {
    const move = moveOf(remittance.state, to);
    const day = days.get(remittance.billerId);
    if (move?.books === undefined) throw new Refused(wrongState(remittance, to));
    if (day === undefined) throw new Error(`the day of biller ${remittance.billerId} is not locked`);
    const after: Remittance = {
      ...remittance,
      state: to,
      reason,
      confirmedAt: to === 'confirmed' ? day.now : remittance.confirmedAt,
      endedAt: to === 'confirmed' ? null : day.now,
    };
    const [debit, credit] = move.books;
    const booking = {
      kind: 'remittance',
      businessDate: day.businessDate,
      at: day.now,
      debit,
      credit,
    } as const;
    return { before: remittance.state, after, at: day.now, journalId: book(entries, after, booking) };
  });
  const after = moved.map((one) => one.after);
  await updateRemittances(tx, after);
  await insertSteps(
    tx,
    moved.map(({ after: { billerId, remittanceId, state, reason }, journalId, at }) => {
      return { billerId, remittanceId, state, reason, journalId, at };
    }),
  );
  const facts = await tellFacts(tx, after);
  const events = moved.map(({ before, after: remittance, at }) => {
    const fact = facts.get(remittance.remittanceId);
    if (fact === undefined) throw new Error(`remittance ${remittance.remittanceId} is of no batch`);
    return eventOf(remittance, before, fact, at);
  });
  await insertEvents(tx, events);
  return moved.map(({ after: remittance, journalId }) => ({ remittance, journalId }));
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
