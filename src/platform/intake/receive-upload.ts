// Takes an upload of any size a chunk at a time, so memory stays flat and the sender is slowed to our speed; one chunk is
// kept while the next one comes. Where the chunks go is the keeper's: a room's own tables. What the file says is nobody's
// matter here beyond its first bytes.

import { refuse, type Refusal } from '../../kernel/errors.ts';
import { checkFileStart, type FileStart } from './check-file-start.ts';

export interface UploadStream extends Omit<FileStart, 'bytes' | 'whole'> {
  readonly stream: AsyncIterable<Buffer>;
  /** Not only lines of UTF-8: its first bytes are nobody's matter either. */
  readonly anyBytes?: boolean;
  /** Taken while the bytes stream by; `fault`: in words, which announced digest is of other bytes. */
  readonly digest: { update(bytes: Buffer): void; end(): { sha256: Buffer; fault: string | undefined } };
}

/** Where the chunks of one upload are kept; each step is a transaction of its own. */
export interface Keeper<Key, Kept> {
  open(): Promise<Key>;
  /** False: the upload was given up meanwhile, because nothing came for too long. */
  keep(key: Key, chunk: number, bytes: Buffer): Promise<boolean>;
  /** All bytes are there; undefined: the upload was given up meanwhile. */
  finish(key: Key, sha256: Buffer): Promise<Kept | undefined>;
  /** It was refused: nothing of it stays. */
  discard(key: Key): Promise<void>;
  /** It broke off. */
  fail(key: Key, why: string): Promise<void>;
}

const CHUNK_BYTES = 256 * 1024;
const LARGEST_FILE_BYTES = 16 * 1024 * 1024 * 1024;
const GIVEN_UP = 'the upload was given up: nothing came for too long';

/** Refuses `malformed-request` and `payload-too-large`. An upload that breaks off is failed and throws. */
export async function receiveUpload<Key, Kept>(
  upload: UploadStream,
  keeper: Keeper<Key, Kept>,
): Promise<Kept | Refusal> {
  let key: Key | undefined;
  let size = 0;
  let chunk = 0;
  let keeping = Promise.resolve(true);
  try {
    for await (const { bytes, last } of chunksOf(upload.stream)) {
      if (key === undefined) {
        const isLines = upload.anyBytes !== true;
        const fault = isLines ? await checkFileStart({ ...upload, bytes, whole: last }) : undefined;
        if (fault !== undefined) return fault;
        key = await keeper.open();
      }
      size += bytes.length;
      if (size > LARGEST_FILE_BYTES) {
        await keeping;
        await keeper.discard(key);
        return refuse('payload-too-large');
      }
      upload.digest.update(bytes);
      if (!(await keeping)) throw new Error(GIVEN_UP);
      keeping = keeper.keep(key, chunk++, bytes);
      // It is awaited with the next chunk; until then its failure must not count as unhandled.
      keeping.catch(() => undefined);
    }
    if (!(await keeping)) throw new Error(GIVEN_UP);
    if (key === undefined) throw new Error('an upload has at least one chunk');
    const { sha256, fault } = upload.digest.end();
    if (fault !== undefined) {
      await keeper.discard(key);
      return refuse('malformed-request', undefined, { errors: [{ pointer: '', detail: fault }] });
    }
    const kept = await keeper.finish(key, sha256);
    if (kept === undefined) throw new Error(GIVEN_UP);
    return kept;
  } catch (error) {
    await keeping.catch(() => undefined);
    if (key !== undefined) await keeper.fail(key, 'the upload broke off');
    throw error;
  }
}

/** Pieces of the stream gathered into chunks; always at least one, and the last one is marked. */
async function* chunksOf(stream: AsyncIterable<Buffer>): AsyncGenerator<{ bytes: Buffer; last: boolean }> {
  let pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stream) {
    pieces.push(piece);
    length += piece.length;
    // More than a chunk, so that a file of exactly one chunk is still seen as whole.
    while (length > CHUNK_BYTES) {
      const all = Buffer.concat(pieces);
      yield { bytes: all.subarray(0, CHUNK_BYTES), last: false };
      pieces = [all.subarray(CHUNK_BYTES)];
      length = all.length - CHUNK_BYTES;
    }
  }
  yield { bytes: Buffer.concat(pieces), last: true };
}
