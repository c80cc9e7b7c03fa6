// A debit that is collected on another day than was planned: a day off was declared late, or the worker stood still. Whom the old
// day was told is told the new one, and the history has both. What is owed goes by the day that was meant.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Debit } from './debit.ts';
import type { MovedBy, MovedDay } from './debit-move.ts';
import { announceDebits } from './move-debits.ts';
import { setDays, toldBefore } from './store-days.ts';
import { insertDebitSteps } from './store-move.ts';

/** Of debits that are not built. Where only the day of sending moves nobody needs to know. */
export async function moveToDays(tx: Tx, days: readonly MovedDay[], by: MovedBy): Promise<void> {
  if (days.length === 0) return;
  await setDays(tx, days, by.at);
  const moved = days.filter(({ debit, collectOn }) => debit.collectOn !== collectOn);
  if (moved.length === 0) return;
  await insertDebitSteps(
    tx,
    moved.map(({ debit, collectOn, amountMinor }) => ({
      debit,
      to: debit.state,
      why: debit.why,
      text: `${movedWords(debit, collectOn)}${amountMinor === undefined ? '' : ': it has become more than was told'}`,
    })),
    by,
  );
  await announceMoved(
    tx,
    moved.filter(({ debit }) => debit.state === 'planned'),
    by.at,
  );
}

/** The payers of these, so far as they were told the day before: another day, or another amount. */
export async function announceMoved(tx: Tx, moved: readonly MovedDay[], at: Date): Promise<void> {
  if (moved.length === 0) return;
  const told = await toldBefore(
    tx,
    moved.map(({ debit }) => debit),
  );
  const anew = moved
    .filter(({ debit }) => told.has(debit.debitId))
    .map(({ debit, collectOn, sendOn, amountMinor = debit.amountMinor }) => ({
      ...debit,
      collectOn,
      sendOn,
      amountMinor,
      ...(collectOn !== debit.collectOn && { movedFrom: debit.collectOn }),
      ...(amountMinor > debit.amountMinor && { amountBeforeMinor: debit.amountMinor }),
    }));
  await announceDebits(tx, anew, at);
}

export function movedWords({ collectOn: was }: Pick<Debit, 'collectOn'>, collectOn: BusinessDate): string {
  return `moved from ${was} to ${collectOn}`;
}
