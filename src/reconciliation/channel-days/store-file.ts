// SQL of day files as they come: the row of each version, and its bytes in chunks. touched_at is the database's own clock,
// since a shifted business time must not make an upload look abandoned.

import { isBusinessDate } from '../../kernel/business-date.ts';
import { copyOut, type Tx } from '../../platform/db/index.ts';
import type { LineFormat } from '../../platform/http/index.ts';
import type { DayKey, FileKey, LineFault } from './day.ts';

export type FileState = 'receiving' | 'loading' | 'matched' | 'failed';

export interface FileRow {
  file_id: string;
  version: number | null;
  state: FileState;
  format: LineFormat;
  compressed: boolean;
  bytes: bigint;
  sha256: Buffer | null;
  brought_by: string | null;
  lines: bigint | null;
  faults: LineFault[] | null;
  received_at: Date;
  done_at: Date | null;
}

export const FILE_COLUMNS = `file_id, version, state, format, compressed, bytes, sha256, brought_by, lines, faults, received_at, done_at`;

/** The time of the books, and how far ahead of it a business date may be: it is tomorrow somewhere already. */
export async function readToday(tx: Tx): Promise<{ now: Date; latest: string }> {
  const [row] = await tx.query<{ now: Date; latest: string }>(
    `select business_now() as now, ((business_now() at time zone 'Pacific/Kiritimati')::date + 1) as latest`,
  );
  if (row === undefined) throw new Error('business_now() gave no row');
  return row;
}

export interface NewFile extends FileKey {
  readonly format: LineFormat;
  readonly compressed: boolean;
  readonly broughtBy: string | null;
}

export async function insertFile(tx: Tx, file: NewFile): Promise<void> {
  await tx.query(
    `insert into channel_file (channel_id, business_date, file_id, state, format, compressed, brought_by, received_at, touched_at)
     values ($1, $2, $3, 'receiving', $4, $5, $6, business_now(), clock_timestamp())`,
    [file.channelId, file.businessDate, file.fileId, file.format, file.compressed, file.broughtBy],
  );
}

/**
 * False: the file is not being received any more (swept, because nothing came for too long). Not waited for on the disk:
 * the commit that ends the upload is, and with it all that was written before it.
 */
export async function appendChunk(tx: Tx, key: FileKey, chunk: number, bytes: Buffer): Promise<boolean> {
  await tx.query('set local synchronous_commit = off');
  const rows = await tx.query(
    `update channel_file set bytes = bytes + $4, touched_at = clock_timestamp()
      where channel_id = $1 and business_date = $2 and file_id = $3 and state = 'receiving' returning 1`,
    [...keyOf(key), bytes.length],
  );
  if (rows.length === 0) return false;
  await tx.query(
    'insert into channel_file_chunk (channel_id, business_date, file_id, chunk, bytes) values ($1, $2, $3, $4, $5)',
    [...keyOf(key), chunk, bytes],
  );
  return true;
}

/** One upload of a day ends at a time, so that two equal ones see each other. Locks the day's row, which it makes. */
export async function lockDay(tx: Tx, { channelId, businessDate }: DayKey): Promise<void> {
  await tx.query(
    `insert into reconciliation_day (channel_id, business_date, touched_at) values ($1, $2, clock_timestamp())
     on conflict do nothing`,
    [channelId, businessDate],
  );
  await tx.query('select from reconciliation_day where channel_id = $1 and business_date = $2 for update', [
    channelId,
    businessDate,
  ]);
}

export async function findLatest(tx: Tx, { channelId, businessDate }: DayKey): Promise<FileRow | undefined> {
  const [row] = await tx.query<FileRow>(
    `select ${FILE_COLUMNS} from channel_file where channel_id = $1 and business_date = $2 and version is not null
      order by version desc limit 1`,
    [channelId, businessDate],
  );
  return row;
}

