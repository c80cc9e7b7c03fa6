// SQL of a day as it is shown: its versions, what the one in force came to, and its breaks.

import type { Uuid } from '../../kernel/ids.ts';
import type { Json } from '../../kernel/errors.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { BreakKind } from '../breaks/index.ts';
import type { DayKey } from './day.ts';
import { KEY_PREFIX } from './found-break.ts';
import { FILE_COLUMNS, type FileRow } from './store-file.ts';
import type { TotalsText } from './totals.ts';

export interface DayRow {
  version: number | null;
  is_final: boolean;
  totals: TotalsText[] | null;
  matched_at: Date | null;
  /** Null while a break is open, or not all is matched; else when the last of it was so. */
  balanced_at: Date | null;
  /** The latest of the billers' cut-offs, in the day's order; null where no biller has the day. */
  over_at: Date | null;
}

/** A final day balances when its last break has ended. */
export const BALANCED_AT = `case when d.is_final then (
  select case when count(*) filter (where b.state = 'open') = 0 then greatest(d.matched_at, max(b.ended_at)) end
    from break b where b.channel_id = d.channel_id and b.business_date = d.business_date and starts_with(b.key, '${KEY_PREFIX}')) end`;

/** When the day of the last of the channel's billers was over. */
export const OVER_AT = `(
  select max(c.cut_off_at) from business_day c
   where c.business_date = d.business_date and c.biller_id in (select a.biller_id from agreement a where a.channel_id = d.channel_id))`;

export async function findDay(tx: Tx, { channelId, businessDate }: DayKey): Promise<DayRow | undefined> {
  const [row] = await tx.query<DayRow>(
    `select d.version, d.is_final, d.totals, d.matched_at, coalesce(d.balanced_at, ${BALANCED_AT}) as balanced_at, ${OVER_AT} as over_at
       from reconciliation_day d where d.channel_id = $1 and d.business_date = $2`,
    [channelId, businessDate],
  );
  return row;
}

/** The latest first; an upload that is under way is before them all. */
export function readVersions(tx: Tx, { channelId, businessDate }: DayKey, limit: number): Promise<FileRow[]> {
  return tx.query<FileRow>(
    `select ${FILE_COLUMNS} from channel_file where channel_id = $1 and business_date = $2
      order by version desc nulls first, received_at desc limit $3`,
    [channelId, businessDate, limit],
  );
}

export interface KindRow {
  kind: BreakKind;
  open: number;
  resolved: number;
}

export function countBreaks(tx: Tx, { channelId, businessDate }: DayKey): Promise<KindRow[]> {
  return tx.query<KindRow>(
    `select kind, count(*) filter (where state = 'open')::int as open, count(*) filter (where state = 'resolved')::int as resolved
       from break where channel_id = $1 and business_date = $2 and starts_with(key, $3) and state <> 'gone' group by 1 order by 1`,
    [channelId, businessDate, KEY_PREFIX],
  );
}

export interface BreakRow {
  break_id: Uuid;
  kind: BreakKind;
  state: 'open' | 'resolved' | 'gone';
  reference: string;
  currency: string;
  amount_minor: bigint;
  line: number | null;
  ours: { readonly [name: string]: Json } | null;
  theirs: { readonly [name: string]: Json } | null;
  opened_at: Date;
  ended_at: Date | null;
  resolution: string | null;
}

export interface BreakPage {
  /** Null: from the first. */
  readonly after: Uuid | null;
  readonly limit: number;
  /** Left out: those that the file in force says. */
  readonly state?: BreakRow['state'] | undefined;
  readonly kind?: BreakKind | undefined;
}

/** By id, and so about in the order in which they were found. */
export function readBreaks(
  tx: Tx,
  { channelId, businessDate }: DayKey,
  { after, limit, state, kind }: BreakPage,
): Promise<BreakRow[]> {
  return tx.query<BreakRow>(
    `select break_id, kind, state, reference, currency, amount_minor, line, ours, theirs, opened_at, ended_at, resolution
       from break
      where channel_id = $1 and business_date = $2 and starts_with(key, $3)
        and ($4::uuid is null or break_id > $4) and case when $6::text is null then state <> 'gone' else state = $6 end
        and ($7::text is null or kind = $7)
      order by break_id limit $5`,
    [channelId, businessDate, KEY_PREFIX, after, limit, state ?? null, kind ?? null],
  );
}
