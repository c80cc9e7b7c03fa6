// Float, credit and the day's total of channels that have a limit. The channel's row is the lock for all of them,
// after bills, configuration and business days in the global order; what it protects is read by later statements.

import type { BusinessDate } from '../kernel/business-date.ts';
import { plainArray, type Statement, type Tx } from '../platform/db/index.ts';

const LOCK: Statement = {
  name: 'channels_lock',
  text: `select channel_id from channel where channel_id = any($1::int[]) order by channel_id for no key update`,
};

const POSITIONS: Statement = {
  name: 'channels_positions',
  text: `select channel_id, currency, available_minor from channel_position where channel_id = any($1::int[])`,
};

const USAGE: Statement = {
  name: 'channels_usage',
  text: `select channel_id, currency, business_date, accepted_minor from channel_day
 where channel_id = any($1::int[]) and business_date >= (business_now() at time zone 'UTC')::date - 3`,
};

export interface PositionRow {
  channel_id: number;
  currency: string;
  available_minor: bigint;
}

export interface UsageRow {
  channel_id: number;
  currency: string;
  business_date: BusinessDate;
  accepted_minor: bigint;
}

/** Serialises the groups that spend the limited funds of these channels. */
export function lockChannels(tx: Tx, channelIds: readonly number[]): Promise<unknown> {
  return tx.run(LOCK, [plainArray(channelIds)]);
}

export function readPositions(tx: Tx, channelIds: readonly number[]): Promise<PositionRow[]> {
  return tx.run<PositionRow>(POSITIONS, [plainArray(channelIds)]);
}

export function readUsage(tx: Tx, channelIds: readonly number[]): Promise<UsageRow[]> {
  return tx.run<UsageRow>(USAGE, [plainArray(channelIds)]);
}

const SPEND: Statement = {
  name: 'channels_spend',
  text: `update channel_position p set available_minor = p.available_minor - spent.minor
  from unnest($1::int[], $2::text[], $3::bigint[]) as spent(channel_id, currency, minor)
 where p.channel_id = spent.channel_id and p.currency = spent.currency and p.holder = 0`,
};

/** Minor units; negative gives back (a reversal). The channels are locked by this transaction. */
export function spend(
  tx: Tx,
  spent: readonly { channelId: number; currency: string; minor: bigint }[],
): Promise<unknown> {
  return tx.run(SPEND, [
    plainArray(spent, (s) => s.channelId),
    plainArray(spent, (s) => s.currency),
    plainArray(spent, (s) => s.minor),
  ]);
}

const USE: Statement = {
  name: 'channels_use',
  text: `insert into channel_day (channel_id, currency, business_date, accepted_minor)
select * from unnest($1::int[], $2::text[], $3::date[], $4::bigint[])
on conflict (channel_id, currency, business_date) do update set accepted_minor = channel_day.accepted_minor + excluded.accepted_minor`,
};

export function use(
  tx: Tx,
  used: readonly { channelId: number; currency: string; businessDate: BusinessDate; minor: bigint }[],
): Promise<unknown> {
  return tx.run(USE, [
    plainArray(used, (u) => u.channelId),
    plainArray(used, (u) => u.currency),
    plainArray(used, (u) => u.businessDate),
    plainArray(used, (u) => u.minor),
  ]);
}

/** A reversal lowers the total of the payment's own date, where one is kept: a limit set later has none of old dates. */
export function takeOffDay(
  tx: Tx,
  off: { channelId: number; currency: string; businessDate: BusinessDate; minor: bigint },
): Promise<unknown> {
  return tx.query(
    `update channel_day set accepted_minor = accepted_minor - $4
      where channel_id = $1 and currency = $2 and business_date = $3`,
    [off.channelId, off.currency, off.businessDate, off.minor],
  );
}
