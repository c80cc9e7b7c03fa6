// The detail as texts, field by field, for documents that are not lines: nothing quoted, what is absent is empty.

import type { Database } from '../../platform/db/index.ts';
import { EntryLines } from './entry-lines.ts';
import { readChannels, readEntries, type EntryDay } from './store-entries.ts';
import { putPlain } from './value-bytes.ts';

/** Of each line its fields in the order of ENTRY_COLUMNS. */
export async function* readFields(
  database: Database,
  day: EntryDay,
): AsyncGenerator<string[], void, undefined> {
  const lines = new EntryLines(day, await readChannels(database, day), putPlain);
  let line = Buffer.allocUnsafe(4096);
  for await (const rows of readEntries(database, day)) {
    while (rows.next()) {
      const most = lines.mostBytes(rows);
      if (most > line.length) line = Buffer.allocUnsafe(2 * most);
      lines.put(line, 0, rows);
      yield lines.texts(line, 0);
    }
  }
}
