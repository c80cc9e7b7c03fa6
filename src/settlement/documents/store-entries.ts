// The rows of the detail as PostgreSQL's COPY gives them: page after page, each in a short transaction of its own, so
// that a day of millions holds nothing back. A sealed day's entries do not change, so the pages together are the day.

import type { BusinessDate } from '../../kernel/business-date.ts';
import { exponentOf } from '../../kernel/currencies.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { copyOut, type Database, type Tx } from '../../platform/db/index.ts';
import { SOURCES, type Source } from '../step.ts';
import { FIRST_ID, LAST_ID } from '../store-paid.ts';
import { CopiedRows } from './copied-rows.ts';
import { entrySql, SOURCE_ID } from './entry-sql.ts';

/** Payments, reversals … of one page: two are held, and each waits for a few answers before its rows come. */
const PAGE = 20_000;

export interface EntryDay {
  readonly billerId: number;
  readonly businessDate: BusinessDate;
  readonly currency: string;
  readonly timeZone: string;
}

/** Where a page begins. */
interface Place {
  readonly source: Source;
  readonly after: Uuid;
}

/**
 * In the documented order of the entries. One page is read ahead while the reader has the one before it, so that
 * neither waits for the other; a page under way is read to its end whether or not anybody still wants it. Rows hold
 * until the next ones are asked for.
 */
export async function* readEntries(
  database: Database,
  day: EntryDay,
): AsyncGenerator<CopiedRows, void, undefined> {
  const node = database.nodeOf(day.billerId);
  let rows = new CopiedRows();
  let rowsAhead = new CopiedRows();
  let ahead = readPage(node, day, { source: SOURCES[0], after: FIRST_ID }, rowsAhead);
  try {
    for (;;) {
      const next = await ahead;
      [rows, rowsAhead] = [rowsAhead, rows];
      if (next === undefined) return yield rows;
      ahead = readPage(node, day, next, rowsAhead);
      // Who asks for that page is told; nobody asks while this one is being written.
      ahead.catch(() => undefined);
      yield rows;
    }
  } finally {
    await Promise.allSettled([ahead]);
  }
}

/** Where the next page begins; undefined after the last one. */
async function readPage(
  node: Database,
  day: EntryDay,
  { source, after }: Place,
  rows: CopiedRows,
): Promise<Place | undefined> {
  const scale = exponentOf(day.currency) ?? 0;
  rows.clear();
  const through = await node.transaction(async (tx) => {
    const end = await findPageEnd(tx, source, day, after);
    await tx.query(source === 'payment' ? SETTINGS.mass : SETTINGS.few, [day.timeZone]);
    const select = entrySql({ ...day, source, after, through: end, scale });
    await copyOut(tx, `copy (${select}) to stdout (format binary)`, (piece) => rows.add(piece));
    return end;
  });
  if (through !== LAST_ID) return { source, after: through };
  const following = SOURCES[SOURCES.indexOf(source) + 1];
  return following === undefined ? undefined : { source: following, after: FIRST_ID };
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

const BY_INDEX = `select set_config('timezone', $1, true), set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true)`;
/**
 * By the indexes, whatever statistics say of a table that was small when they were taken: many payments are merged with
 * their bills, both in the order of an index, so that nothing is sorted; what changed others is looked up one by one.
 */
const SETTINGS = {
  mass: `${BY_INDEX}, set_config('enable_nestloop', 'off', true), set_config('enable_bitmapscan', 'off', true)`,
  few: `${BY_INDEX}, set_config('enable_mergejoin', 'off', true)`,
};

/** Codes of all channels, by number: there are few, and no page has to look them up. */
export async function readChannels(database: Database, { billerId }: EntryDay): Promise<Map<number, Buffer>> {
  const rows = await database
    .nodeOf(billerId)
    .transaction((tx) =>
      tx.query<{ channel_id: number; code: string }>('select channel_id, code from channel'),
    );
  return new Map(rows.map((row) => [row.channel_id, Buffer.from(row.code)]));
}
