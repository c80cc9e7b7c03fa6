// Debits over HTTP, to look at: lists, one with its history, what is coming, and what a month came to.

import { Readable } from 'node:stream';
import { Type } from 'typebox';
import type { FastifyRequest } from 'fastify';
import type { Biller } from '../../billers/index.ts';
import { isBusinessDate } from '../../kernel/business-date.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { problemResponses, sendJson, type Server } from '../../platform/http/index.ts';
import { mandateCaller } from '../mandates/who-may.ts';
import { DebitAnswer, DebitPage } from './answer-schema.ts';
import { debitCalendar } from './calendar.ts';
import { CalendarAnswer } from './calendar-schema.ts';
import { reportCsv, REPORT_HEADER } from './report-csv.ts';
import { debitReport } from './report.ts';
import { REPORT_EXAMPLE, ReportAnswer } from './report-schema.ts';
import { CalendarQuery, DebitParams, DebitQuery, ReportQuery } from './schema.ts';
import { shareWork } from './share-work.ts';
import { listOfDebits, showDebit, type FollowTools } from './show-debit.ts';

const tags = ['mandates'];
const usual = [
  'malformed-request',
  'unauthenticated',
  'forbidden',
  'biller-not-found',
  'too-many-requests',
] as const;

export function debitRoutes(app: Server, tools: FollowTools): void {
  lookRoutes(app, tools);
  calendarRoute(app, tools);
  reportRoute(app, tools);
}

function lookRoutes(app: Server, tools: FollowTools): void {
  app.get(
    '/v1/debits',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'debits',
        summary: 'Debits, the earliest collected first',
        description:
          'An agency sees those that it collects, a bank those that were made for it, the operator’s people all, or with `?biller=` one agency’s.',
        querystring: DebitQuery,
        response: { 200: DebitPage, ...problemResponses(...usual) },
      },
    },
    async (request, reply) =>
      sendJson(reply, 200, await listOfDebits(tools, mandateCaller(request), request.query)),
  );
  app.get(
    '/v1/debits/:debitId',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'debit',
        summary: 'One debit: its bills, what banks said of it, its history',
        params: DebitParams,
        response: { 200: DebitAnswer, ...problemResponses(...usual, 'debit-not-found') },
      },
    },
    async (request, reply) =>
      sendJson(reply, 200, await showDebit(tools, mandateCaller(request), request.params.debitId)),
  );
}

function calendarRoute(app: Server, tools: FollowTools): void {
  const shared = shareWork<CalendarAnswer>();
  app.get(
    '/v1/debits/calendar',
    {
      config: { budget: 'status', slowMs: 60_000 },
      schema: {
        tags,
        operationId: 'debitCalendar',
        summary: 'What is collected, day by day',
        description:
          'The debits that there are, by state, and what is expected: open bills that are taken up when their day comes, as they stand today, and debits that are tried again. Of one agency; the operator’s people name it by `?biller=`.',
        querystring: CalendarQuery,
        response: { 200: CalendarAnswer, ...problemResponses(...usual) },
      },
    },
    async (request, reply) => {
      const biller = billerFor(request, tools);
      const key = JSON.stringify([biller.billerId, request.query]);
      const answer = await shared(key, () => debitCalendar(tools.database, biller, request.query));
      return sendJson(reply, 200, answer);
    },
  );
}

const CSV_EXAMPLE = `${REPORT_HEADER}
2026-11-30,failed,insufficient-funds,dbt_06fhp0c6dm000g8k2n5v7w9xqz,WSTD06FHP0C6DM000G8K2N5V7W9XQZ,mnd_06fhp0c6dm000g8k2n5v7w9xqz,MND-2026-0042,E-20417,Al Noor Trading,OM*****************3456,bank-one,1,150.000,OMR,1,,2026-12-03,
`;

function reportRoute(app: Server, tools: FollowTools): void {
  app.get(
    '/v1/debits/report',
    {
      config: { slowMs: 60_000 },
      schema: {
        tags,
        operationId: 'debitReport',
        summary: 'What a month of debits came to',
        description:
          'JSON: asked, collected, failed by reason, returned, dropped. CSV (`format=csv`, or by Accept): a line for each debit. Of one agency; the operator’s people name it by `?biller=`.',
        querystring: ReportQuery,
        response: {
          200: Type.Unsafe<Readable>({
            description: 'The report.',
            content: {
              'application/json': { schema: ReportAnswer, example: REPORT_EXAMPLE },
              'text/csv': { schema: { type: 'string' }, example: CSV_EXAMPLE },
            },
          }),
          ...problemResponses(...usual),
        },
      },
    },
    async (request, reply) => {
      const biller = billerFor(request, tools);
      const { month, format, bom } = request.query;
      if (!isBusinessDate(`${month}-01`)) throw new Refused(refuse('malformed-request', { field: 'month' }));
      reply.header('cache-control', 'private, no-cache').header('vary', 'accept');
      const wantsCsv =
        format === undefined ? (request.headers.accept ?? '').startsWith('text/csv') : format === 'csv';
      if (!wantsCsv) return sendJson(reply, 200, await debitReport(tools, biller, month));
      return reply
        .header('content-type', 'text/csv; charset=utf-8; header=present')
        .header('content-disposition', `attachment; filename="${biller.code}-${month}-debits.csv"`)
        .send(Readable.from(reportCsv(tools, biller, month, bom === 'true')));
    },
  );
}

/** Refuses `forbidden` for banks, `malformed-request` for an operator who names no agency. */
function billerFor(request: FastifyRequest, { directory }: FollowTools): Biller {
  const { billerId, channelId } = mandateCaller(request);
  if (channelId !== null) throw new Refused(refuse('forbidden', { reason: 'only agencies have this' }));
  const biller = billerId === null ? undefined : directory.current.billersById.get(billerId);
  if (biller === undefined) throw new Refused(refuse('malformed-request', { field: 'biller' }));
  return biller;
}
