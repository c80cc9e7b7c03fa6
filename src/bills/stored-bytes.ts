// The bytes of a received file as its sender meant them: chunk after chunk from the database, inflated when they
// came compressed.

import type { Database } from '../platform/db/index.ts';
import { inflated } from '../platform/intake/index.ts';
import { readChunk, type BillFileKey, type BillFileRow } from './store-bill-file.ts';

export function storedBytes(
  node: Database,
  key: BillFileKey,
  file: Pick<BillFileRow, 'compressed' | 'bytes'>,
): AsyncGenerator<Buffer> {
  const raw = chunks(node, key);
  return file.compressed ? inflated(raw, Number(file.bytes)) : raw;
}

async function* chunks(node: Database, key: BillFileKey): AsyncGenerator<Buffer> {
  for (let chunk = 0; ; chunk++) {
    const bytes = await node.transaction((tx) => readChunk(tx, key, chunk));
    if (bytes === undefined) return;
    yield bytes;
  }
}
