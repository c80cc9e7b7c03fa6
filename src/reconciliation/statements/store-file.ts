// SQL of files of statements: their bytes first, in chunks; one file for the same bytes; claimed by one reader at a time.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Bringing, FileSource, FileState, StatementFile } from './statement-file.ts';

export async function insertFile(tx: Tx, fileId: Uuid, bringing: Bringing, at: Date): Promise<void> {
  const { name, source, bankId, accountId } = bringing;
  await tx.query(
    `insert into statement_file (file_id, name, source, bank_id, account_id, state, received_at, touched_at)
     values ($1, $2, $3, $4, $5, 'receiving', $6, clock_timestamp())`,
    [fileId, name, source, bankId, accountId, at],
  );
}

/**
 * Whole, and waiting to be read. Another file's id: these bytes are known. One that was refused under another account or
 * bank may be brought again, and then its new bringer's word holds. undefined: it was given up.
 */
export async function noteReceived(
  tx: Tx,
  fileId: Uuid,
  sha256: Buffer,
  { bankId, accountId }: Bringing,
): Promise<Uuid | undefined> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('wasit:statement-files'), 0)`);
  const [known] = await tx.query<{ file_id: Uuid }>(
    `update statement_file set bank_id = case state when 'refused' then $2 else bank_id end,
            account_id = case state when 'refused' then $3 else account_id end,
            state = case state when 'refused' then 'waiting' else state end,
            fault = null, fault_place = null, done_at = case state when 'refused' then null else done_at end
      where sha256 = $1 returning file_id`,
    [sha256, bankId, accountId],
  );
  if (known !== undefined) return known.file_id;
  const rows = await tx.query(
    `update statement_file set sha256 = $2, state = 'waiting', touched_at = clock_timestamp()
      where file_id = $1 and state = 'receiving' returning 1`,
    [fileId, sha256],
  );
  return rows.length === 1 ? fileId : undefined;
}

/** A bounded number of its chunks, then its row; whether anything is left. Of files that were never read. */
export async function deleteSome(tx: Tx, fileId: Uuid): Promise<boolean> {
  const rows = await tx.query(
    `delete from statement_file_chunk where file_id = $1 and chunk in (
       select chunk from statement_file_chunk where file_id = $1 order by chunk limit 64) returning 1`,
    [fileId],
  );
  if (rows.length > 0) return true;
  await tx.query(`delete from statement_file where file_id = $1 and state = 'receiving'`, [fileId]);
  return false;
}

/** Uploads that broke off unseen, because their process died. */
export async function brokenUploads(tx: Tx, idleSeconds: number): Promise<Uuid[]> {
  const rows = await tx.query<{ file_id: Uuid }>(
    `select file_id from statement_file where state = 'receiving'
        and touched_at < clock_timestamp() - make_interval(secs => $1) order by received_at limit 100`,
    [idleSeconds],
  );
  return rows.map((row) => row.file_id);
}

/** Files that wait for a reader: brought and not begun, or begun by one that has not been heard of for `idleSeconds`. */
export async function waitingFiles(tx: Tx, idleSeconds: number): Promise<Uuid[]> {
  const rows = await tx.query<{ file_id: Uuid }>(
    `select file_id from statement_file where state = 'waiting'
        and (claim is null or touched_at < clock_timestamp() - make_interval(secs => $1))
      order by received_at, file_id limit 100`,
    [idleSeconds],
  );
  return rows.map((row) => row.file_id);
}

/** False: it is not waiting, or another reads it. */
export async function claimFile(tx: Tx, fileId: Uuid, claim: Uuid, idleSeconds: number): Promise<boolean> {
  const rows = await tx.query(
    `update statement_file set claim = $2, touched_at = clock_timestamp()
      where file_id = $1 and state = 'waiting'
        and (claim is null or touched_at < clock_timestamp() - make_interval(secs => $3)) returning 1`,
    [fileId, claim, idleSeconds],
  );
  return rows.length === 1;
}

/** False: another has taken it over. Locks the row, so that two never write at once. */
export async function holdClaim(tx: Tx, fileId: Uuid, claim: Uuid): Promise<boolean> {
  const rows = await tx.query(
    `update statement_file set touched_at = clock_timestamp()
      where file_id = $1 and claim = $2 and state = 'waiting' returning 1`,
    [fileId, claim],
  );
  return rows.length === 1;
}

/** Somebody else may try at once. */
export async function releaseClaim(tx: Tx, fileId: Uuid, claim: Uuid): Promise<void> {
  await tx.query(`update statement_file set claim = null where file_id = $1 and claim = $2`, [fileId, claim]);
}

interface FileRow {
  file_id: Uuid;
  name: string;
  source: FileSource;
  bank_id: number | null;
  account_id: number | null;
  state: FileState;
  bytes: bigint;
  statements: number;
  lines: number;
  fault: string | null;
  fault_place: string | null;
  received_at: Date;
}

/** Newest first; or the one of an id. */
export async function readFiles(tx: Tx, which: Uuid | null, limit: number): Promise<StatementFile[]> {
  const rows = await tx.query<FileRow>(
    `select * from statement_file where ($1::uuid is null or file_id = $1)
      order by received_at desc, file_id desc limit $2`,
    [which, limit],
  );
  return rows.map((row) => ({
    fileId: row.file_id,
    name: row.name,
    source: row.source,
    bankId: row.bank_id,
    accountId: row.account_id,
    state: row.state,
    bytes: row.bytes,
    statements: row.statements,
    lines: row.lines,
    fault: row.fault,
    faultPlace: row.fault_place,
    receivedAt: row.received_at,
  }));
}

export async function readFile(tx: Tx, fileId: Uuid): Promise<StatementFile | undefined> {
  const [file] = await readFiles(tx, fileId, 1);
  return file;
}
