// SQL of bill files: the row that remembers how far a file has come, and its bytes in chunks. touched_at is the
// database's own clock, since a shifted business time must not make a file look abandoned.

import type { Tx } from '../platform/db/index.ts';
import type { LineFormat } from '../platform/http/index.ts';

export type FileStateName = 'receiving' | 'loading' | 'done' | 'failed';

export interface BillFileKey {
  readonly billerId: number;
  /** uuid */
  readonly fileId: string;
}

export interface BillFileRow {
  file_id: string;
  state: FileStateName;
  format: LineFormat;
  compressed: boolean;
  bytes: bigint;
  sha256: Buffer | null;
  lines: bigint;
  created: bigint;
  replaced: bigint;
  unchanged: bigint;
  rejected: bigint;
  failure: string | null;
  received_at: Date;
  done_at: Date | null;
}

const COLUMNS = `file_id, state, format, compressed, bytes, sha256, lines, created, replaced, unchanged, rejected,
  failure, received_at, done_at`;

/** The time of the books in milliseconds since 1970, for ids. */
export async function readBusinessMs(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ now: Date }>('select business_now() as now');
  if (row === undefined) throw new Error('business_now() gave no row');
  return row.now.getTime();
}

export async function insertFile(
  tx: Tx,
  key: BillFileKey,
  format: LineFormat,
  compressed: boolean,
): Promise<void> {
  await tx.query(
    `insert into bill_file (biller_id, file_id, state, format, compressed, received_at, touched_at)
     values ($1, $2, 'receiving', $3, $4, business_now(), clock_timestamp())`,
    [key.billerId, key.fileId, format, compressed],
  );
}

/** False: the file is not being received any more (swept, because nothing came for too long). */
export async function appendChunk(tx: Tx, key: BillFileKey, chunk: number, bytes: Buffer): Promise<boolean> {
  const rows = await tx.query(
    `update bill_file set bytes = bytes + $3, touched_at = clock_timestamp()
      where biller_id = $1 and file_id = $2 and state = 'receiving' returning 1`,
    [key.billerId, key.fileId, bytes.length],
  );
  if (rows.length === 0) return false;
  await tx.query('insert into bill_file_chunk (biller_id, file_id, chunk, bytes) values ($1, $2, $3, $4)', [
    key.billerId,
    key.fileId,
    chunk,
    bytes,
  ]);
  return true;
}

/** One upload of a biller ends at a time, so that two equal ones see each other. Until the transaction ends. */
export async function lockUploads(tx: Tx, billerId: number): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('wasit:bill-files'), $1)`, [billerId]);
}

/** The biller's latest file that was received whole and has not failed. */
export async function findLatestFile(tx: Tx, billerId: number): Promise<BillFileRow | undefined> {
  const [row] = await tx.query<BillFileRow>(
    `select ${COLUMNS} from bill_file where biller_id = $1 and state in ('loading', 'done')
      order by received_at desc, file_id desc limit 1`,
    [billerId],
  );
  return row;
}

export async function markReceived(tx: Tx, key: BillFileKey, sha256: Buffer): Promise<boolean> {
  const rows = await tx.query(
    `update bill_file set state = 'loading', sha256 = $3, touched_at = clock_timestamp()
      where biller_id = $1 and file_id = $2 and state = 'receiving' returning 1`,
    [key.billerId, key.fileId, sha256],
  );
  return rows.length === 1;
}

export async function markFailed(tx: Tx, key: BillFileKey, failure: string): Promise<void> {
  await tx.query(
    `update bill_file set state = 'failed', failure = $3, done_at = business_now(), touched_at = clock_timestamp()
      where biller_id = $1 and file_id = $2 and state in ('receiving', 'loading')`,
    [key.billerId, key.fileId, failure],
  );
}

export async function deleteFile(tx: Tx, key: BillFileKey): Promise<void> {
  await tx.query('delete from bill_file where biller_id = $1 and file_id = $2', [key.billerId, key.fileId]);
}

/** A bounded number of chunks; how many went. */
export async function deleteSomeChunks(tx: Tx, key: BillFileKey): Promise<number> {
  const rows = await tx.query(
    `delete from bill_file_chunk where biller_id = $1 and file_id = $2 and chunk in (
       select chunk from bill_file_chunk where biller_id = $1 and file_id = $2 order by chunk limit 64) returning 1`,
    [key.billerId, key.fileId],
  );
  return rows.length;
}

export async function readChunk(tx: Tx, key: BillFileKey, chunk: number): Promise<Buffer | undefined> {
  const [row] = await tx.query<{ bytes: Buffer }>(
    'select bytes from bill_file_chunk where biller_id = $1 and file_id = $2 and chunk = $3',
    [key.billerId, key.fileId, chunk],
  );
  return row?.bytes;
}

export async function findFile(tx: Tx, key: BillFileKey): Promise<BillFileRow | undefined> {
  const [row] = await tx.query<BillFileRow>(
    `select ${COLUMNS} from bill_file where biller_id = $1 and file_id = $2`,
    [key.billerId, key.fileId],
  );
  return row;
}

/** The newest first: an id begins with its time. */
export function readFiles(
  tx: Tx,
  billerId: number,
  before: string | null,
  limit: number,
): Promise<BillFileRow[]> {
  return tx.query<BillFileRow>(
    `select ${COLUMNS} from bill_file where biller_id = $1 and ($2::uuid is null or file_id < $2)
      order by file_id desc limit $3`,
    [billerId, before, limit],
  );
}

export interface RejectRow {
  line: bigint;
  code: string;
  field: string;
  detail: string;
}

/** Rejects after a line, in order. */
export function readRejects(tx: Tx, key: BillFileKey, after: bigint, limit: number): Promise<RejectRow[]> {
  return tx.query<RejectRow>(
    `select line, code, field, detail from bill_file_reject
      where biller_id = $1 and file_id = $2 and line > $3 order by line limit $4`,
    [key.billerId, key.fileId, after, limit],
  );
}

/** Files of one biller that wait to be loaded while nobody has touched them for `idleSeconds`. */
export async function findIdleLoads(tx: Tx, billerId: number, idleSeconds: number): Promise<string[]> {
  const rows = await tx.query<{ file_id: string }>(
    `select file_id from bill_file where biller_id = $1 and state = 'loading'
        and touched_at < clock_timestamp() - make_interval(secs => $2) order by received_at limit 100`,
    [billerId, idleSeconds],
  );
  return rows.map((row) => row.file_id);
}

/** Uploads of one biller that broke off unseen (the process died): now failed. */
export async function failIdleUploads(tx: Tx, billerId: number, idleSeconds: number): Promise<string[]> {
  const rows = await tx.query<{ file_id: string }>(
    `update bill_file set state = 'failed', failure = 'the upload broke off', done_at = business_now()
      where biller_id = $1 and state = 'receiving' and touched_at < clock_timestamp() - make_interval(secs => $2)
      returning file_id`,
    [billerId, idleSeconds],
  );
  return rows.map((row) => row.file_id);
}
