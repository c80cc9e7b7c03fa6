// The detail as PostgreSQL's COPY gives it: page after page, each in a short transaction of its own, so that a day of
// millions holds nothing back. A sealed day's entries do not change, so the pages together are the day.

import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { to as copyTo } from 'pg-copy-streams';
import type { BusinessDate } from '../../kernel/business-date.ts';
import { exponentOf } from '../../kernel/currencies.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { SOURCES, type Source } from '../step.ts';
import { FIRST_ID, LAST_ID } from '../store-paid.ts';
import { entrySql, SOURCE_ID, type EntrySpan } from './entry-sql.ts';

/** Payments, reversals … of one page. */
const PAGE = 10_000;

export interface EntryDay {
  readonly billerId: number;
  readonly businessDate: BusinessDate;
  readonly currency: string;
  readonly timeZone: string;
}

/** `csv`: lines quoted and harmless for spreadsheets; `text`: COPY's own text form, unquoted. */
export type EntryFormat = 'csv' | 'text';

/** Whole lines, in the documented order of the entries. Give up reading and the page under way is read to its end. */
export async function* copyEntries(
  database: Database,
  day: EntryDay,
  format: EntryFormat,
): AsyncGenerator<Buffer, void, undefined> {
  const node = database.nodeOf(day.billerId);
  for (const source of SOURCES) {
    let after: Uuid = FIRST_ID;
    while (after !== LAST_ID) {
      const through = await node.transaction((tx) => findPageEnd(tx, source, day, after));
      yield* copyPage(node, day, { source, after, through }, format);
      after = through;
    }
  }
}

async function findPageEnd(tx: Tx, source: Source, day: EntryDay, after: Uuid): Promise<Uuid> {
  const id = SOURCE_ID[source];
  const [row] = await tx.query<{ id: Uuid }>(
    `select ${id} as id from ${source} where biller_id = $1 and business_date = $2 and ${id} > $3
      order by ${id} offset $4 limit 1`,
    [day.billerId, day.businessDate, after, PAGE - 1],
  );
  return row?.id ?? LAST_ID;
}

/**
 * By the indexes, whatever statistics say of a table that was small when they were taken: many payments stand together
 * with their bills, what changed others is looked up one by one.
 */
const SETTINGS = {
  mass: `select set_config('timezone', $1, true), set_config('datestyle', 'ISO', true), set_config('enable_seqscan', 'off', true)`,
  few: `select set_config('timezone', $1, true), set_config('datestyle', 'ISO', true), set_config('enable_seqscan', 'off', true),
               set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`,
};

async function* copyPage(
  node: Database,
  { billerId, businessDate, currency, timeZone }: EntryDay,
  span: Pick<EntrySpan, 'source' | 'after' | 'through'>,
  format: EntryFormat,
): AsyncGenerator<Buffer, void, undefined> {
  const scale = exponentOf(currency) ?? 0;
  const select = entrySql({ ...span, billerId, businessDate, scale, harmless: format === 'csv' });
  const page = new PassThrough({ highWaterMark: 1024 * 1024 });
  const copied = node.transaction(async (tx) => {
    await tx.query(SETTINGS[span.source === 'payment' ? 'mass' : 'few'], [timeZone]);
    const options = format === 'csv' ? `format csv` : `format text, null ''`;
    await pipeline(tx.client.query(copyTo(`copy (${select}) to stdout (${options})`)), page);
  });
  // A failure reaches who reads; the promise itself is waited for at the end.
  copied.catch((error: Error) => page.destroy(error));
  try {
    // Not destroyed by a reader who gives up: the connection would stay in the middle of its COPY for ever.
    const pieces = page.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    for await (const bytes of pieces) yield bytes;
  } finally {
    page.resume();
    await copied;
  }
}
