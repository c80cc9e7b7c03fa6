// Whose deposits are taken: billers with an agreement with the channel `deposit` that lets transfers through and sends the
// money by way of the operator, whose account it has come into.

import type { Biller } from '../../billers/index.ts';
import { calendarDate } from '../../calendar/index.ts';
import { agreementAt, agreementKey, ownChannelIsPlain, serves, type Snapshot } from '../../channels/index.ts';

export const DEPOSIT = 'deposit';

/** By number; none while the channel is suspended or could not be back at zero by itself. */
export function billersServed(snapshot: Snapshot, now: Date): ReadonlyMap<number, Biller> {
  const served = new Map<number, Biller>();
  const channel = snapshot.channelsByCode.get(DEPOSIT);
  if (channel === undefined || channel.suspended || !ownChannelIsPlain(channel)) return served;
  for (const biller of snapshot.billersById.values()) {
    const versions = snapshot.agreements.get(agreementKey(biller.billerId, channel.channelId)) ?? [];
    const terms = agreementAt(versions, now)?.compiled;
    const date = calendarDate(now, biller.calendar);
    if (terms?.route !== 'via-operator' || serves(terms, { method: 'transfer', date }) !== undefined)
      continue;
    served.set(biller.billerId, biller);
  }
  return served;
}
