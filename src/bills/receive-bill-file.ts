// Takes an upload of any size into the database, a chunk at a time, so memory stays flat and the sender is slowed
// to our speed. The bytes are kept as they were sent. What the file says is loaded later, by load-bill-file.ts.

import type { AnnouncedDigests } from '../channels/index.ts';
import { refuse, type Refusal } from '../kernel/errors.ts';
import { newId, showId } from '../kernel/ids.ts';
import type { Database } from '../platform/db/index.ts';
import type { FileFormat } from './bill-lines.ts';
import { checkFileStart } from './check-file-start.ts';
import { UploadDigest } from './digest-upload.ts';
import {
  appendChunk,
  deleteFile,
  deleteSomeChunks,
  findLatestFile,
  insertFile,
  lockUploads,
  markFailed,
  markReceived,
  readBusinessMs,
  type BillFileKey,
} from './store-bill-file.ts';

export interface Upload {
  readonly billerId: number;
  readonly format: FileFormat;
  readonly compressed: boolean;
  readonly stream: AsyncIterable<Buffer>;
  /** What the sender announced (content-digest, RFC 9530), when he did. */
  readonly announced?: AnnouncedDigests;
}

/** `known`: the same bytes are the biller's latest file already. `key` is of the file to ask for. */
export interface Received {
  readonly known: boolean;
  readonly key: BillFileKey;
  readonly fileId: string;
}

const CHUNK_BYTES = 256 * 1024;
const LARGEST_FILE_BYTES = 16 * 1024 * 1024 * 1024;

/** Refuses `malformed-request` and `payload-too-large`. An upload that breaks off leaves a failed file and throws. */
export async function receiveBillFile(database: Database, upload: Upload): Promise<Received | Refusal> {
  const node = database.nodeOf(upload.billerId);
  const digest = new UploadDigest(upload.announced);
  let key: BillFileKey | undefined;
  let size = 0;
  let chunk = 0;
  try {
    for await (const { bytes, last } of chunksOf(upload.stream)) {
      if (key === undefined) {
        const fault = await checkFileStart({ ...upload, bytes, whole: last });
        if (fault !== undefined) return fault;
        key = await open(node, upload);
      }
      size += bytes.length;
      if (size > LARGEST_FILE_BYTES) return await abandon(node, key, refuse('payload-too-large'));
      digest.update(bytes);
      await keep(node, key, chunk++, bytes);
    }
    if (key === undefined) throw new Error('an upload has at least one chunk');
    const { sha256, fault } = digest.end();
    if (fault !== undefined) {
      const errors = [{ pointer: '', detail: fault }];
      return await abandon(node, key, refuse('malformed-request', undefined, { errors }));
    }
    return await finish(node, key, upload, sha256);
  } catch (error) {
    if (key !== undefined) await fail(node, key, 'the upload broke off');
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

async function open(node: Database, { billerId, format, compressed }: Upload): Promise<BillFileKey> {
  return node.transaction(async (tx) => {
    const key: BillFileKey = { billerId, fileId: newId(await readBusinessMs(tx), billerId) };
    await insertFile(tx, key, format, compressed);
    return key;
  });
}

async function keep(node: Database, key: BillFileKey, chunk: number, bytes: Buffer): Promise<void> {
  const kept = await node.transaction((tx) => appendChunk(tx, key, chunk, bytes));
  if (!kept) throw new Error('the upload was given up: nothing came for too long');
}

async function finish(node: Database, key: BillFileKey, upload: Upload, sha256: Buffer): Promise<Received> {
  const same = await node.transaction(async (tx) => {
    await lockUploads(tx, key.billerId);
    const latest = await findLatestFile(tx, key.billerId);
    const equal =
      latest?.sha256?.equals(sha256) &&
      latest.format === upload.format &&
      latest.compressed === upload.compressed;
    if (latest !== undefined && equal) return latest.file_id;
    if (!(await markReceived(tx, key, sha256)))
      throw new Error('the upload was given up: nothing came for too long');
    return undefined;
  });
  if (same === undefined) return { known: false, key, fileId: showId('bfl', key.fileId) };
  await remove(node, key, 'the same bytes as the file before');
  return { known: true, key: { billerId: key.billerId, fileId: same }, fileId: showId('bfl', same) };
}

async function abandon(node: Database, key: BillFileKey, refusal: Refusal): Promise<Refusal> {
  await remove(node, key, 'the upload was refused');
  return refusal;
}

/** The row goes last: killed in between, there is a failed file to see instead of bytes without a name. */
async function remove(node: Database, key: BillFileKey, failure: string): Promise<void> {
  await fail(node, key, failure);
  await node.transaction((tx) => deleteFile(tx, key));
}

async function fail(node: Database, key: BillFileKey, failure: string): Promise<void> {
  await node.transaction((tx) => markFailed(tx, key, failure));
  await dropChunks(node, key);
}

/** Bytes that nobody will read; in short transactions, since a file may have thousands of chunks. */
export async function dropChunks(node: Database, key: BillFileKey): Promise<void> {
  while ((await node.transaction((tx) => deleteSomeChunks(tx, key))) > 0);
}
