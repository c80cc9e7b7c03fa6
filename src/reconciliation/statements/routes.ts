// Bank statements over HTTP, for the operator's people: a file as a raw stream, and what became of it. In a context of its
// own, because these bodies may be of any type and size.

import type { Readable } from 'node:stream';
import { Type } from 'typebox';
import { actorOf, recordAudit } from '../../access/index.ts';
import { announcedDigests } from '../../channels/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { showId } from '../../kernel/ids.ts';
import { orThrow } from '../../kernel/or-throw.ts';
import type { Database } from '../../platform/db/index.ts';
import {
  bodyStream,
  partReader,
  problemResponses,
  sendJson,
  type Server,
} from '../../platform/http/index.ts';
import { bringingOf } from './bring.ts';
import { receiveStatementFile, type KeepingParts } from './receive-file.ts';
import {
  FileParams,
  ListQuery,
  StatementAccepted,
  StatementFileAnswer,
  StatementFileList,
  UploadQuery,
} from './schema.ts';
import { LinesQuery, StatementLines } from './line-schema.ts';
import { linesOf } from './list-lines.ts';
import { listFiles, showFile } from './show-files.ts';
import { operatorOf } from './who-sees.ts';

const tags = ['reconciliation'];
const always = ['malformed-request', 'unauthenticated', 'forbidden', 'too-many-requests'] as const;
const readQuery = partReader(UploadQuery, '');

export function statementRoutes(app: Server, tools: KeepingParts): void {
  void app.register(async (files: Server) => {
    files.removeAllContentTypeParsers();
    files.addContentTypeParser('*', (_request, stream, done) => done(null, stream));
    uploadRoute(files, tools);
  });
  lookRoutes(app, tools);
  linesRoute(app, tools);
}

function uploadRoute(app: Server, parts: KeepingParts): void {
  const { database } = parts;
  app.post(
    '/v1/statements',
    {
      config: { streamsBody: true },
      // The body is a stream, which no schema can look into; the one below is for the description alone.
      validatorCompiler: () => () => true,
      schema: {
        tags,
        operationId: 'sendStatement',
        summary: 'Bring a bank’s file of statements',
        description:
          'camt.053, camt.052, camt.054, MT940, MT942, or CSV as the settings of the bank describe it; plain or gzip; its first bytes say what it is. The bytes are kept first; then it is read whole or refused whole, within seconds: ask for the file. The same bytes twice are one file.',
        querystring: UploadQuery,
        body: Type.Unsafe<Readable>({
          content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
        }),
        response: {
          200: { ...StatementAccepted, description: 'These bytes had come before: this is their id.' },
          202: { ...StatementAccepted, description: 'Kept; it is being read.' },
          ...problemResponses(...always, 'payload-too-large'),
        },
      },
    },
    async (request, reply) => {
      const person = operatorOf(request);
      const { name = 'upload', ...said } = readQuery(request.query);
      const bringing = await bringingOf(database, 'upload', { name, ...said });
      if (!bringing.ok) throw malformed(bringing.reason);
      const stream = bodyStream(request);
      const received = orThrow(
        await receiveStatementFile(parts, bringing.value, stream, announcedDigests(request)),
      );
      const fileId = showId('sfl', received.fileId);
      await database.transaction((tx) =>
        recordAudit(tx, actorOf(person, request.ip), {
          action: 'statement.import',
          subject: `statement-file/${fileId}`,
          after: { known: received.known, ...said },
        }),
      );
      return reply.code(received.known ? 200 : 202).send({ fileId });
    },
  );
}

function lookRoutes(app: Server, { database }: { readonly database: Database }): void {
  app.get(
    '/v1/statements',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'statementFiles',
        summary: 'Files of statements, the newest first',
        querystring: ListQuery,
        response: { 200: StatementFileList, ...problemResponses(...always) },
      },
    },
    async (request, reply) => {
      operatorOf(request);
      const items = await listFiles(database, request.query.limit ?? 100);
      return sendJson(reply, 200, { items, next: null });
    },
  );
  app.get(
    '/v1/statements/:fileId',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'statementFile',
        summary: 'A file of statements: whether it was read, why not, and what its lines were found to be',
        params: FileParams,
        response: { 200: StatementFileAnswer, ...problemResponses(...always, 'not-found') },
      },
    },
    async (request, reply) => {
      operatorOf(request);
      const file = await showFile(database, request.params.fileId);
      if (file === undefined) throw new Refused(refuse('not-found'));
      return sendJson(reply, 200, file);
    },
  );
}

function linesRoute(app: Server, { database }: { readonly database: Database }): void {
  app.get(
    '/v1/statements/:fileId/lines',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'statementLines',
        summary: 'Lines of a file of statements: what the bank says, what each was booked as, and its breaks',
        description: 'The id may also be that of one statement of a file (`stm_…`).',
        params: FileParams,
        querystring: LinesQuery,
        response: { 200: StatementLines, ...problemResponses(...always, 'not-found') },
      },
    },
    async (request, reply) => {
      operatorOf(request);
      const lines = await linesOf(database, request.params.fileId, request.query);
      return sendJson(reply, 200, orThrow(lines));
    },
  );
}

function malformed(detail: string): Refused {
  return new Refused(refuse('malformed-request', undefined, { errors: [{ pointer: '', detail }] }));
}
