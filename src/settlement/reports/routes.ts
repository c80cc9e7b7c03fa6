// Reports that are made when they are asked for: JSON, or a file by Accept or `format`.

import { buffer } from 'node:stream/consumers';
import { Type } from 'typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Biller } from '../../billers/index.ts';
import type { Directory } from '../../channels/index.ts';
import { isBusinessDate } from '../../kernel/business-date.ts';
import { refuse, Refused, type Refusal } from '../../kernel/errors.ts';
import type { Database } from '../../platform/db/index.ts';
import {
  negotiate,
  problemResponses,
  sendJson,
  type Language,
  type Server,
} from '../../platform/http/index.ts';
import { MEDIA_TYPES } from '../documents/index.ts';
import { reportedBiller } from '../reported-biller.ts';
import { dailyTotals } from './daily.ts';
import { DailyAnswer } from './daily-schema.ts';
import { dailyWorkbook } from './daily-xlsx.ts';
import { namesOfDay, namesOfStatement } from './names.ts';
import { payerStatement } from './payer-statement.ts';
import { performanceReport } from './performance.ts';
import { performanceWorkbook } from './performance-xlsx.ts';
import { PerformanceAnswer } from './performance-schema.ts';
import { DailyQuery, PayerParams, SpanQuery, StatementQuery } from './query-schema.ts';
import { MOST_DAYS, spanFault } from './span.ts';
import { StatementAnswer } from './statement-schema.ts';
import { statementPdf } from './statement-pdf.ts';

export interface ReportTools {
  readonly database: Database;
  readonly directory: Directory;
}

const tags = ['reports'];
const always = [
  'malformed-request',
  'unauthenticated',
  'forbidden',
  'biller-not-found',
  'too-many-requests',
] as const;
const config = { slowMs: 10_000 };

export function reportRoutes(app: Server, tools: ReportTools): void {
  dailyRoute(app, tools);
  performanceRoute(app, tools);
  statementRoute(app, tools);
}

function dailyRoute(app: Server, { database, directory }: ReportTools): void {
  app.get(
    '/v1/reports/daily',
    {
      config,
      schema: {
        tags,
        operationId: 'dailyTotals',
        summary: 'Totals of a business date as they stand, also of an open one',
        description:
          'JSON, or a workbook for `format=xlsx` or by Accept. Once the day is sealed they do not change.',
        querystring: DailyQuery,
        response: { 200: withFile(DailyAnswer, 'xlsx'), ...problemResponses(...always) },
      },
    },
    async (request, reply) => {
      const { date, format } = request.query;
      if (!isBusinessDate(date)) throw new Refused(refuse('malformed-request', { field: 'date' }));
      const biller = billerFor(request, directory, request.query.biller);
      const day = await dailyTotals(database, biller, date);
      if (!wants(request, 'xlsx', format)) return sendJson(reply, 200, day);
      const language = languageOf(request, request.query.language);
      const names = await namesOfDay(database, biller.billerId, day);
      const bytes = await buffer(dailyWorkbook(day, biller, names, language));
      return sendFile(reply, 'xlsx', `${biller.code}-${date}-daily-${language}`, language, bytes);
    },
  );
}

function performanceRoute(app: Server, { database, directory }: ReportTools): void {
  app.get(
    '/v1/reports/performance',
    {
      config,
      schema: {
        tags,
        operationId: 'performance',
        summary: 'How the service was: volumes, refusals, speed, confirmations, availability',
        description:
          'Counted by the gateways and written down every twenty seconds. JSON, or a workbook for `format=xlsx` or by Accept.',
        querystring: SpanQuery,
        response: { 200: withFile(PerformanceAnswer, 'xlsx'), ...problemResponses(...always) },
      },
    },
    async (request, reply) => {
      const { from, to, format } = request.query;
      refuseFault(spanFault(from, to, MOST_DAYS.performance));
      const biller = billerFor(request, directory, request.query.biller);
      const report = await performanceReport(database, biller, { from, to });
      if (!wants(request, 'xlsx', format)) return sendJson(reply, 200, report);
      const language = languageOf(request, request.query.language);
      const bytes = await buffer(performanceWorkbook(report, biller, language));
      return sendFile(reply, 'xlsx', `${biller.code}-${from}-${to}-performance-${language}`, language, bytes);
    },
  );
}

function statementRoute(app: Server, { database, directory }: ReportTools): void {
  app.get(
    '/v1/reports/payers/:payerId',
    {
      config,
      schema: {
        tags,
        operationId: 'payerStatement',
        summary: 'What a payer has paid, with receipts',
        description: 'For the agency, about its own payers. JSON, or PDF for `format=pdf` or by Accept.',
        params: PayerParams,
        querystring: StatementQuery,
        response: { 200: withFile(StatementAnswer, 'pdf'), ...problemResponses(...always, 'not-found') },
      },
    },
    async (request, reply) => {
      const { from, to, format } = request.query;
      refuseFault(spanFault(from, to, MOST_DAYS.statement));
      const biller = billerFor(request, directory, request.query.biller);
      const { payerId } = request.params;
      const statement = await payerStatement(database, biller, { payerId, from, to });
      if (!wants(request, 'pdf', format)) return sendJson(reply, 200, statement);
      const language = languageOf(request, request.query.language);
      const names = await namesOfStatement(database, biller.billerId, statement);
      const bytes = await statementPdf(statement, biller, names, language);
      return sendFile(reply, 'pdf', `${biller.code}-${from}-${to}-statement-${language}`, language, bytes);
    },
  );
}

function billerFor(request: FastifyRequest, directory: Directory, code: string | undefined): Biller {
  const billerId = reportedBiller(request, directory, code);
  const biller = directory.current.billersById.get(billerId);
  if (biller === undefined) throw new Error(`no biller ${billerId}`);
  return biller;
}

function refuseFault(fault: Refusal | undefined): void {
  if (fault !== undefined) throw new Refused(fault);
}

/** `format` counts for more than Accept. */
function wants(request: FastifyRequest, file: 'xlsx' | 'pdf', format: string | undefined): boolean {
  if (format !== undefined) return format === file;
  return request.headers.accept?.includes(MEDIA_TYPES[file]) ?? false;
}

function languageOf(request: FastifyRequest, wished: Language | undefined): Language {
  return wished ?? negotiate(request.headers['accept-language']);
}

function sendFile(
  reply: FastifyReply,
  format: 'xlsx' | 'pdf',
  name: string,
  language: Language,
  bytes: Buffer,
): FastifyReply {
  return reply
    .header('content-type', MEDIA_TYPES[format])
    .header('content-language', language)
    .header('vary', 'accept, accept-language')
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .send(bytes);
}

/** An answer that is a file as well; both are sent past the serializer. */
function withFile(answer: object, format: 'xlsx' | 'pdf') {
  // Of a schema that is given by media type nobody else lifts the example to where readers look for it.
  const { examples: [example] = [], ...schema }: { examples?: readonly unknown[] } = answer;
  return Type.Unsafe<never>({
    description: 'The report.',
    content: {
      'application/json': { schema, example },
      [MEDIA_TYPES[format]]: { schema: { type: 'string', format: 'binary' } },
    },
  });
}
