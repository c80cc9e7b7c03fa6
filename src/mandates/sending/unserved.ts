// Debits whose day has come and which wait, since no agreement of their agency with the payer's bank lets debits through:
// none was made, it has ended, it has not the method of the agency's terms, or the bank is suspended or pays in advance; or since
// the agency has no account of its own to collect to.

import { businessNow } from '../../approvals/index.ts';
import { bankCalendar } from '../../billers/bank/index.ts';
import { calendarDate } from '../../calendar/index.ts';
import { NO_OWN_ACCOUNT, readDebitTerms } from '../debits/index.ts';
import type { SendParts } from './send-parts.ts';
import { countDue } from './store-unserved.ts';
import { whyNotSent, type WhyNotSent } from './why-waits.ts';

export interface Unserved {
  readonly biller: string;
  readonly channel: string;
  readonly why: WhyNotSent;
  readonly count: number;
}

export type UnservedParts = Pick<SendParts, 'database' | 'directory'>;

export async function unservedDebits({ database, directory }: UnservedParts): Promise<Unserved[]> {
  const { billersById, channelsById } = directory.current;
  const found: Unserved[] = [];
  for (const biller of billersById.values()) {
    const { billerId, code } = biller;
    const due = await database.nodeOf(billerId).transaction(async (tx) => {
      const terms = await readDebitTerms(tx, billerId);
      if (terms === undefined) return [];
      const at = await businessNow(tx);
      const sendBy = calendarDate(at, await bankCalendar(tx, terms.bankId));
      const whyOf = whyNotSent(tx, directory.current, biller, { method: terms.method, at });
      const waiting: { channelId: number; why: WhyNotSent; count: number }[] = [];
      for (const { channelId, count } of await countDue(tx, billerId, sendBy)) {
        const why = await whyOf(channelId);
        if (why !== undefined) waiting.push({ channelId, why, count });
      }
      return waiting;
    });
    for (const { channelId, why, count } of due)
      found.push({
        biller: code,
        channel: channelsById.get(channelId)?.code ?? String(channelId),
        why,
        count,
      });
  }
  return found;
}

/** Tells the log when there are others than before. */
export function unservedSweep(parts: UnservedParts & Pick<SendParts, 'log'>): () => Promise<void> {
  let told = '';
  return async () => {
    const found = await unservedDebits(parts);
    const now = JSON.stringify(found);
    if (now === told) return;
    told = now;
    for (const each of found)
      parts.log.warn(
        each,
        each.why === 'account'
          ? `debits wait: ${NO_OWN_ACCOUNT}`
          : 'debits wait: no agreement with the bank of their payers lets them through',
      );
  };
}
