// A next attempt at a remittance that was rejected or came back: a remittance of its own, to the account that holds now,
// with the attempt's digit one higher. Persons always decide about it. Its money is under way again from here on.

import { Entries, recordEntries } from '../../ledger/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { newId, type Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Remittance } from '../batch.ts';
import { book } from './book.ts';
import { endToEndId, LAST_ATTEMPT } from './end-to-end-id.ts';
import { LANE, wrongState } from './end-remittance.ts';
import { asked, datesOf } from './plan-remittances.ts';
import { ENDED_BADLY } from './states.ts';
import { lockOpenDay } from './store-day.ts';
import { batchDate, isOpen } from './store-held.ts';
import {
  insertRemittances,
  insertSteps,
  lockRemittance,
  remittancesOf,
  updateRemittance,
} from './store-remittance.ts';
import { readTerms, type Terms } from './store-terms.ts';

export interface Wish {
  readonly billerId: number;
  readonly remittanceId: Uuid;
  /** null: nobody who signed in. Two others decide then. */
  readonly askedBy: Uuid | null;
}

/**
 * Locks the open day (shared), the remittance that ended and balances. Gives the next attempt, also when it had been
 * asked for before. Throws Refused `remittance-not-found`, or `remittance-state` when it has not come back, or has
 * been tried ten times.
 */
export async function retryRemittance(
  tx: Tx,
  { billerId, remittanceId, askedBy }: Wish,
): Promise<Remittance> {
  const day = await lockOpenDay(tx, billerId);
  const ended = await lockRemittance(tx, billerId, remittanceId);
  if (ended === undefined) throw new Refused(refuse('remittance-not-found'));
  if (!ENDED_BADLY.includes(ended.state) || ended.attempt >= LAST_ATTEMPT)
    throw new Refused(wrongState(ended, 'planned'));
  const all = await remittancesOf(tx, billerId, ended.settlementId);
  const known = all.find((each) => each.unit === ended.unit && each.attempt === ended.attempt + 1);
  if (known !== undefined) return known;
  const terms = await readTerms(tx, billerId);
  const businessDate = await batchDate(tx, billerId, ended.settlementId);
  const next = await asked(tx, terms, { businessDate }, nextOf(ended, terms, businessDate, day.now), askedBy);
  const entries = new Entries();
  const journalId = book(entries, next, {
    kind: 'remittance',
    businessDate: day.businessDate,
    at: day.now,
    debit: 'biller/payable',
    credit: 'biller/in-transit',
  });
  await insertRemittances(tx, [next]);
  const reason = `after attempt ${ended.attempt + 1} was ${ended.state}`;
  await insertSteps(tx, [
    { billerId, remittanceId: next.remittanceId, state: 'planned', reason, journalId, at: day.now },
  ]);
  await recordEntries(tx, entries, LANE);
  return next;
}

function nextOf(ended: Remittance, terms: Terms, businessDate: string, now: Date): Remittance {
  const destination = terms.destinations.get(ended.unit);
  const attempt = ended.attempt + 1;
  return {
    ...ended,
    remittanceId: newId(now.getTime(), ended.billerId),
    accountVersion: destination?.version ?? 0,
    paysFrom: destination?.paysFrom ?? null,
    attempt,
    state: 'planned',
    held: destination === undefined ? 'account' : 'approval',
    ...datesOf(terms, ended.unit, businessDate, now),
    endToEndId: endToEndId(ended.settlementId, ended.unit, attempt),
    reason: null,
    approvalId: null,
    fileId: null,
    plannedAt: now,
    sentAt: null,
    confirmedAt: null,
    endedAt: null,
  };
}

/**
 * Puts a remittance before persons once more, after a request about it was rejected or withdrawn. Locks it. Throws
 * Refused `remittance-not-found`, or `remittance-state` when it does not wait for them, or is before them already.
 */
export async function askAgain(tx: Tx, { billerId, remittanceId, askedBy }: Wish): Promise<Remittance> {
  const remittance = await lockRemittance(tx, billerId, remittanceId);
  if (remittance === undefined) throw new Refused(refuse('remittance-not-found'));
  const { held, approvalId } = remittance;
  if (held !== 'approval' || (approvalId !== null && (await isOpen(tx, billerId, approvalId))))
    throw new Refused(wrongState(remittance, 'approved'));
  const businessDate = await batchDate(tx, billerId, remittance.settlementId);
  const terms = await readTerms(tx, billerId);
  const next = await asked(tx, terms, { businessDate }, { ...remittance, reason: null }, askedBy);
  await updateRemittance(tx, next);
  return next;
}