/** The version that it becomes; undefined: it was given up. The day is locked. */
export async function markReceived(tx: Tx, key: FileKey, sha256: Buffer): Promise<number | undefined> {
  const [row] = await tx.query<{ version: number }>(
    `update channel_file set state = 'loading', sha256 = $4, touched_at = clock_timestamp(),
            version = 1 + coalesce((select max(version) from channel_file where channel_id = $1 and business_date = $2), 0)
      where channel_id = $1 and business_date = $2 and file_id = $3 and state = 'receiving' returning version`,
    [...keyOf(key), sha256],
  );
  return row?.version;
}

/** A matched day that is not balanced is matched once more: its books may have changed. */
export async function wantAgain(tx: Tx, { channelId, businessDate }: DayKey): Promise<void> {
  await tx.query(
    `update reconciliation_day set match_again = true
      where channel_id = $1 and business_date = $2 and version is not null and balanced_at is null`,
    [channelId, businessDate],
  );
}

/** Of a file that was not received whole. A bounded number of chunks; how many went. */
export async function deleteSomeChunks(tx: Tx, key: FileKey): Promise<number> {
  const rows = await tx.query(
    `delete from channel_file_chunk where channel_id = $1 and business_date = $2 and file_id = $3 and chunk in (
       select chunk from channel_file_chunk where channel_id = $1 and business_date = $2 and file_id = $3 order by chunk limit 64)
     returning 1`,
    keyOf(key),
  );
  return rows.length;
}

export async function deleteUnreceived(tx: Tx, key: FileKey): Promise<void> {
  await tx.query(
    `delete from channel_file where channel_id = $1 and business_date = $2 and file_id = $3 and state = 'receiving'`,
    keyOf(key),
  );
}

/**
 * The bytes of `count` chunks from `first` on; undefined after the last. By COPY, whose binary form is the bytes themselves:
 * as a value they would come in hexadecimal, which costs more than reading what they say.
 */
export async function readChunks(
  tx: Tx,
  { channelId, businessDate, fileId }: FileKey,
  first: number,
  count: number,
): Promise<Buffer | undefined> {
  if (!isBusinessDate(businessDate) || !UUID.test(fileId)) throw new Error('no day file has this key');
  const pieces: Buffer[] = [];
  await copyOut(
    tx,
    `copy (select bytes from channel_file_chunk
            where channel_id = ${channelId} and business_date = '${businessDate}' and file_id = '${fileId}'
              and chunk between ${first} and ${first + count - 1} order by chunk) to stdout (format binary)`,
    (piece) => pieces.push(Buffer.from(piece)),
  );
  return copiedBytes(Buffer.concat(pieces));
}

const UUID = /^[0-9a-f-]{36}$/;

/** Of each row its one column: a count of columns (2 bytes) and a length (4) stand before it, -1 after the last. */
function copiedBytes(copied: Buffer): Buffer | undefined {
  const bytes: Buffer[] = [];
  for (let at = COPY_HEADER_BYTES; copied.readInt16BE(at) === 1;) {
    const end = at + 6 + copied.readInt32BE(at + 2);
    bytes.push(copied.subarray(at + 6, end));
    at = end;
  }
  return bytes.length === 0 ? undefined : Buffer.concat(bytes);
}

/** PostgreSQL documentation, COPY, "Binary Format": signature, flags, no extension. */
const COPY_HEADER_BYTES = 19;

/** Uploads that nobody has sent anything of for so long. */
export async function findIdleUploads(tx: Tx, idleSeconds: number): Promise<FileKey[]> {
  const rows = await tx.query<{ channel_id: number; business_date: string; file_id: string }>(
    `select channel_id, business_date, file_id from channel_file
      where state = 'receiving' and touched_at < clock_timestamp() - make_interval(secs => $1) limit 100`,
    [idleSeconds],
  );
  return rows.map((row) => ({
    channelId: row.channel_id,
    businessDate: row.business_date,
    fileId: row.file_id,
  }));
}

function keyOf({ channelId, businessDate, fileId }: FileKey): [number, string, string] {
  return [channelId, businessDate, fileId];
}
