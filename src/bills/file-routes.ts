// Bill files over HTTP: an upload of any size as a raw stream, its progress, its rejects. In a context of its own,
// because these bodies are not JSON and no limit of size holds for them.

import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { actorOf } from '../access/index.ts';
import { announcedDigests, callingBiller } from '../channels/index.ts';
import type { Database } from '../platform/db/index.ts';
import {
  bodyStream,
  isCompressed,
  lineFormat,
  LINE_TYPES,
  problemResponses,
  type Server,
} from '../platform/http/index.ts';
import type { Log } from '../platform/log.ts';
import { FileAccepted, FileList, FileParams, FileQuery, FileState } from './file-schema.ts';
import { handOver, type BillFileQueue } from './jobs.ts';
import { receiveBillFile } from './receive-bill-file.ts';
import { orThrow } from '../kernel/or-throw.ts';
import { listBillFiles, rejectsOf, showBillFile } from './show-bill-file.ts';

export interface FileTools {
  readonly database: Database;
  readonly billFiles: BillFileQueue;
  readonly log: Pick<Log, 'warn'>;
}

const tags = ['bills'];
const EXAMPLE_CSV =
  'billNumber,payerId,payerName,description,amount,currency,dueOn\r\nOM-2026-000417,E-20417,شركة النور للتجارة,Contribution of November 2026,125.500,OMR,2026-12-15\r\n';
const EXAMPLE_REJECTS =
  'line,code,field,detail\r\n29,currency-mismatch,currency,"must be OMR, the currency of the biller"\r\n';
const EXAMPLE_NDJSON =
  '{"billNumber":"OM-2026-000417","payerId":"E-20417","payerName":"شركة النور للتجارة","description":"Contribution of November 2026","amount":{"value":"125.500","currency":"OMR"},"dueOn":"2026-12-15"}\n';

export function fileRoutes(app: Server, tools: FileTools): void {
  void app.register(async (files: Server) => {
    files.removeAllContentTypeParsers();
    files.addContentTypeParser(LINE_TYPES, (_request, stream, done) => done(null, stream));
    uploadRoute(files, tools);
  });
  listRoute(app, tools);
  progressRoute(app, tools);
  rejectsRoute(app, tools);
}

function uploadRoute(app: Server, tools: FileTools): void {
  app.post(
    '/v1/bill-files',
    {
      config: { streamsBody: true },
      // The body is a stream, which no schema can look into; the one below is for the description alone.
      validatorCompiler: () => () => true,
      schema: {
        tags,
        operationId: 'sendBillFile',
        summary: 'Send many bills as one file',
        description:
          'CSV with a header (the columns billNumber, payerId, payerName, description, amount, currency, dueOn are required, expiresOn, unit, service, budgetLine, version optional, in any order) or NDJSON (the body of `PUT /v1/bills/{billNumber}` plus `billNumber`); UTF-8; any size; `content-encoding: gzip` is welcome, up to 200 times its size. A bad line never stops the good ones. The same bytes as your latest file are that file.',
        body: Type.Unsafe<Readable>({
          content: {
            'text/csv': { schema: { type: 'string', examples: [EXAMPLE_CSV] } },
            'application/x-ndjson': { schema: { type: 'string', examples: [EXAMPLE_NDJSON] } },
          },
        }),
        response: {
          200: { ...FileAccepted, description: 'The same bytes as your latest file: this is its id.' },
          202: { ...FileAccepted, description: 'Received; it is being loaded.' },
          ...problemResponses(
            'malformed-request',
            'forbidden',
            'unsupported-media-type',
            'payload-too-large',
          ),
        },
      },
    },
    async (request, reply) => {
      const received = orThrow(
        await receiveBillFile(tools.database, {
          billerId: sendingBiller(request),
          ...(request.person !== undefined && { sender: actorOf(request.person, request.ip) }),
          format: lineFormat(request),
          compressed: isCompressed(request),
          stream: bodyStream(request),
          announced: announcedDigests(request),
        }),
      );
      // Not waited for: the row says that there is something to load.
      void handOver(tools.billFiles, received.key, tools.log);
      return reply.code(received.known ? 200 : 202).send({ fileId: received.fileId });
    },
  );
}

function listRoute(app: Server, { database }: FileTools): void {
  app.get(
    '/v1/bill-files',
    {
      schema: {
        tags,
        operationId: 'billFiles',
        summary: 'Bill files, the newest first, and how far each is',
        querystring: FileQuery,
        response: { 200: FileList, ...problemResponses('malformed-request', 'forbidden') },
      },
    },
    async (request) => {
      const { after, limit = 100 } = request.query;
      return orThrow(await listBillFiles(database, callingBiller(request), { after, limit }));
    },
  );
}

/** An agency's own key; of its people who asks for things there, which leaves his name in the audit log. */
function sendingBiller(request: FastifyRequest): number {
  const { person } = request;
  if (person?.role === 'finance-officer' && person.billerId !== undefined) return person.billerId;
  return callingBiller(request);
}

function progressRoute(app: Server, { database }: FileTools): void {
  app.get(
    '/v1/bill-files/:fileId',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'getBillFile',
        summary: 'How far a bill file is',
        params: FileParams,
        response: { 200: FileState, ...problemResponses('forbidden', 'bill-file-not-found') },
      },
    },
    async (request) => orThrow(await showBillFile(database, callingBiller(request), request.params.fileId)),
  );
}

function rejectsRoute(app: Server, { database }: FileTools): void {
  app.get(
    '/v1/bill-files/:fileId/rejects',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'getBillFileRejects',
        summary: 'The refused lines of a bill file, with the reason',
        description:
          'CSV `line,code,field,detail`; lines count from 1, the header of a CSV file being line 1. The first 100,000 are listed; one more row says so when there are others.',
        params: FileParams,
        response: {
          200: {
            description: 'In order of lines; complete once the file is `done`.',
            content: {
              'text/csv': { schema: Type.Unsafe<Readable>({ type: 'string' }), example: EXAMPLE_REJECTS },
            },
          },
          ...problemResponses('forbidden', 'bill-file-not-found'),
        },
      },
    },
    async (request, reply) => {
      const pages = orThrow(await rejectsOf(database, callingBiller(request), request.params.fileId));
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${request.params.fileId}-rejects.csv"`)
        .send(Readable.from(pages));
    },
  );
}
