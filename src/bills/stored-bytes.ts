// The bytes of a received file as its sender meant them: chunk after chunk from the database, inflated when they
// came compressed. A bomb is stopped by its ratio, since size alone says nothing about files of any size.

import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Database } from '../platform/db/index.ts';
import { UnreadableFile } from './bill-lines.ts';
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

/** Bill files deflate 5 to 50 times; a short repetitive one may do better, and harms nobody. */
const LARGEST_RATIO = 200;
const HARMLESS_BYTES = 4 * 1024 * 1024;

/** How many bytes a gzip file of so many may hold. */
export function inflatedLimit(compressedBytes: number): number {
  return Math.max(HARMLESS_BYTES, compressedBytes * LARGEST_RATIO);
}

async function* inflated(raw: AsyncIterable<Buffer>, compressedBytes: number): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 64 * 1024 });
  const limit = inflatedLimit(compressedBytes);
  let size = 0;
  // Whatever breaks either side reaches the loop below as gunzip's error.
  pipeline(Readable.from(raw), gunzip, () => undefined);
  try {
    for await (const bytes of gunzip as AsyncIterable<Buffer>) {
      size += bytes.length;
      if (size > limit)
        throw new UnreadableFile(`the file inflates to more than ${LARGEST_RATIO} times its size`);
      yield bytes;
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code.startsWith('Z_'))
      throw new UnreadableFile(`the gzip stream is broken: ${(error as Error).message}`);
    throw error;
  }
}
