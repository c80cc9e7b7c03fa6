// A ZIP file as a stream: entries are deflated one after the other while their content is still being made, so memory
// stays flat. Nothing in it depends on the clock: every entry bears the format's first day, and the same content gives
// the same bytes. Format: PKWARE APPNOTE 6.3, with data descriptors, without ZIP64 (an entry and the file below 4 GiB).

import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

export interface ZipEntry {
  /** With `/` between folders; ASCII. */
  readonly name: string;
  readonly content: AsyncIterable<Buffer> | Iterable<Buffer>;
}

interface Written {
  readonly name: Buffer;
  readonly offset: number;
  crc: number;
  size: number;
  deflated: number;
}

const LARGEST = 0xffff_ffff;
/** 1980-01-01 00:00, where DOS time begins. */
const FIRST_DAY = 0x0021;
const VERSION = 20;
/** Sizes follow the content. */
const DESCRIPTOR_FLAG = 0x0008;
const DEFLATED = 8;

/** Throws RangeError when the file or an entry grows beyond 4 GiB. */
export async function* zip(
  entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
): AsyncGenerator<Buffer, void, undefined> {
  const directory: Written[] = [];
  let offset = 0;
  for await (const { name, content } of entries) {
    const written: Written = { name: Buffer.from(name, 'ascii'), offset, crc: 0, size: 0, deflated: 0 };
    const header = localHeader(written);
    yield header;
    yield* deflated(content, written);
    const descriptor = dataDescriptor(written);
    yield descriptor;
    directory.push(written);
    offset += header.length + written.deflated + descriptor.length;
    if (Math.max(offset, written.size) > LARGEST)
      throw new RangeError(`${name} is too large for this format`);
  }
  const central = Buffer.concat(directory.map(centralHeader));
  yield central;
  yield endOfDirectory(directory.length, central.length, offset);
}

/** Fast and not small: what is in it is packed by the line, and is to be ready while somebody waits. */
async function* deflated(content: ZipEntry['content'], written: Written): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw({ level: 1, chunkSize: 128 * 1024 });
  // Whatever breaks either side reaches the loop below as its error.
  pipeline(Readable.from(counted(content, written), { objectMode: true }), deflate, () => undefined);
  for await (const bytes of deflate as AsyncIterable<Buffer>) {
    written.deflated += bytes.length;
    yield bytes;
  }
}

async function* counted(content: ZipEntry['content'], written: Written): AsyncGenerator<Buffer> {
  for await (const bytes of content) {
    written.crc = crc32(bytes, written.crc);
    written.size += bytes.length;
    yield bytes;
  }
}

function localHeader({ name }: Written): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(DESCRIPTOR_FLAG, 6);
  header.writeUInt16LE(DEFLATED, 8);
  header.writeUInt16LE(FIRST_DAY, 12);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function dataDescriptor({ crc, deflated, size }: Written): Buffer {
  const descriptor = Buffer.alloc(16);
  descriptor.writeUInt32LE(0x08074b50, 0);
  descriptor.writeUInt32LE(crc, 4);
  descriptor.writeUInt32LE(deflated, 8);
  descriptor.writeUInt32LE(size, 12);
  return descriptor;
}

function centralHeader({ name, crc, deflated, size, offset }: Written): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(VERSION, 6);
  header.writeUInt16LE(DESCRIPTOR_FLAG, 8);
  header.writeUInt16LE(DEFLATED, 10);
  header.writeUInt16LE(FIRST_DAY, 14);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(deflated, 20);
  header.writeUInt32LE(size, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, name]);
}

function endOfDirectory(entries: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
