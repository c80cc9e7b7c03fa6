// Debits that their banks never answer: they keep their bills locked, and no other debit may collect them, until a person ends
// them (follow/end-debit.ts).

import { businessNow } from '../../approvals/index.ts';
import { bankCalendar } from '../../billers/bank/index.ts';
import { calendarDate, subtractWorkingDays } from '../../calendar/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Tx } from '../../platform/db/index.ts';
import { readDebitTerms } from '../debits/index.ts';
import type { SendParts } from './send-parts.ts';
import { countSent } from './store-unserved.ts';
import type { UnservedParts } from './unserved.ts';

/** Working days of the bank after the day of collection, within which it has answered. */
export const ANSWER_DAYS = 5;

export interface Unanswered {
  readonly biller: string;
  readonly channel: string;
  readonly count: number;
}

/** What was to be collected before this day is without an answer; undefined: the agency collects nothing. */
export async function answeredBy(tx: Tx, billerId: number): Promise<BusinessDate | undefined> {
  const terms = await readDebitTerms(tx, billerId);
  if (terms === undefined) return undefined;
  const calendar = await bankCalendar(tx, terms.bankId);
  return subtractWorkingDays(calendarDate(await businessNow(tx), calendar), ANSWER_DAYS, calendar);
}

export async function unansweredDebits({ database, directory }: UnservedParts): Promise<Unanswered[]> {
  const { billersById, channelsById } = directory.current;
  const found: Unanswered[] = [];
  for (const { billerId, code } of billersById.values()) {
    const late = await database.nodeOf(billerId).transaction(async (tx) => {
      const before = await answeredBy(tx, billerId);
      return before === undefined ? [] : countSent(tx, billerId, before);
    });
    for (const { channelId, count } of late)
      found.push({ biller: code, channel: channelsById.get(channelId)?.code ?? String(channelId), count });
  }
  return found;
}

/** Tells the log when there are others than before. */
export function unansweredSweep(parts: UnservedParts & Pick<SendParts, 'log'>): () => Promise<void> {
  let told = '';
  return async () => {
    const found = await unansweredDebits(parts);
    const now = JSON.stringify(found);
    if (now === told) return;
    told = now;
    for (const each of found)
      parts.log.warn(
        each,
        'unanswered debits: their bank has not said what became of them (wasit debit list --state sent; wasit debit end)',
      );
  };
}
