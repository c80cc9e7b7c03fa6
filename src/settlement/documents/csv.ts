// The detail of a settlement as CSV (RFC 4180, UTF-8): one header, one line for each bill, lines end with a line feed.
// Memory does not grow with the day.

import { setImmediate } from 'node:timers/promises';
import type { Database } from '../../platform/db/index.ts';
import { ENTRY_COLUMNS } from './entry-columns.ts';
import { EntryLines } from './entry-lines.ts';
import { readChannels, readEntries, type EntryDay } from './store-entries.ts';
import { putCsv } from './value-bytes.ts';

/** What makes spreadsheets read UTF-8 as such; sent in front for those who ask. */
export const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

const PIECE_BYTES = 64 * 1024;

export async function* writeCsv(database: Database, day: EntryDay): AsyncGenerator<Buffer, void, undefined> {
  yield Buffer.from(`${ENTRY_COLUMNS.join(',')}\n`);
  const lines = new EntryLines(day, await readChannels(database, day), putCsv);
  let piece = Buffer.allocUnsafe(PIECE_BYTES);
  let end = 0;
  for await (const rows of readEntries(database, day)) {
    while (rows.next()) {
      const most = lines.mostBytes(rows);
      if (end + most > piece.length) {
        yield piece.subarray(0, end);
        piece = Buffer.allocUnsafe(Math.max(PIECE_BYTES, most));
        end = 0;
        // The next page comes in meanwhile.
        await setImmediate();
      }
      end = lines.put(piece, end, rows);
    }
  }
  yield piece.subarray(0, end);
}
