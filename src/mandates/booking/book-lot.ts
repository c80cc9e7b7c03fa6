// A lot of words of banks about one agency's debits, in one transaction: payments, states, and that the words are worked
// through are written together, so that a process may be killed at any moment and another do the rest, and none is booked
// twice.

import type { Words } from '../../bills/link/index.ts';
import type { Biller } from '../../billers/index.ts';
import type { Directory } from '../../channels/index.ts';
import { showId, type Uuid } from '../../kernel/ids.ts';
import { Till } from '../../payments/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import {
  lockDebits,
  moveDebits,
  readDebitTerms,
  type Debit,
  type DebitMove,
  type DebitTerms,
} from '../debits/index.ts';
import type { BillOutcome, WaitingWord } from './debit-word.ts';
import { refusal, retryFacts } from './give-up.ts';
import { claimWords, markBooked, readBills, writeOutcomes } from './store-booking.ts';
import { commandsOf, settleDebit, type Collected } from './settle-debit.ts';

export interface LotTools {
  readonly directory: Directory;
  /** Whose balance rows are written. */
  readonly lane: number;
}

/** What linked agencies say of the bills, by debit. */
export type WordsOf = ReadonlyMap<Uuid, Words>;

export interface Booked {
  /** Words that this transaction has worked through. */
  readonly booked: number;
  /** None for words from which nothing follows. */
  readonly moves: readonly DebitMove[];
}

export const NOTHING_BOOKED: Booked = { booked: 0, moves: [] };

/** Somebody was quicker between looking and locking: look again. */
export class LookAgain extends Error {}

/**
 * Locks the words that nobody else is at, bills,
 * configuration and days (shared), channels with limited funds, debits, credit, references, balances. Throws StaleDirectory and
 * NoOpenDay, which `mendBooks` mends, and `LookAgain`.
 */
export async function bookLot(
  tx: Tx,
  tools: LotTools,
  { words, said }: { words: readonly WaitingWord[]; said: WordsOf },
): Promise<Booked> {
  const claimed = await claimWords(tx, words);
  const lot = words.filter(({ wordId }) => claimed.has(wordId));
  const [first] = lot;
  if (first === undefined) return NOTHING_BOOKED;
  const { billerId } = first;
  const terms = await readDebitTerms(tx, billerId);
  const biller = tools.directory.current.billersById.get(billerId);
  if (terms === undefined || biller === undefined) throw new Error(`biller ${billerId} collects no debits`);
  const paying = lot.filter((word) => pays(word, word.state, terms));
  const commands = paying.flatMap((word) => commandsOf(collected(word, 0n, { terms, biller, said })));
  const till = await Till.open(tx, tools.directory, commands, [billerId]);
  const debits = new Map((await lockDebits(tx, lot)).map((debit) => [debit.debitId, debit]));
  const bills = await readBills(tx, paying);
  const refused = lot.filter(({ verdict }) => verdict === 'rejected' || verdict === 'returned');
  const retry = await retryFacts(tx, { biller, terms, debits: refused, at: till.now });
  const facts = { till, terms, biller, said, retry };
  const followed = lot.map((word) => {
    const debit = debits.get(word.debitId);
    if (debit === undefined) throw new Error(`there is no ${showId('dbt', word.debitId)}`);
    const looked = { ...word, bills: bills.get(word.debitId) ?? [] };
    if (pays(word, debit.state, terms) && !sameBills(word, looked)) throw new LookAgain();
    return follow(debit, looked, facts);
  });
  await writeOutcomes(
    tx,
    followed.flatMap(({ outcomes }) => outcomes),
  );
  const moves = followed.flatMap(({ move }) => move ?? []);
  await moveByBanks(tx, tools, moves, till.now);
  await markBooked(tx, lot, till.now);
  await till.record(tx, tools.lane);
  return { booked: lot.length, moves };
}

interface Facts {
  readonly till: Till;
  readonly terms: DebitTerms;
  readonly biller: Biller;
  readonly said: WordsOf;
  readonly retry: Awaited<ReturnType<typeof retryFacts>>;
}

interface Followed {
  readonly move?: DebitMove;
  readonly outcomes: readonly BillOutcome[];
}

const NOTHING: Followed = { outcomes: [] };

/** The bank has money that no bill has, or wants it back, of a debit that it should not have had: a person has to look. */
function follow(debit: Debit, word: WaitingWord, facts: Facts): Followed {
  const isUnderWay = debit.state === 'built' || debit.state === 'sent';
  switch (word.verdict) {
    case 'accepted':
    case 'settled': {
      if (pays(word, debit.state, facts.terms)) {
        const outcomes = settleDebit(facts.till, collected(word, debit.amountMinor, facts));
        return { outcomes, move: { debit, to: 'collected', bankReference: word.bankReference } };
      }
      if (word.verdict === 'settled' && ['planned', 'held', 'dropped'].includes(debit.state))
        throw new Error(`${showId('dbt', debit.debitId)} is ${debit.state}, and its bank has collected it`);
      return NOTHING;
    }
    case 'rejected':
    case 'returned':
      // By a worker that was quicker: it is returned, in a step of its own.
      if (debit.state === 'collected') throw new LookAgain();
      return isUnderWay
        ? { outcomes: [], move: refusal(debit, word, { to: 'failed', facts: facts.retry }) }
        : NOTHING;
  }
}

function pays({ verdict }: WaitingWord, state: Debit['state'], { paidAt }: DebitTerms): boolean {
  if (state !== 'built' && state !== 'sent') return false;
  return verdict === 'settled' || (verdict === 'accepted' && paidAt === 'accepted');
}

function collected(
  word: WaitingWord,
  amountMinor: bigint,
  { terms, biller, said }: Pick<Facts, 'terms' | 'biller' | 'said'>,
): Collected {
  const { billerId, debitId, channelId, payer, bills } = word;
  const { currency } = biller;
  return {
    billerId,
    debitId,
    channelId,
    payer,
    currency,
    method: terms.method,
    amountMinor,
    bills,
    words: said.get(debitId),
  };
}

function sameBills(a: WaitingWord, b: WaitingWord): boolean {
  return (
    a.bills.length === b.bills.length &&
    a.bills.every(({ billNumber }, at) => billNumber === b.bills[at]?.billNumber)
  );
}

/** The history names the bank that said so. */
export async function moveByBanks(
  tx: Tx,
  { directory }: Pick<LotTools, 'directory'>,
  moves: readonly DebitMove[],
  at: Date,
): Promise<void> {
  for (const channelId of new Set(moves.map(({ debit }) => debit.channelId))) {
    const code = directory.current.channelsById.get(channelId)?.code ?? String(channelId);
    const ofBank = moves.filter(({ debit }) => debit.channelId === channelId);
    await moveDebits(tx, ofBank, { actor: `bank ${code}`, at });
  }
}
