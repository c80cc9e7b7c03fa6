// SQL of the list of days: each with the state of its latest file and the breaks that are open.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Tx } from '../../platform/db/index.ts';
import { KEY_PREFIX } from './found-break.ts';
import { BALANCED_AT, OVER_AT, type DayRow } from './store-day.ts';
import type { FileRow } from './store-file.ts';

export interface ListedDay extends Pick<DayRow, 'version' | 'is_final' | 'balanced_at' | 'over_at'> {
  code: string;
  business_date: BusinessDate;
  latest: FileRow['state'];
  open: number;
}

export interface DaysWish {
  /** undefined: every channel's. */
  readonly channelId: number | undefined;
  /** Both included. */
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  /** The last of the page before. */
  readonly after: { readonly businessDate: BusinessDate; readonly code: string } | undefined;
  readonly limit: number;
}

/** Days of which a file was sent, the newest first, of one date by channel. */
export function readDays(tx: Tx, { channelId, from, to, after, limit }: DaysWish): Promise<ListedDay[]> {
  return tx.query<ListedDay>(
    `select c.code, d.business_date, d.version, d.is_final, f.state as latest, ${OVER_AT} as over_at,
            coalesce(d.balanced_at, ${BALANCED_AT}) as balanced_at,
            (select count(*)::int from break b where b.channel_id = d.channel_id and b.business_date = d.business_date
                and b.state = 'open' and starts_with(b.key, '${KEY_PREFIX}')) as open
       from reconciliation_day d
       join channel c on c.channel_id = d.channel_id
       join lateral (select state from channel_file f where f.channel_id = d.channel_id and f.business_date = d.business_date
                      order by f.version desc nulls first, f.received_at desc limit 1) f on true
      where ($1::int is null or d.channel_id = $1) and d.business_date between $2 and $3
        and ($4::date is null or d.business_date < $4 or (d.business_date = $4 and c.code > $5))
      order by d.business_date desc, c.code limit $6`,
    [channelId ?? null, from, to, after?.businessDate ?? null, after?.code ?? null, limit],
  );
}
