// Notes what banks say of debits: at once and in one short transaction, however many; what follows is done in steps of its
// own (src/mandates/booking). A word is noted once, whichever way and however often it comes.

import type { Tx } from '../../platform/db/index.ts';
import { lockDebits } from './store-debit.ts';
import { maskAccountsIn } from '../../kernel/mask-accounts.ts';
import { insertWords, readVerdicts, shownAccounts } from './store-words.ts';
import { judge, type DebitWord, type Noted } from './word.ts';

/** For each word, in order; one of a debit that is not there is a `conflict`. Locks the debits. */
export async function noteWords(tx: Tx, words: readonly DebitWord[], at: Date): Promise<Noted[]> {
  const debits = await lockDebits(tx, words);
  const states = new Map(debits.map((each) => [each.debitId, each]));
  const verdicts = await readVerdicts(tx, debits);
  const fresh: DebitWord[] = [];
  const outcomes = words.map((word) => {
    const debit = states.get(word.debitId);
    if (debit === undefined) return 'conflict';
    const before = verdicts.get(word.debitId) ?? [];
    const isWithBank = debit.way !== null && debit.state !== 'dropped';
    const { noted, as } = judge(word.verdict, { state: debit.state, isWithBank, verdicts: before });
    if (noted !== 'noted') return noted;
    verdicts.set(word.debitId, [...before, as]);
    fresh.push({ ...word, verdict: as });
    return noted;
  });
  await insertWords(tx, await masked(tx, fresh), at);
  return outcomes;
}

/** A bank may name the account in its words, and they go to the payer's agency, into events and messages. */
async function masked(tx: Tx, words: readonly DebitWord[]): Promise<DebitWord[]> {
  const speaking = words.filter(({ text }) => text !== null);
  const shown = await shownAccounts(tx, speaking);
  return words.map(({ text, ...word }) => ({
    ...word,
    text: text === null ? null : maskAccountsIn(text, shown.get(word.debitId) ?? ''),
  }));
}
