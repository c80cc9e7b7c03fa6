// The days of channels, balanced or not and by when, for who looks which of them want work.

import { isBusinessDate } from '../../kernel/business-date.ts';
import { refuse, type Refusal } from '../../kernel/errors.ts';
import type { Database } from '../../platform/db/index.ts';
import type { DayList, DayListQuery } from './list-schema.ts';
import { standingOf } from './show-day.ts';
import { readDays, type DaysWish, type ListedDay } from './store-days.ts';

/** The newest first. `channelId` undefined: every channel's. Refuses `malformed-request`. */
export async function listDays(
  database: Database,
  channelId: number | undefined,
  { from = '0001-01-01', to = '9999-12-31', after, limit = 100 }: DayListQuery,
): Promise<DayList | Refusal> {
  for (const [field, date] of Object.entries({ from, to }))
    if (!isBusinessDate(date)) return refuse('malformed-request', { field });
  const cursor = after === undefined ? undefined : cursorOf(after);
  if (cursor === null) return refuse('malformed-request', { field: 'after' });
  const wish = { channelId, from, to, after: cursor, limit: limit + 1 };
  const rows = await database.transaction((tx) => readDays(tx, wish));
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const isMore = rows.length > limit && last !== undefined;
  return { items: items.map(itemOf), next: isMore ? `${last.business_date}:${last.code}` : null };
}

/** null: it is none of ours. */
function cursorOf(after: string): NonNullable<DaysWish['after']> | null {
  const [, businessDate = '', code = ''] = /^(\d{4}-\d\d-\d\d):(.+)$/.exec(after) ?? [];
  return isBusinessDate(businessDate) ? { businessDate, code } : null;
}

function itemOf(row: ListedDay): DayList['items'][number] {
  return {
    businessDate: row.business_date,
    channelCode: row.code,
    ...standingOf(row.latest, row),
    version: row.version,
    openBreaks: row.open,
  };
}
