// The day that something other than a payment is dated in: the oldest that is open, share-locked as groups of payments
// lock it, so that no seal passes between reading it and writing.

import type { Directory } from '../channels/index.ts';
import type { BusinessDate } from '../kernel/business-date.ts';
import { OPERATOR } from '../ledger/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { StaleDirectory } from './commit-group.ts';
import { NoOpenDay } from './no-open-day.ts';
import { loadReferences, lockDays } from './store-load.ts';

export interface OpenDate {
  readonly businessDate: BusinessDate;
  /** The books' time, read after the lock. */
  readonly now: Date;
}

/** Locks the configuration and the day, shared. Throws `NoOpenDay`: open some and start again. */
export async function lockOpenDay(tx: Tx, billerId: number): Promise<OpenDate> {
  const days = await lockDays(tx, [billerId]);
  const [{ now } = { now: undefined }] = await loadReferences(tx, []);
  const day = days.find((each) => each.biller_id !== null && now !== undefined && now < each.cut_off_at);
  if (now === undefined || day === undefined) throw new NoOpenDay(billerId);
  return { businessDate: day.business_date, now };
}

/**
 * The same for a journal that goes by what the parties are now. The operator's own book is never closed: its date is the
 * instant's in UTC. Throws `NoOpenDay` and `StaleDirectory`.
 */
export async function lockBook(tx: Tx, directory: Directory, billerId: number): Promise<OpenDate> {
  const days = await lockDays(tx, billerId === OPERATOR ? [] : [billerId]);
  if (days[0]?.revision !== directory.current.revision) throw new StaleDirectory();
  const [{ now } = { now: undefined }] = await loadReferences(tx, []);
  if (now === undefined) throw new Error('the database told no time');
  if (billerId === OPERATOR) return { businessDate: now.toISOString().slice(0, 10), now };
  const day = days.find((each) => each.biller_id !== null && now < each.cut_off_at);
  if (day === undefined) throw new NoOpenDay(billerId);
  return { businessDate: day.business_date, now };
}
