// What a channel owes, or has as float: by currency, and by biller and business date. All from one moment, so that the
// rows add up to the totals and these to the ledger's receivable.

import { isBusinessDate, type BusinessDate } from '../../kernel/business-date.ts';
import { refuse, type Refusal } from '../../kernel/errors.ts';
import { toText, type MoneyText } from '../../kernel/money.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { PositionAnswer } from './schema.ts';
import {
  readChannels,
  readCurrencies,
  readDays,
  readTotals,
  type ChannelRow,
  type DayRow,
  type TotalRow,
} from './store-position.ts';

export interface PositionWish {
  readonly currency?: string | undefined;
  readonly from?: BusinessDate | undefined;
  readonly to?: BusinessDate | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** undefined: there is no such channel. Refuses `malformed-request`. */
export async function channelPosition(
  database: Database,
  channelCode: string,
  wish: PositionWish,
): Promise<PositionAnswer | Refusal | undefined> {
  const fault = faultOf(wish);
  if (fault !== undefined) return refuse('malformed-request', { field: fault });
  return database.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const [channel] = await readChannels(tx, channelCode);
    return channel && positionOf(tx, channel, wish);
  });
}

/** Every channel that takes money for others, with totals and without dates. */
export async function allPositions(database: Database): Promise<PositionAnswer[]> {
  return database.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const positions: PositionAnswer[] = [];
    for (const channel of await readChannels(tx, null))
      positions.push(await positionOf(tx, channel, { limit: 0 }));
    return positions;
  });
}

async function positionOf(tx: Tx, channel: ChannelRow, wish: PositionWish): Promise<PositionAnswer> {
  const { channel_id, code, funding, now } = channel;
  const { currency, limit } = wish;
  const all = await readCurrencies(tx, channel_id);
  const currencies = currency === undefined ? all : all.filter((each) => each === currency);
  const days =
    limit === 0
      ? []
      : await readDays(tx, channel_id, currencies, {
          ...wish,
          after: readCursor(wish.after),
          limit: limit + 1,
        });
  const items = days.slice(0, limit);
  const last = items.at(-1);
  return {
    channelCode: code,
    funding,
    asOf: now.toISOString(),
    totals: (await readTotals(tx, channel_id, currencies)).map((row) => showTotal(row, channel)),
    items: items.map(showDay),
    next: days.length > limit && last !== undefined ? `${last.business_date}:${last.biller ?? ''}` : null,
  };
}

function showTotal(row: TotalRow, { credit_limit }: ChannelRow) {
  const { currency } = row;
  const money = (minor: bigint): MoneyText => toText({ minor, currency });
  const limit = credit_limit[currency];
  return {
    currency,
    owed: money(row.owed),
    late: money(row.late),
    due: money(row.due),
    toSetOff: money(row.to_set_off),
    running: money(row.running),
    paidAhead: money(row.ahead),
    creditLimit: limit === undefined ? null : money(BigInt(limit)),
    available: row.available === null ? null : money(row.available),
    toppedUp: money(row.topped_up),
  };
}

function showDay(row: DayRow): PositionAnswer['items'][number] {
  const money = (minor: bigint): MoneyText => toText({ minor, currency: row.currency });
  return {
    billerCode: row.biller,
    businessDate: row.business_date,
    state: row.due_on === null ? 'running' : 'closed',
    owed: money(row.owed_minor),
    paid: money(row.paid_minor),
    open: money(row.owed_minor - row.paid_minor),
    dueOn: row.due_on,
    late: row.late,
  };
}

/** Which parameter cannot be. */
function faultOf({ from, to, after }: PositionWish): string | undefined {
  if (from !== undefined && !isBusinessDate(from)) return 'from';
  if (to !== undefined && (!isBusinessDate(to) || (from !== undefined && to < from))) return 'to';
  return after !== undefined && readCursor(after) === undefined ? 'after' : undefined;
}

function readCursor(after: string | undefined): [BusinessDate, string] | undefined {
  const [date, biller] = [after?.slice(0, 10) ?? '', after?.slice(11) ?? ''];
  return isBusinessDate(date) && after?.[10] === ':' ? [date, biller] : undefined;
}
