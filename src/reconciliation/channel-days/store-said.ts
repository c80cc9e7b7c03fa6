// SQL of what a file says of its day: the breaks that were found are noted, and open ones that it does not say are found.

import type { Json } from '../../kernel/errors.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { FoundBreak } from '../breaks/index.ts';
import type { DayKey } from './day.ts';
import { KEY_PREFIX } from './found-break.ts';
import type { StagingTables } from './store-staging.ts';

export async function noteSaid(tx: Tx, { said }: StagingTables, found: readonly FoundBreak[]): Promise<void> {
  if (found.length === 0) return;
  await tx.query(`insert into ${said} select * from unnest($1::int[], $2::text[])`, [
    found.map(({ billerId }) => billerId),
    found.map(({ key }) => key),
  ]);
}

/** Keys of at most `limit` open breaks of the day that were not noted, by biller. */
export async function findUnsaid(
  tx: Tx,
  { said }: StagingTables,
  { channelId, businessDate }: DayKey,
  limit: number,
): Promise<{ biller_id: number; keys: string[] }[]> {
  return tx.query(
    `select biller_id, array_agg(key) as keys from (
       select b.biller_id, b.key from break b left join ${said} s on s.biller_id = b.biller_id and s.key = b.key
        where b.channel_id = $1 and b.business_date = $2 and b.state = 'open' and starts_with(b.key, $3) and s.key is null
        order by 1, 2 limit $4) unsaid group by 1 order by 1`,
    [channelId, businessDate, KEY_PREFIX, limit],
  );
}

export interface ResolvedRow {
  biller_id: number;
  key: string;
  break_id: Uuid;
  currency: string;
  amount_minor: bigint;
  theirs: Json;
}

/**
 * Breaks of these keys that persons have resolved. Open ones are locked too, so that none is resolved before this
 * transaction ends.
 */
export async function lockResolved(tx: Tx, found: readonly FoundBreak[]): Promise<ResolvedRow[]> {
  if (found.length === 0) return [];
  const rows = await tx.query<ResolvedRow & { state: string }>(
    `select b.* from (select * from unnest($1::int[], $2::text[]) as f(biller_id, key) order by 1, 2) f
       cross join lateral (
         select b.biller_id, b.key, b.break_id, b.currency, b.amount_minor, b.theirs, b.state from break b
          where b.biller_id = f.biller_id and b.key = f.key limit 1 for no key update) b`,
    [found.map(({ billerId }) => billerId), found.map(({ key }) => key)],
  );
  return rows.filter(({ state }) => state === 'resolved');
}
