// A look at the first bytes of an upload before anything is kept: a wrong header or a broken gzip is told at once
// instead of after the whole file. What it cannot see yet the loader finds, and the file fails then.

import { isUtf8 } from 'node:buffer';
import { once } from 'node:events';
import { createGunzip, gunzipSync, constants } from 'node:zlib';
import { splitCsvLine } from '../../kernel/csv-line.ts';
import { refuse, type Refusal } from '../../kernel/errors.ts';
import { inflatedLimit } from './inflate.ts';
import { LONGEST_LINE_BYTES } from './text-lines.ts';

export interface FileStart {
  readonly bytes: Buffer;
  /** The bytes are the whole file. */
  readonly whole: boolean;
  readonly compressed: boolean;
  /** Of CSV: what is wrong with the names of its columns, in words. Left out where the first line is data. */
  readonly headerFault?: ((names: readonly string[]) => string | undefined) | undefined;
}

/** Refuses `malformed-request`, in words that say what to change. */
export async function checkFileStart(start: FileStart): Promise<Refusal | undefined> {
  if (start.bytes.length === 0) return wrong('the file is empty');
  const text = start.compressed ? await inflateStart(start) : start.bytes;
  if (typeof text === 'string') return wrong(text);
  if (text.length === 0 && start.whole) return wrong('the file is empty');
  const encoding = encodingFault(text);
  if (encoding !== undefined) return wrong(encoding);
  if (start.headerFault === undefined) return undefined;
  const complete = start.whole && (!start.compressed || start.bytes.length <= PEEK_BYTES);
  const fault = headerFault(text, complete, start.headerFault);
  return fault === undefined ? undefined : wrong(fault);
}

function wrong(detail: string): Refusal {
  return refuse('malformed-request', undefined, { errors: [{ pointer: '', detail }] });
}

/** Enough compressed bytes for any header, few enough that a bomb inflates to a few megabytes only. */
const PEEK_BYTES = 8 * 1024;

async function inflateStart({ bytes, whole }: FileStart): Promise<Buffer | string> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return 'content-encoding says gzip, the bytes are none';
  const broken = whole ? await gzipFault(bytes) : undefined;
  if (broken !== undefined) return broken;
  try {
    return gunzipSync(bytes.subarray(0, PEEK_BYTES), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    return `the gzip stream is broken: ${(error as Error).message}`;
  }
}

/** Inflates a small file to its end, keeping nothing, up to the size where the loader's own limit takes over. */
async function gzipFault(bytes: Buffer): Promise<string | undefined> {
  const gunzip = createGunzip();
  const limit = inflatedLimit(bytes.length);
  let inflated = 0;
  gunzip.on('data', (piece: Buffer) => {
    inflated += piece.length;
    if (inflated > limit) gunzip.destroy();
  });
  gunzip.end(bytes);
  try {
    await once(gunzip, 'close');
    return undefined;
  } catch (error) {
    return `the gzip stream is broken: ${(error as Error).message}`;
  }
}

/** UTF-16, by its mark or by the zero byte that every Latin letter of it has. */
function encodingFault(text: Buffer): string | undefined {
  const [first, second] = text;
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const isWide = text.length > 1 && (first === 0) !== (second === 0);
  return isMarked || isWide ? 'the file is UTF-16: send it as UTF-8' : undefined;
}

function headerFault(
  text: Buffer,
  complete: boolean,
  faultOf: (names: readonly string[]) => string | undefined,
): string | undefined {
  const newline = text.indexOf(0x0a);
  if (newline < 0 && !complete && text.length < LONGEST_LINE_BYTES) return undefined;
  const first = text.subarray(0, newline < 0 ? LONGEST_LINE_BYTES : newline);
  if (first[0] === 0x1f && first[1] === 0x8b) return 'the bytes are gzip: say so with content-encoding: gzip';
  if (!isUtf8(first)) return 'the header is not UTF-8';
  const line = first
    .toString()
    .replace(/^\ufeff/, '')
    .replace(/\r$/, '');
  const names = splitCsvLine(line);
  if (typeof names === 'string') return 'the header has a stray quote';
  return faultOf(names);
}
