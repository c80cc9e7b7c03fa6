// A gzip stream as its sender meant it. A bomb is stopped by its ratio, since size alone says nothing about files of
// any size.

import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UnreadableFile } from './unreadable-file.ts';

/** Files of lines deflate 5 to 50 times; a short repetitive one may do better, and harms nobody. */
const LARGEST_RATIO = 200;
const HARMLESS_BYTES = 4 * 1024 * 1024;

/** How many bytes a gzip file of so many may hold. */
export function inflatedLimit(compressedBytes: number): number {
  return Math.max(HARMLESS_BYTES, compressedBytes * LARGEST_RATIO);
}

/** `compressedBytes`: of all of `raw`. Throws `UnreadableFile` for a broken stream and for a bomb. */
export async function* inflated(raw: AsyncIterable<Buffer>, compressedBytes: number): AsyncGenerator<Buffer> {
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
