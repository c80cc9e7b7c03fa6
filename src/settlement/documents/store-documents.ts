// SQL of documents: their bytes in chunks of one mebibyte, and the row that says that they are whole. A document
// without its row is still being made; with it, it never changes.

import { to as copyTo } from 'pg-copy-streams';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import { DOCUMENTS, type DocumentKey, type Format } from './document.ts';
import type { Language } from '../../platform/http/index.ts';

export const CHUNK_BYTES = 1024 * 1024;

export interface DocumentRow {
  bytes: bigint;
  sha256: Buffer;
  /** Of CSV, with its byte order mark. */
  marked_sha256: Buffer | null;
}

export async function findDocument(tx: Tx, key: DocumentKey): Promise<DocumentRow | undefined> {
  const [row] = await tx.query<DocumentRow>(
    `select bytes, sha256, marked_sha256 from settlement_document
      where biller_id = $1 and settlement_id = $2 and format = $3 and language = $4`,
    valuesOf(key),
  );
  return row;
}

/** The documents of a settlement that are whole. */
export async function listDocuments(
  tx: Tx,
  billerId: number,
  settlementId: Uuid,
): Promise<{ format: Format; language: Language }[]> {
  return tx.query(
    'select format, language from settlement_document where biller_id = $1 and settlement_id = $2',
    [billerId, settlementId],
  );
}

/** Two who make the same write the same; what an older program left unfinished is written over. */
export async function putChunk(tx: Tx, key: DocumentKey, chunk: number, bytes: Buffer): Promise<void> {
  await tx.query(
    `insert into settlement_document_chunk (biller_id, settlement_id, format, language, chunk, bytes)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (biller_id, settlement_id, format, language, chunk)
     do update set bytes = excluded.bytes where settlement_document_chunk.bytes <> excluded.bytes`,
    [...valuesOf(key), chunk, bytes],
  );
}

/** SHA-256 of the chunks from one on, as they stand there. */
export async function readChunkDigests(
  tx: Tx,
  key: DocumentKey,
  from: number,
  limit: number,
): Promise<Buffer[]> {
  const rows = await tx.query<{ digest: Buffer }>(
    `select sha256(bytes) as digest from settlement_document_chunk
      where biller_id = $1 and settlement_id = $2 and format = $3 and language = $4 and chunk >= $5
      order by chunk limit $6`,
    [...valuesOf(key), from, limit],
  );
  return rows.map((row) => row.digest);
}

/** False: somebody else has finished it. */
export async function insertDocument(tx: Tx, key: DocumentKey, row: DocumentRow): Promise<boolean> {
  const rows = await tx.query(
    `insert into settlement_document (biller_id, settlement_id, format, language, bytes, sha256, marked_sha256, made_at)
     values ($1, $2, $3, $4, $5, $6, $7, business_now()) on conflict do nothing returning 1`,
    [...valuesOf(key), row.bytes, row.sha256, row.marked_sha256],
  );
  return rows.length === 1;
}

/** Left behind an end that came earlier than before, by an older program. */
export async function deleteChunksFrom(tx: Tx, key: DocumentKey, chunk: number): Promise<void> {
  await tx.query(
    `delete from settlement_document_chunk
      where biller_id = $1 and settlement_id = $2 and format = $3 and language = $4 and chunk >= $5`,
    [...valuesOf(key), chunk],
  );
}

/** By COPY, which sends bytes as they are: a query's answer would be text, twice as long, and kept whole. */
export async function readChunk(tx: Tx, key: DocumentKey, chunk: number): Promise<Buffer> {
  const { billerId, settlementId, format, language } = key;
  const where = [
    `biller_id = ${Math.trunc(billerId)}`,
    `settlement_id = ${literal(settlementId)}`,
    `format = ${literal(format)}`,
    `language = ${literal(language)}`,
    `chunk = ${Math.trunc(chunk)}`,
  ].join(' and ');
  const select = `select bytes from settlement_document_chunk where ${where}`;
  const pieces: Buffer[] = [];
  const copy = tx.client.query(copyTo(`copy (${select}) to stdout (format binary)`));
  for await (const piece of copy as AsyncIterable<Buffer>) pieces.push(piece);
  const whole = Buffer.concat(pieces);
  const length = whole.length < BEFORE_BYTES ? -1 : whole.readInt32BE(BEFORE_BYTES - 4);
  if (whole.length !== BEFORE_BYTES + length + AFTER_BYTES)
    throw new Error(`chunk ${chunk} of a document is missing`);
  return whole.subarray(BEFORE_BYTES, BEFORE_BYTES + length);
}

/** Signature, flags and extension (19), then of the row the count of its fields (2) and the length of its one (4). */
const BEFORE_BYTES = 25;
/** The trailer. */
const AFTER_BYTES = 2;

function literal(word: string): string {
  if (!/^[a-z0-9-]+$/.test(word)) throw new RangeError(`no part of a key: ${word}`);
  return `'${word}'`;
}

/** Settlements that still lack documents, oldest first; those of the last `days` days that have any, or all. */
export async function findUnmade(tx: Tx, billerId: number, days: number, limit: number): Promise<Uuid[]> {
  const rows = await tx.query<{ settlement_id: Uuid }>(
    `select b.settlement_id from settlement_batch b
      where b.biller_id = $1
        and b.business_date > (select max(business_date) from settlement_batch where biller_id = $1) - $2::int
        and (select count(*) from settlement_document d
              where d.biller_id = b.biller_id and d.settlement_id = b.settlement_id) < $3
      order by b.business_date limit $4`,
    [billerId, days, DOCUMENTS.length, limit],
  );
  return rows.map((row) => row.settlement_id);
}

function valuesOf({ billerId, settlementId, format, language }: DocumentKey): unknown[] {
  return [billerId, settlementId, format, language];
}
