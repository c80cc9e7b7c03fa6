// Takes an upload of any size into the database, a chunk at a time. The bytes are kept as they were sent. What the
// file says is loaded later, by load-bill-file.ts.

import { recordAudit, type Actor } from '../access/index.ts';
import { UploadDigest, type AnnouncedDigests } from '../channels/index.ts';
import type { Refusal } from '../kernel/errors.ts';
import { newId, showId } from '../kernel/ids.ts';
import type { Database, Tx } from '../platform/db/index.ts';
import { receiveUpload } from '../platform/intake/index.ts';
import type { LineFormat } from '../platform/http/index.ts';
import { headerFault } from './csv-columns.ts';
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
  readonly format: LineFormat;
  readonly compressed: boolean;
  readonly stream: AsyncIterable<Buffer>;
  /** What the sender announced (content-digest, RFC 9530), when he did. */
  readonly announced?: AnnouncedDigests;
  /** The person who sends it; undefined: the agency's program. */
  readonly sender?: Actor;
}

/** `known`: the same bytes are the biller's latest file already. `key` is of the file to ask for. */
export interface Received {
  readonly known: boolean;
  readonly key: BillFileKey;
  readonly fileId: string;
}

/** Refuses `malformed-request` and `payload-too-large`. An upload that breaks off leaves a failed file and throws. */
export async function receiveBillFile(database: Database, upload: Upload): Promise<Received | Refusal> {
  const node = database.nodeOf(upload.billerId);
  return receiveUpload(
    {
      compressed: upload.compressed,
      stream: upload.stream,
      digest: new UploadDigest(upload.announced),
      headerFault: upload.format === 'csv' ? headerFault : undefined,
    },
    {
      open: () => open(node, upload),
      keep: (key, chunk, bytes) => node.transaction((tx) => appendChunk(tx, key, chunk, bytes)),
      finish: (key, sha256) => finish(node, key, upload, sha256),
      discard: (key) => remove(node, key, 'the upload was refused'),
      fail: (key, why) => fail(node, key, why),
    },
  );
}

async function open(node: Database, { billerId, format, compressed }: Upload): Promise<BillFileKey> {
  return node.transaction(async (tx) => {
    const key: BillFileKey = { billerId, fileId: newId(await readBusinessMs(tx), billerId) };
    await insertFile(tx, key, format, compressed);
    return key;
  });
}

async function finish(
  node: Database,
  key: BillFileKey,
  upload: Upload,
  sha256: Buffer,
): Promise<Received | undefined> {
  const same = await node.transaction(async (tx) => {
    await lockUploads(tx, key.billerId);
    const latest = await findLatestFile(tx, key.billerId);
    const equal =
      latest?.sha256?.equals(sha256) &&
      latest.format === upload.format &&
      latest.compressed === upload.compressed;
    if (latest !== undefined && equal) return latest.file_id;
    const isReceived = await markReceived(tx, key, sha256);
    if (isReceived && upload.sender !== undefined) await auditSent(tx, upload.sender, key, sha256);
    return isReceived ? null : undefined;
  });
  if (same === undefined) return undefined;
  if (same === null) return { known: false, key, fileId: showId('bfl', key.fileId) };
  await remove(node, key, 'the same bytes as the file before');
  return { known: true, key: { billerId: key.billerId, fileId: same }, fileId: showId('bfl', same) };
}

async function auditSent(tx: Tx, sender: Actor, { fileId }: BillFileKey, sha256: Buffer): Promise<void> {
  await recordAudit(tx, sender, {
    action: 'bill-file.send',
    subject: `bill-file/${showId('bfl', fileId)}`,
    after: { sha256: sha256.toString('hex') },
  });
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
