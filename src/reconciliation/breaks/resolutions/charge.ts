// A journal against what a channel owes: its receivable or its float, and with it its limited funds.

import { lockChannels, readPositions, spend } from '../../../channels/index.ts';
import { newId, type Uuid } from '../../../kernel/ids.ts';
import { formatMinor, type Money } from '../../../kernel/money.ts';
import {
  accountOf,
  Entries,
  OPERATOR,
  recordEntries,
  type Account,
  type JournalHead,
  type Posting,
} from '../../../ledger/index.ts';
import { lockBook, type OpenDate } from '../../../payments/index.ts';
import type { Tx } from '../../../platform/db/index.ts';
import { addOperatorsDue } from '../../position/index.ts';
import { impossible } from '../find-resolution.ts';
import type { BookedJournal } from '../resolution.ts';
import type { ResolutionTools } from '../tools.ts';

type Tools = Pick<ResolutionTools, 'directory' | 'lane'>;

/** Whose debit is that the channel owes more. The configuration is share-locked. */
export function owedOn(
  { directory }: Pick<Tools, 'directory'>,
  channelId: number,
  currency: string,
): Account {
  const isPrefunded = directory.current.channelsById.get(channelId)?.funding === 'prefunded';
  return accountOf(isPrefunded ? 'channel/float' : 'channel/receivable', channelId, currency);
}

/**
 * The channel owes so much more (negative: less). Locks it when it is limited. Refuses `approval-impossible` when its float
 * does not cover it.
 */
export async function charge(
  tx: Tx,
  { directory }: Pick<Tools, 'directory'>,
  channelId: number,
  { minor, currency }: Money,
): Promise<void> {
  const channel = directory.current.channelsById.get(channelId);
  const isPrefunded = channel?.funding === 'prefunded';
  if (!isPrefunded && channel?.creditLimit[currency] === undefined) return;
  await lockChannels(tx, [channelId]);
  const row = (await readPositions(tx, [channelId])).find((each) => each.currency === currency);
  if (isPrefunded && (row?.available_minor ?? 0n) < minor) {
    const left = formatMinor(row?.available_minor ?? 0n, currency);
    throw impossible(`the float of ${channel.code} has only ${left} ${currency} left`);
  }
  await spend(tx, [{ channelId, currency, minor }]);
}

export interface Booking {
  /** Whose book. */
  readonly billerId: number;
  readonly currency: string;
  readonly postings: readonly Posting[];
  readonly suspenseMinor: bigint;
}

/** As `bookOnChannel`, of kind `resolution`. */
export function bookResolution(
  tx: Tx,
  tools: Pick<Tools, 'lane'>,
  day: OpenDate,
  booking: Booking,
): Promise<BookedJournal> {
  return bookOnChannel(tx, tools, day, { ...booking, kind: 'resolution', paymentId: null });
}

/**
 * Records a journal, dated in the open day of the book, which `lockBook` has locked. What a channel comes to owe by it in the
 * operator's book is due (a biller's closed date says what is owed to him). Locks that due, and balances.
 */
export async function bookOnChannel(
  tx: Tx,
  { lane }: Pick<Tools, 'lane'>,
  day: OpenDate,
  booking: Booking & Pick<JournalHead, 'kind' | 'paymentId'>,
): Promise<BookedJournal> {
  const { billerId, currency, postings, suspenseMinor, kind, paymentId } = booking;
  const { businessDate, now } = day;
  const journalId: Uuid = newId(now.getTime(), billerId);
  const entries = new Entries();
  const recordedAt = now.toISOString();
  entries.add({ billerId, journalId, kind, paymentId, businessDate, recordedAt }, postings);
  for (const { account, amountMinor: minor } of postings)
    if (billerId === OPERATOR && account.code === 'channel/receivable')
      await addOperatorsDue(tx, { channelId: account.channelId, currency, minor }, day);
  await recordEntries(tx, entries, lane);
  return { billerId, journalId, currency, suspenseMinor };
}

export { lockBook };
