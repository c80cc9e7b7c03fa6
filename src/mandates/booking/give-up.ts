// What a bank's refusal or return makes of a debit: tried again by the biller's rule where another try can come, or given up,
// which persons are told of. Its bills stay what they are.

import { bankCalendar, readBank } from '../../billers/bank/index.ts';
import { bankDate, calendarDate } from '../../calendar/index.ts';
import type { Biller } from '../../billers/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import {
  apiChannels,
  refusedWith,
  type Debit,
  type DebitMove,
  type DebitRef,
  type DebitTerms,
} from '../debits/index.ts';
import { canComeOn, leadOf, retryChances, type RetryChance } from '../planning/index.ts';
import type { WaitingWord } from './debit-word.ts';
import { retryDay, type RetryFacts } from './retry-day.ts';

/** Of some debits, those that are refused or returned. */
export interface RefusalFacts extends RetryFacts {
  readonly apiChannels: ReadonlySet<number>;
  readonly chances: ReadonlyMap<Uuid, RetryChance>;
}

export async function retryFacts(
  tx: Tx,
  { biller, terms, debits, at }: { biller: Biller; terms: DebitTerms; debits: readonly DebitRef[]; at: Date },
): Promise<RefusalFacts> {
  const bank = await bankCalendar(tx, terms.bankId);
  return {
    retryDays: terms.retryDays,
    biller: biller.calendar,
    bank,
    today: calendarDate(at, biller.calendar),
    bankToday: bankDate(at, bank),
    leadDays: (await readBank(tx, terms.bankId))?.leadDays ?? 0,
    apiChannels: await apiChannels(tx),
    chances: await retryChances(tx, debits),
  };
}

/** Another try is promised only where it can come: the payer is told of it, and keeps the money there. */
export function refusal(
  debit: Debit,
  word: WaitingWord,
  { to, facts }: { to: 'failed' | 'returned'; facts: RefusalFacts },
): DebitMove & { readonly retryOn: BusinessDate | null } {
  const { mayRetry, ...said } = refusedWith(word);
  const day = mayRetry ? retryDay(debit, { ...facts, leadDays: leadOf(debit, facts) }) : undefined;
  const chance = facts.chances.get(debit.debitId);
  const retryOn = day !== undefined && chance !== undefined && canComeOn(day, chance) ? day : null;
  return { debit, to, ...said, bankReference: word.bankReference, retryOn };
}
