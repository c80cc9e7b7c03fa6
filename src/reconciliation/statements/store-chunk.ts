// SQL of the bytes of files of statements, in chunks.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { KeptChunk } from './sealed-chunk.ts';

export interface NewChunk {
  readonly fileId: Uuid;
  /** From 0. */
  readonly chunk: number;
  readonly sealed: Buffer;
  /** Of what the bank has written. */
  readonly size: number;
}

/** False: it is not being received any more, because nothing came for too long. */
export async function appendChunk(tx: Tx, { fileId, chunk, sealed, size }: NewChunk): Promise<boolean> {
  const rows = await tx.query(
    `update statement_file set bytes = bytes + $2, touched_at = clock_timestamp()
      where file_id = $1 and state = 'receiving' returning 1`,
    [fileId, size],
  );
  if (rows.length === 0) return false;
  await tx.query('insert into statement_file_chunk (file_id, chunk, sealed_bytes) values ($1, $2, $3)', [
    fileId,
    chunk,
    sealed,
  ]);
  return true;
}

export async function readChunk(tx: Tx, fileId: Uuid, chunk: number): Promise<KeptChunk | undefined> {
  const [row] = await tx.query<KeptChunk>(
    'select bytes, sealed_bytes from statement_file_chunk where file_id = $1 and chunk = $2',
    [fileId, chunk],
  );
  return row;
}

/** undefined: there is none, or others have those that there are. */
export async function lockClearChunk(
  tx: Tx,
): Promise<{ file_id: Uuid; chunk: number; bytes: Buffer } | undefined> {
  const [row] = await tx.query<{ file_id: Uuid; chunk: number; bytes: Buffer }>(
    'select file_id, chunk, bytes from statement_file_chunk where bytes is not null limit 1 for update skip locked',
  );
  return row;
}

export async function putSealedChunk(tx: Tx, fileId: Uuid, chunk: number, sealed: Buffer): Promise<void> {
  await tx.query(
    'update statement_file_chunk set bytes = null, sealed_bytes = $3 where file_id = $1 and chunk = $2',
    [fileId, chunk, sealed],
  );
}
