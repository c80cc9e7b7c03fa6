// Download of a settlement's reports: frozen bytes, streamed, with digests, conditional requests, ranges and gzip.

import { createHash, type Hash } from 'node:crypto';
import { Readable, Transform } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callingBiller, isOperator } from '../../channels/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { billerOf, parseId, type Uuid } from '../../kernel/ids.ts';
import type { Database } from '../../platform/db/index.ts';
import { negotiate, problemResponses, type Language, type Server } from '../../platform/http/index.ts';
import { readBatch } from '../store-batch.ts';
import { byteRange, isNamed, takesGzip, type ByteRange } from './byte-range.ts';
import { BYTE_ORDER_MARK } from './csv.ts';
import {
  fileName,
  languageFor,
  MEDIA_TYPES,
  ownLanguage,
  type DocumentKey,
  type Format,
} from './document.ts';
import { readBytes, readMarkedBytes } from './document-stream.ts';
import { FileAnswer, PartAnswer, ReportParams, ReportQuery } from './schema.ts';
import { findDocument, type DocumentRow } from './store-documents.ts';

export interface DocumentTools {
  readonly database: Database;
}

const always = ['malformed-request', 'unauthenticated', 'forbidden', 'too-many-requests'] as const;

/** HEAD answers as GET does, without the bytes. */
export function documentRoutes(app: Server, tools: DocumentTools): void {
  for (const method of ['GET', 'HEAD'] as const) documentRoute(app, tools, method);
}

function documentRoute(app: Server, tools: DocumentTools, method: 'GET' | 'HEAD'): void {
  app.route({
    method,
    url: '/v1/settlements/:settlementId/report.:format',
    config: { slowMs: 60_000 },
    schema: {
      tags: ['settlements'],
      operationId: 'settlementReport',
      summary: 'A report of a settlement, as it was frozen after the close',
      description:
        'JSON has everything but the payments; CSV has a line for each bill that was paid, reversed or rejected; XLSX has both; PDF is a summary to print. 503 `report-not-ready` in the moments before they are made.',
      params: ReportParams,
      querystring: ReportQuery,
      response: {
        200: FileAnswer,
        206: PartAnswer,
        304: { type: 'null', description: 'The client has it already.' },
        ...problemResponses(...always, 'settlement-not-found', 'range-not-satisfiable', 'report-not-ready'),
      },
    },
    handler: async (request, reply) => {
      const { settlementId, format } = request.params;
      const { language, bom } = request.query;
      const id = ownId(request, settlementId);
      const found = await find(tools, request, id, format, language);
      return send(request, reply, tools, { ...found, isMarked: format === 'csv' && bom === 'true' });
    },
  });
}

/** Of another agency it says what it says of one that never was. */
function ownId(request: FastifyRequest, shown: string): Uuid {
  const id = parseId('stl', shown);
  if (id === undefined || (!isOperator(request) && callingBiller(request) !== billerOf(id)))
    throw notFound(shown);
  return id;
}

function notFound(settlementId: string): Refused {
  return new Refused(refuse('settlement-not-found', { settlementId }));
}

interface Found {
  readonly key: DocumentKey;
  readonly row: DocumentRow;
  readonly name: string;
}

const AGAIN_AFTER_SECONDS = 5;

async function find(
  { database }: DocumentTools,
  request: FastifyRequest,
  settlementId: Uuid,
  format: Format,
  wished: Language | undefined,
): Promise<Found> {
  const billerId = billerOf(settlementId);
  return database.nodeOf(billerId).transaction(async (tx) => {
    const batch = await readBatch(tx, billerId, settlementId);
    if (batch === undefined) throw notFound(settlementId);
    const asked = request.headers['accept-language'];
    const language = wished ?? (asked === undefined ? ownLanguage(batch) : negotiate(asked));
    const key = { billerId, settlementId, format, language: languageFor(format, language) };
    const row = await findDocument(tx, key);
    if (row === undefined)
      throw new Refused(refuse('report-not-ready', { retryAfterSeconds: AGAIN_AFTER_SECONDS }));
    const name = fileName(
      { billerCode: batch.facts.billerCode, businessDate: batch.businessDate },
      format,
      key.language,
    );
    return { key, row, name };
  });
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  { database }: DocumentTools,
  { key, row, name, isMarked }: Found & { isMarked: boolean },
): FastifyReply {
  const digest = isMarked ? (row.marked_sha256 ?? row.sha256) : row.sha256;
  const size = Number(row.bytes) + (isMarked ? BYTE_ORDER_MARK.length : 0);
  const isZipped = takesGzip(request.headers['accept-encoding']) && request.headers.range === undefined;
  const etag = `"${digest.toString('base64url')}${isZipped ? '-gzip' : ''}"`;
  reply
    .header('etag', etag)
    .header('cache-control', 'private, no-cache')
    .header('vary', 'accept-encoding, accept-language')
    .header('accept-ranges', isZipped ? 'none' : 'bytes');
  if (isNamed(request.headers['if-none-match'], etag)) return reply.code(304).send();
  reply
    .header('content-type', MEDIA_TYPES[key.format])
    .header('content-language', key.language)
    .header('content-disposition', `attachment; filename="${name}"`);
  const read = (range: ByteRange): Readable =>
    Readable.from((isMarked ? readMarkedBytes : readBytes)(database, key, range), {
      objectMode: false,
      highWaterMark: 1024 * 1024,
    });
  const isHead = request.method === 'HEAD';
  if (isZipped && isHead) return reply.header('content-encoding', 'gzip').send();
  if (isZipped) return sendZipped(reply, read({ from: 0, to: size - 1 }));
  const range = isCurrent(request, etag) ? byteRange(request.headers.range, size) : undefined;
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${size}`);
    throw new Refused(refuse('range-not-satisfiable', { bytes: size }));
  }
  const { from, to } = range ?? { from: 0, to: size - 1 };
  const shown = `sha-256=:${digest.toString('base64')}:`;
  // The digest of the whole: with a range the content is less than the representation (RFC 9530 §3).
  reply.header(range === undefined ? 'content-digest' : 'repr-digest', shown);
  if (range !== undefined) reply.header('content-range', `bytes ${from}-${to}/${size}`);
  reply.code(range === undefined ? 200 : 206).header('content-length', to - from + 1);
  return isHead ? reply.send() : reply.send(read({ from, to }));
}

/** `if-range` names another document than the one that is here: its range is not served from this one. */
function isCurrent(request: FastifyRequest, etag: string): boolean {
  const condition = request.headers['if-range'];
  return condition === undefined || condition === etag;
}

/** The digest of what is sent is known at its end, so it follows as a trailer. */
function sendZipped(reply: FastifyReply, content: Readable): FastifyReply {
  const hash = createHash('sha256');
  const gzip = createGzip({ level: 3, chunkSize: 64 * 1024 });
  const digested = digesting(hash);
  content.once('error', (error) => gzip.destroy(error)).pipe(gzip);
  gzip.once('error', (error) => digested.destroy(error)).pipe(digested);
  // Who goes away takes the last of the three with him.
  digested.once('close', () => {
    gzip.destroy();
    content.destroy();
  });
  return reply
    .header('content-encoding', 'gzip')
    .trailer('content-digest', async () => `sha-256=:${hash.digest('base64')}:`)
    .send(digested);
}

function digesting(hash: Hash): Transform {
  return new Transform({
    transform(bytes: Buffer, _, next) {
      hash.update(bytes);
      next(null, bytes);
    },
  });
}
