// SQL that works out a channel's position and day totals from the books, when they begin to count, and adds to a
// float. What payments take from them is in store-funds.ts.

import type { Money } from '../kernel/money.ts';
import { plainArray, textArray, type Tx } from '../platform/db/index.ts';

export async function dropPositions(tx: Tx, channelId: number): Promise<void> {
  await tx.query('delete from channel_position where channel_id = $1', [channelId]);
}

/** Currencies in which the channel has, or has had, a float. */
export async function floatCurrencies(tx: Tx, channelId: number): Promise<string[]> {
  const rows = await tx.query<{ currency: string }>(
    `select distinct currency from account where channel_id = $1 and code = 'channel/float' order by currency`,
    [channelId],
  );
  return rows.map((row) => row.currency);
}

export interface NewPosition {
  readonly currency: string;
  readonly limitMinor: bigint;
  /** Whose balance over all books is taken off: a debt is positive, a float negative. */
  readonly accountNo: number;
}

export async function insertPositions(
  tx: Tx,
  channelId: number,
  positions: readonly NewPosition[],
): Promise<void> {
  await tx.query(
    `insert into channel_position (channel_id, currency, holder, available_minor)
     select $1, p.currency, 0, p.limit_minor - coalesce((
              select sum(b.amount_minor) from (select 0 as biller_id union all select biller_id from biller) book
                join balance b on b.biller_id = book.biller_id and b.account_no = p.account_no), 0)::bigint
       from unnest($2::text[], $3::bigint[], $4::bigint[]) as p(currency, limit_minor, account_no)`,
    [
      channelId,
      textArray(positions, (p) => p.currency),
      plainArray(positions, (p) => p.limitMinor),
      plainArray(positions, (p) => p.accountNo),
    ],
  );
}

/** Totals of the business dates that payments may still be dated in, for currencies whose limit begins to count. */
export async function refillDays(tx: Tx, channelId: number, currencies: readonly string[]): Promise<void> {
  const wanted = textArray(currencies);
  await tx.query('delete from channel_day where channel_id = $1 and currency = any($2::text[])', [
    channelId,
    wanted,
  ]);
  await tx.query(
    `insert into channel_day (channel_id, currency, business_date, accepted_minor)
     select p.channel_id, p.currency, p.business_date, sum(p.amount_minor + p.fee_minor)::bigint
       from biller b
       join payment p on p.biller_id = b.biller_id and p.business_date >= (business_now() at time zone 'UTC')::date - 3
      where p.channel_id = $1 and p.currency = any($2::text[]) and p.status <> 'reversed'
      group by 1, 2, 3`,
    [channelId, wanted],
  );
}

/** The first money of a currency makes the row; the channel is locked by this transaction. Returns what is there now. */
export async function addToFloat(
  tx: Tx,
  channelId: number,
  currency: string,
  minor: bigint,
): Promise<bigint> {
  const [row] = await tx.query<{ available_minor: bigint }>(
    `insert into channel_position (channel_id, currency, holder, available_minor) values ($1, $2, 0, $3)
     on conflict (channel_id, currency, holder) do update
       set available_minor = channel_position.available_minor + excluded.available_minor
     returning available_minor`,
    [channelId, currency, minor],
  );
  if (row === undefined) throw new Error('the float was not added to');
  return row.available_minor;
}

export interface TopUpRow {
  currency: string;
  amount_minor: bigint;
  journal_id: string;
}

export async function findTopUp(tx: Tx, channelId: number, reference: string): Promise<TopUpRow | undefined> {
  const [row] = await tx.query<TopUpRow>(
    'select currency, amount_minor, journal_id from top_up where channel_id = $1 and reference = $2',
    [channelId, reference],
  );
  return row;
}

/** The last day of the past ten on which a line of a statement has topped up as much; undefined: none has. */
export async function lastStatedTopUp(
  tx: Tx,
  channelCode: string,
  { minor, currency }: Money,
): Promise<string | undefined> {
  const [row] = await tx.query<{ on: string | null }>(
    `select max(t.recorded_at::date)::text as on from top_up t join channel c using (channel_id)
      where c.code = $1 and t.currency = $2 and t.amount_minor = $3 and t.recorded_at > business_now() - interval '10 days'
        and t.reference ~ '^stm_[0-9a-z]{26}:[0-9]+$'`,
    [channelCode, currency, minor],
  );
  return row?.on ?? undefined;
}

export async function insertTopUp(
  tx: Tx,
  channelId: number,
  reference: string,
  row: TopUpRow,
  now: Date,
): Promise<void> {
  await tx.query(
    'insert into top_up (channel_id, reference, currency, amount_minor, journal_id, recorded_at) values ($1, $2, $3, $4, $5, $6)',
    [channelId, reference, row.currency, row.amount_minor, row.journal_id, now],
  );
}

export async function positionsOf(
  tx: Tx,
  channelId: number,
): Promise<{ currency: string; available_minor: bigint }[]> {
  return tx.query(
    'select currency, sum(available_minor)::bigint as available_minor from channel_position where channel_id = $1 group by currency order by currency',
    [channelId],
  );
}
