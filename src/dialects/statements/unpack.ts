// The bytes of a bank's file as the bank meant them: inflated where they came as gzip. A bomb is stopped by its ratio and
// by the whole size, both while it streams.

import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { StatementFault } from '../../reconciliation/index.ts';

const GIB = 1024 ** 3;
/** Statements deflate 5 to 60 times; a short repetitive one may do better, and harms nobody. */
const LARGEST_RATIO = 200;
const HARMLESS_BYTES = 16 * 1024 * 1024;
/** Magic numbers: RFC 1952, and PKWARE's application note for zip. */
const GZIP = Buffer.of(0x1f, 0x8b);
const ZIP = Buffer.from('PK');
const PLACE = 'the file';

/** Throws StatementFault: packed otherwise, a broken or cut gzip, or more than `mostBytes` when inflated. */
export async function* unpack(bytes: AsyncIterable<Buffer>, mostBytes = 2 * GIB): AsyncGenerator<Buffer> {
  const packed = { bytes: 0 };
  const [start, all] = await withStart(bytes);
  if (start.subarray(0, 2).equals(ZIP) && /^(?:\x03\x04|\x05\x06|\x07\x08)/.test(start.toString('latin1', 2)))
    throw new StatementFault(PLACE, 'it is packed as zip: unpack it first');
  const isPacked = start.subarray(0, 2).equals(GZIP);
  let size = 0;
  for await (const piece of isPacked ? inflated(all, packed) : all) {
    if (isPacked && size === 0 && piece.subarray(0, 2).equals(GZIP))
      throw new StatementFault(PLACE, 'it is packed as gzip twice: unpack it first');
    size += piece.length;
    if (size > mostBytes) throw new StatementFault(PLACE, `it has more than ${mostBytes} bytes unpacked`);
    if (isPacked && size > Math.max(HARMLESS_BYTES, packed.bytes * LARGEST_RATIO))
      throw new StatementFault(PLACE, `it inflates to more than ${LARGEST_RATIO} times its size`);
    yield piece;
  }
}

/** The first four bytes, where there are so many, and all bytes. */
async function withStart(bytes: AsyncIterable<Buffer>): Promise<[Buffer, AsyncGenerator<Buffer>]> {
  const rest = bytes[Symbol.asyncIterator]();
  let start: Buffer = Buffer.alloc(0);
  while (start.length < 4) {
    const next = await rest.next();
    if (next.done === true) break;
    start = Buffer.concat([start, next.value]);
  }
  return [start.subarray(0, 4), joined(start, rest)];
}

async function* joined(start: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (start.length > 0) yield start;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* inflated(raw: AsyncIterable<Buffer>, packed: { bytes: number }): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 64 * 1024 });
  // Whatever breaks either side reaches the loop below as gunzip's error.
  pipeline(Readable.from(counted(raw, packed)), gunzip, () => undefined);
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) yield piece;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'Z_BUF_ERROR') throw new StatementFault(PLACE, 'its gzip is cut short: fetch it again');
    if (code.startsWith('Z_')) throw new StatementFault(PLACE, 'its gzip is broken: fetch it again');
    throw error;
  }
}

async function* counted(raw: AsyncIterable<Buffer>, packed: { bytes: number }): AsyncGenerator<Buffer> {
  for await (const piece of raw) {
    packed.bytes += piece.length;
    yield piece;
  }
}
