// Makes what is missing of a settlement's documents and keeps their bytes. Everything is made of rows that do not
// change, so whoever makes a document again makes the same; it counts from the moment its row is there, after what
// was written has been read back. No transaction holds more than a chunk.

import { createHash } from 'node:crypto';
import type { Uuid } from '../../kernel/ids.ts';
import type { Database } from '../../platform/db/index.ts';
import { BYTE_ORDER_MARK, writeCsv } from './csv.ts';
import { DOCUMENTS, type DocumentKey } from './document.ts';
import { writeJson } from './json.ts';
import { writePdf } from './pdf.ts';
import type { SettlementReport } from './report.ts';
import {
  CHUNK_BYTES,
  deleteChunksFrom,
  insertDocument,
  listDocuments,
  putChunk,
  readChunkDigests,
} from './store-documents.ts';
import { readReport } from './store-report.ts';
import { writeXlsx } from './xlsx.ts';

/** How many were made now. `signal`: stop between two chunks; the next one begins the document again. */
export async function makeDocuments(
  database: Database,
  billerId: number,
  settlementId: Uuid,
  signal?: AbortSignal,
): Promise<number> {
  const node = database.nodeOf(billerId);
  const { report, made } = await node.transaction(async (tx) => ({
    report: await readReport(tx, billerId, settlementId),
    made: await listDocuments(tx, billerId, settlementId),
  }));
  if (report === undefined) throw new Error(`biller ${billerId} has no settlement ${settlementId}`);
  const missing = DOCUMENTS.filter(
    ({ format, language }) => !made.some((one) => one.format === format && one.language === language),
  );
  let count = 0;
  for (const { format, language } of missing) {
    if (signal?.aborted === true) break;
    const key = { billerId, settlementId, format, language };
    if (await keep(node, key, documentBytes(database, report, key), signal)) count += 1;
  }
  return count;
}

/** The bytes of one document, made now. */
export async function* documentBytes(
  database: Database,
  report: SettlementReport,
  { format, language }: Pick<DocumentKey, 'format' | 'language'>,
): AsyncGenerator<Buffer, void, undefined> {
  const { batch } = report;
  switch (format) {
    case 'json':
      return yield writeJson(report);
    case 'pdf':
      return yield await writePdf(report, language);
    case 'csv':
      return yield* writeCsv(database, { ...batch, timeZone: batch.facts.timeZone });
    case 'xlsx':
      return yield* writeXlsx(database, report, language);
  }
}

/** False: it was given up. */
async function keep(
  node: Database,
  key: DocumentKey,
  content: AsyncIterable<Buffer>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const whole = createHash('sha256');
  const marked = key.format === 'csv' ? createHash('sha256').update(BYTE_ORDER_MARK) : undefined;
  const digests: Buffer[] = [];
  let bytes = 0n;
  for await (const chunk of inChunks(content)) {
    if (signal?.aborted === true) return false;
    whole.update(chunk);
    marked?.update(chunk);
    bytes += BigInt(chunk.length);
    await node.transaction((tx) => putChunk(tx, key, digests.length, chunk));
    digests.push(createHash('sha256').update(chunk).digest());
  }
  await node.transaction((tx) => deleteChunksFrom(tx, key, digests.length));
  await compare(node, key, digests);
  const row = { bytes, sha256: whole.digest(), marked_sha256: marked?.digest() ?? null };
  await node.transaction((tx) => insertDocument(tx, key, row));
  return true;
}

const COMPARED_AT_ONCE = 32;

/** Throws when another program has written something else meanwhile; the next attempt makes it anew. */
async function compare(node: Database, key: DocumentKey, digests: readonly Buffer[]): Promise<void> {
  for (let from = 0; from < digests.length; from += COMPARED_AT_ONCE) {
    const stored = await node.transaction((tx) => readChunkDigests(tx, key, from, COMPARED_AT_ONCE));
    const wanted = digests.slice(from, from + COMPARED_AT_ONCE);
    if (stored.length !== wanted.length || wanted.some((digest, i) => stored[i]?.equals(digest) !== true))
      throw new Error(`document ${key.format} ${key.language} of ${key.settlementId} was written over`);
  }
}

/** The same bytes in chunks of CHUNK_BYTES, the last one shorter. */
async function* inChunks(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  let chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let filled = 0;
  for await (const piece of content) {
    for (let from = 0; from < piece.length;) {
      const copied = piece.copy(chunk, filled, from);
      filled += copied;
      from += copied;
      if (filled < CHUNK_BYTES) continue;
      yield chunk;
      chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}
