// The detail of a settlement as CSV (RFC 4180, UTF-8): one header, one line for each bill, lines end with a line feed.
// PostgreSQL writes and quotes the lines; memory does not grow with the day.

import type { Database } from '../../platform/db/index.ts';
import { ENTRY_COLUMNS } from './entry-columns.ts';
import { linesOf, withShownIds } from './entry-lines.ts';
import { copyEntries, type EntryDay } from './store-entries.ts';

/** What makes spreadsheets read UTF-8 as such; sent in front for those who ask. */
export const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

export async function* writeCsv(database: Database, day: EntryDay): AsyncGenerator<Buffer, void, undefined> {
  yield Buffer.from(`${ENTRY_COLUMNS.join(',')}\n`);
  for await (const lines of linesOf(copyEntries(database, day, 'csv'), 'latin1')) {
    let text = '';
    for (const line of lines) text += `${withShownIds(line, day.billerId, ',')}\n`;
    yield Buffer.from(text, 'latin1');
  }
}
