// What a linked agency says of the bills that debits have collected, asked outside any transaction. While it keeps silent they
// wait, a day at most: then its bills go by what it said last, and it may still reject the payment.

import type { AgencyLink, Words } from '../../bills/link/index.ts';
import type { Biller, BillerLink } from '../../billers/index.ts';
import { Refused } from '../../kernel/errors.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Log } from '../../platform/log.ts';
import type { WordsOf } from './book-lot.ts';
import type { WaitingWord } from './debit-word.ts';

export interface AskTools {
  /** Asks linked agencies; without one their bills go by what they said last. */
  readonly link?: Pick<AgencyLink, 'refreshBills'> | undefined;
  readonly log: Pick<Log, 'warn' | 'error'>;
}

/** Without those whose agency does not answer and may still do. */
export async function askAgency(
  { link: agencies, log }: AskTools,
  biller: Biller,
  lot: readonly WaitingWord[],
): Promise<{ words: readonly WaitingWord[]; said: WordsOf }> {
  const { link } = biller;
  if (agencies === undefined || link === undefined) return { words: lot, said: new Map() };
  const isPaying = ({ verdict }: WaitingWord): boolean => verdict === 'settled' || verdict === 'accepted';
  const asked = await Promise.all(
    lot.map(async (word) => ({
      word,
      said: isPaying(word) ? await askFor(agencies, biller, link, word) : undefined,
    })),
  );
  const silent = asked.filter(({ said }) => said === 'no-answer');
  if (silent.length > 0) {
    const givenUp = silent.filter(({ word }) => word.isOld).length;
    log.warn(
      { biller: biller.code, waiting: silent.length - givenUp, givenUp },
      'debits wait for their agency',
    );
  }
  const said = new Map<Uuid, Words>();
  for (const each of asked)
    if (each.said !== undefined && each.said !== 'no-answer') said.set(each.word.debitId, each.said);
  return {
    words: asked.filter((each) => each.said !== 'no-answer' || each.word.isOld).map(({ word }) => word),
    said,
  };
}

async function askFor(
  agencies: Pick<AgencyLink, 'refreshBills'>,
  biller: Biller,
  link: BillerLink,
  { bills }: WaitingWord,
): Promise<Words | 'no-answer'> {
  try {
    return await agencies.refreshBills(
      biller,
      link,
      bills.map(({ billNumber }) => billNumber),
    );
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === 'agency-unavailable') return 'no-answer';
    throw error;
  }
}
