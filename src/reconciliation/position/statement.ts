// A channel's statement of account over a span of days: what it owed before, what each day added, what it paid, and what it
// owes at the end. Settled days alone, so that another look at the same days says the same, but for transfers that the bank
// tells of later.

import type { Names } from '../../billers/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import { refuse, type Refusal } from '../../kernel/errors.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { spanFault } from '../../settlement/reports/index.ts';
import { readChannels, readCurrencies, readTotals } from './store-position.ts';
import {
  readDueLines,
  readOpening,
  readTransfers,
  type DueLineRow,
  type StatementSpan,
  type TransferRow,
} from './store-statement.ts';

/** Dates of billers, and transfers: a year of fifty agencies. */
const MOST_LINES = 20_000;
const MOST_DAYS = 366;

export interface StatementWish {
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  readonly currency?: string | undefined;
}

/** Amounts in minor units, signed as a debt: reversals and transfers below zero. */
export interface StatementDay {
  readonly date: BusinessDate;
  readonly dues: readonly DueLineRow[];
  readonly transfers: readonly TransferRow[];
  readonly collectedMinor: bigint;
  readonly reversedMinor: bigint;
  readonly adjustedMinor: bigint;
  readonly paidMinor: bigint;
  /** Owed at its end. */
  readonly balanceMinor: bigint;
}

export interface ChannelStatement {
  readonly channelCode: string;
  readonly channelName: Names;
  readonly currency: string;
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  readonly asOf: Date;
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
  /** Days on which anything happened. */
  readonly days: readonly StatementDay[];
}

/** undefined: there is no such channel. Refuses `malformed-request`: days, a currency that it has to name, too much. */
export async function channelStatement(
  database: Database,
  channelCode: string,
  wish: StatementWish,
): Promise<ChannelStatement | Refusal | undefined> {
  const fault = spanFault(wish.from, wish.to, MOST_DAYS);
  if (fault !== undefined) return fault;
  return database.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const [channel] = await readChannels(tx, channelCode);
    if (channel === undefined) return undefined;
    const currency = await currencyOf(tx, channel.channel_id, wish.currency);
    if (currency === undefined) return refuse('malformed-request', { field: 'currency' });
    const span = { ...wish, channelId: channel.channel_id, currency };
    const lines = await readLines(tx, span);
    if (lines === undefined) return refuse('malformed-request', { field: 'from', limit: MOST_LINES });
    const openingMinor = await readOpening(tx, span);
    const days = byDay(lines, openingMinor);
    return {
      channelCode: channel.code,
      channelName: channel.name,
      currency,
      from: wish.from,
      to: wish.to,
      asOf: channel.now,
      openingMinor,
      closingMinor: days.at(-1)?.balanceMinor ?? openingMinor,
      days,
    };
  });
}

/** The one that was named, else the only one in which the channel has anything. */
async function currencyOf(tx: Tx, channelId: number, named: string | undefined): Promise<string | undefined> {
  const all = await readCurrencies(tx, channelId);
  if (named !== undefined) return all.includes(named) ? named : undefined;
  const [used, ...others] = await readTotals(tx, channelId, all);
  return others.length > 0 ? undefined : (used?.currency ?? all[0]);
}

interface Lines {
  readonly dues: readonly DueLineRow[];
  readonly transfers: readonly TransferRow[];
}

async function readLines(tx: Tx, span: StatementSpan): Promise<Lines | undefined> {
  const dues = await readDueLines(tx, span, MOST_LINES + 1);
  const transfers = await readTransfers(tx, span, MOST_LINES + 1);
  return dues.length + transfers.length > MOST_LINES ? undefined : { dues, transfers };
}

function byDay({ dues, transfers }: Lines, openingMinor: bigint): StatementDay[] {
  const duesOf = grouped(dues, (due) => due.business_date);
  const transfersOf = grouped(transfers, (transfer) => transfer.paid_on);
  let balanceMinor = openingMinor;
  return [...new Set([...duesOf.keys(), ...transfersOf.keys()])].sort().map((date) => {
    const day = { dues: duesOf.get(date) ?? [], transfers: transfersOf.get(date) ?? [] };
    const sum = (name: 'collected_minor' | 'reversed_minor' | 'adjusted_minor') =>
      day.dues.reduce((all, due) => all + due[name], 0n);
    const sums = {
      collectedMinor: sum('collected_minor'),
      reversedMinor: sum('reversed_minor'),
      adjustedMinor: sum('adjusted_minor'),
      paidMinor: -day.transfers.reduce((all, { minor }) => all + minor, 0n),
    };
    balanceMinor += sums.collectedMinor + sums.reversedMinor + sums.adjustedMinor + sums.paidMinor;
    return { date, ...day, ...sums, balanceMinor };
  });
}

function grouped<T>(things: readonly T[], keyOf: (thing: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(keyOf(thing));
    if (group === undefined) groups.set(keyOf(thing), [thing]);
    else group.push(thing);
  }
  return groups;
}
