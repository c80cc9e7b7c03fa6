// Works through what banks have said of debits: what is collected pays its bills, what is refused or returned leaves them
// open. Any number of workers. One debit that cannot be booked never stops its neighbours: a lot that fails is halved, down
// to the one, which is left waiting and told; the next sweep tries it again.

import type { Biller } from '../../billers/index.ts';
import { showId, type Uuid } from '../../kernel/ids.ts';
import { BALANCE_LANES } from '../../payments/index.ts';
import { mendBooks } from '../../payments/credit/index.ts';
import {
  lookUpByKeys,
  isConflict,
  isUnavailable,
  sqlStateOf,
  type Database,
  type Tx,
} from '../../platform/db/index.ts';
import { again, type DebitMove, type DebitRef } from '../debits/index.ts';
import { askAgency, type AskTools } from './ask-agency.ts';
import { askReturn } from './ask-return.ts';
import { bookLot, LookAgain, type Booked, type LotTools, type WordsOf } from './book-lot.ts';
import { bookReturn } from './book-return.ts';
import type { WaitingWord } from './debit-word.ts';
import { nextWords, type Page } from './store-booking.ts';
import { isForPersons } from './undo-payment.ts';

export interface BookingTools extends AskTools, Pick<LotTools, 'directory'> {
  readonly database: Database;
  readonly openDays: (billerId: number) => Promise<void>;
  /** Of each debit that is failed or returned for good, with its cause. */
  readonly onGivenUp: (billerCode: string, cause: string) => void;
  /** Words that could not be booked, and until when they are left alone, on the process's clock; each sweep would tell them again. */
  readonly paused?: Map<Uuid, number>;
  /** Aborts when the worker stops: the rest is for the next. */
  readonly signal?: AbortSignal;
}

/** Bills of one transaction, and as many debits as a page has: locks are held for a fifth of a second. */
const LOT_BILLS = 1_000;
/** Balance rows that no gateway writes: no payment waits for them. */
const LANE = BALANCE_LANES;
const TRIES = 5;
const PAUSE_MS = 60_000;
/** Words of one debit that come at once: accepted, settled, returned, or a refusal. */
const MOST_WORDS = 4;

/** How many words were worked through, of every agency. */
export async function bookDebits(tools: BookingTools): Promise<number> {
  await tools.directory.refresh();
  let booked = 0;
  for (const biller of tools.directory.current.billersById.values()) booked += await bookOf(tools, biller);
  return booked;
}

/** What was said of this one, at once: somebody waits for its outcome. */
export async function bookDebit(tools: BookingTools, { billerId, debitId }: DebitRef): Promise<void> {
  const biller = tools.directory.current.billersById.get(billerId);
  if (biller === undefined) return;
  for (let n = 0; n < MOST_WORDS; n++) {
    const { words } = await next(tools, billerId, { debitId });
    if ((await bookLots(tools, biller, words)) === 0) return;
  }
}

/** Of a debit one word after the other, so that it may take several walks. */
async function bookOf(tools: BookingTools, biller: Biller): Promise<number> {
  let booked = 0;
  for (let after: Uuid | undefined; tools.signal?.aborted !== true;) {
    const { words, last } = await next(tools, biller.billerId, { after });
    if (last === undefined) break;
    after = last;
    const ready = words.filter(({ wordId }) => (tools.paused?.get(wordId) ?? 0) <= performance.now());
    booked += await bookLots(tools, biller, ready);
  }
  return booked;
}

function next(
  { database }: BookingTools,
  billerId: number,
  which: { after?: Uuid | undefined; debitId?: Uuid },
): Promise<Page> {
  return database.nodeOf(billerId).transaction(async (tx) => {
    await lookUpByKeys(tx);
    return nextWords(tx, billerId, which);
  });
}

async function bookLots(tools: BookingTools, biller: Biller, words: readonly WaitingWord[]): Promise<number> {
  let booked = 0;
  for (const lot of lotsOf(words)) {
    const asked = await askAgency(tools, biller, lot);
    booked += await book(tools, biller, asked.words, asked.said);
  }
  return booked;
}

/** Returns each by itself, the others together. */
function lotsOf(words: readonly WaitingWord[]): WaitingWord[][] {
  const lots: WaitingWord[][] = [];
  let lot: WaitingWord[] = [];
  let bills = 0;
  for (const word of words) {
    if (takesBack(word)) {
      lots.push([word]);
      continue;
    }
    if (lot.length > 0 && bills + word.bills.length > LOT_BILLS) {
      lots.push(lot);
      [lot, bills] = [[], 0];
    }
    lot.push(word);
    bills += word.bills.length;
  }
  return lot.length > 0 ? [...lots, lot] : lots;
}

function takesBack({ verdict, state }: WaitingWord): boolean {
  return state === 'collected' && (verdict === 'returned' || verdict === 'rejected');
}

async function book(
  tools: BookingTools,
  biller: Biller,
  words: readonly WaitingWord[],
  said: WordsOf,
): Promise<number> {
  const [only, ...others] = words;
  if (only === undefined) return 0;
  try {
    const { booked, moves } = await bookAgain(tools, biller.billerId, (tx, lot) =>
      others.length === 0 && takesBack(only) ? bookReturn(tx, lot, only) : bookLot(tx, lot, { words, said }),
    );
    tellGivenUp(tools, biller, moves);
    for (const { wordId } of words) tools.paused?.delete(wordId);
    return booked;
  } catch (error) {
    if (error instanceof LookAgain && others.length === 0) return 0;
    if (isUnavailable(error)) throw error;
    if (others.length === 0) {
      const debit = showId('dbt', only.debitId);
      tools.paused?.set(only.wordId, performance.now() + PAUSE_MS);
      tools.log.error(
        { err: error, debit, verdict: only.verdict },
        'what a bank said of a debit could not be booked',
      );
      if (isForPersons(error)) await askPersons(tools, biller, only);
      return 0;
    }
    const half = words.length >> 1;
    return (
      (await book(tools, biller, words.slice(0, half), said)) +
      (await book(tools, biller, words.slice(half), said))
    );
  }
}

/** Told like what was not booked, and asked for with it the next time, when that does not work out. */
async function askPersons({ database, log }: BookingTools, biller: Biller, word: WaitingWord): Promise<void> {
  const node = database.nodeOf(word.billerId);
  await again(() => node.transaction((tx) => askReturn(tx, biller, word))).catch((error: unknown) =>
    log.error({ err: error }, 'persons could not be asked about a return'),
  );
}

/** Tries again what may succeed a second time. */
async function bookAgain(
  tools: BookingTools,
  billerId: number,
  work: (tx: Tx, lot: LotTools) => Promise<Booked>,
): Promise<Booked> {
  const node = tools.database.nodeOf(billerId);
  for (let attempt = 1; ; attempt++) {
    try {
      return await node.transaction(async (tx) => {
        await lookUpByKeys(tx);
        return work(tx, { directory: tools.directory, lane: LANE });
      });
    } catch (error) {
      if (attempt >= TRIES) throw error;
      if (!(await mendBooks(tools, error)) && !isConflict(error) && sqlStateOf(error) !== '23505')
        throw error;
    }
  }
}

function tellGivenUp({ log, onGivenUp }: BookingTools, { code }: Biller, moves: readonly DebitMove[]): void {
  for (const { debit, to, why, retryOn } of moves) {
    if ((to !== 'failed' && to !== 'returned') || (retryOn ?? null) !== null) continue;
    log.warn(
      { biller: code, debit: showId('dbt', debit.debitId), state: to, why },
      'a debit is not tried again',
    );
    onGivenUp(code, why ?? 'other');
  }
}
