// The bytes of a document as a stream: one chunk in memory, the next one asked for when the reader has taken it. Who
// goes away ends the reading: no transaction is open between two chunks.

import type { Database } from '../../platform/db/index.ts';
import type { ByteRange } from './byte-range.ts';
import { BYTE_ORDER_MARK } from './csv.ts';
import type { DocumentKey } from './document.ts';
import { CHUNK_BYTES, readChunk } from './store-documents.ts';

export async function* readBytes(
  database: Database,
  key: DocumentKey,
  { from, to }: ByteRange,
): AsyncGenerator<Buffer, void, undefined> {
  const node = database.nodeOf(key.billerId);
  for (let chunk = Math.floor(from / CHUNK_BYTES); chunk * CHUNK_BYTES <= to; chunk++) {
    const bytes = await node.transaction((tx) => readChunk(tx, key, chunk));
    const start = chunk * CHUNK_BYTES;
    yield bytes.subarray(Math.max(0, from - start), Math.min(bytes.length, to - start + 1));
  }
}

/** With the byte order mark in front, which the range counts. */
export async function* readMarkedBytes(
  database: Database,
  key: DocumentKey,
  { from, to }: ByteRange,
): AsyncGenerator<Buffer, void, undefined> {
  const mark = BYTE_ORDER_MARK.length;
  if (from < mark) yield BYTE_ORDER_MARK.subarray(from, to + 1);
  if (to >= mark) yield* readBytes(database, key, { from: Math.max(0, from - mark), to: to - mark });
}
