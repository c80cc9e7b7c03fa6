// Channels' days for those who look: a list, how one stands, and its breaks. To a channel its own, to the operator's people
// every channel's.

import { Readable } from 'node:stream';
import { Type } from 'typebox';
import type { Directory } from '../../channels/index.ts';
import { orThrow } from '../../kernel/or-throw.ts';
import type { Database } from '../../platform/db/index.ts';
import { problemResponses, sendJson, type Server } from '../../platform/http/index.ts';
import { dateOf } from './date-of.ts';
import { breaksAsCsv, listBreaks } from './list-breaks.ts';
import { listDays } from './list-days.ts';
import { DayList, DayListQuery, DayQuery } from './list-schema.ts';
import { BreakList, BreakQuery, DayAnswer, DayParams } from './schema.ts';
import { showDay } from './show-day.ts';
import { channelOfDay, channelOfDays } from './whose-days.ts';

interface DayReaders {
  readonly database: Database;
  readonly directory: Directory;
}

const tags = ['reconciliation'];
const always = [
  'malformed-request',
  'unauthenticated',
  'forbidden',
  'not-found',
  'too-many-requests',
] as const;
const ofOne = [...always, 'reconciliation-not-found'] as const;
const EXAMPLE_BREAKS =
  'breakId,kind,reference,ours,theirs,state,amount,currency,line,paymentId,resolution\r\nbrk_01m8czv1xk0000ab3cd4ef5gh6,amount-differs,r-417,accepted 125.500 OMR 2026-11-22,accepted 125.000 OMR,open,0.500,OMR,12,pay_01m8czv1xk0001ab3cd4ef5gh6,\r\n';

export function lookRoutes(app: Server, tools: DayReaders): void {
  listRoute(app, tools);
  stateRoute(app, tools);
  breaksRoute(app, tools);
  csvRoute(app, tools);
}

function listRoute(app: Server, { database, directory }: DayReaders): void {
  app.get(
    '/v1/reconciliations',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'reconciliations',
        summary: 'Business dates of which you sent a file, balanced or not, the newest first',
        description:
          'A channel sees its own. The operator’s people see every channel’s, or with `channel` one’s.',
        querystring: DayListQuery,
        response: { 200: DayList, ...problemResponses(...always) },
      },
    },
    async (request, reply) => {
      const { channel, ...wish } = request.query;
      const whose = channelOfDays(request, directory, channel);
      return sendJson(reply, 200, orThrow(await listDays(database, whose?.channelId, wish)));
    },
  );
}

function stateRoute(app: Server, { database, directory }: DayReaders): void {
  app.get(
    '/v1/reconciliations/:businessDate',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'reconciliation',
        summary: 'How your business date stands against ours',
        params: DayParams,
        querystring: DayQuery,
        response: { 200: DayAnswer, ...problemResponses(...ofOne) },
      },
    },
    async (request, reply) => {
      const { channelId, code } = channelOfDay(request, directory, request.query.channel);
      const day = { channelId, businessDate: dateOf(request), channelCode: code };
      return sendJson(reply, 200, orThrow(await showDay(database, day)));
    },
  );
}

function breaksRoute(app: Server, { database, directory }: DayReaders): void {
  app.get(
    '/v1/reconciliations/:businessDate/breaks',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'reconciliationBreaks',
        summary: 'What does not agree on a business date',
        params: DayParams,
        querystring: BreakQuery,
        response: { 200: BreakList, ...problemResponses(...ofOne) },
      },
    },
    async (request, reply) => {
      const { limit = 100, channel, ...query } = request.query;
      const { channelId } = channelOfDay(request, directory, channel);
      const day = { channelId, businessDate: dateOf(request) };
      return sendJson(reply, 200, orThrow(await listBreaks(database, day, { ...query, limit })));
    },
  );
}

function csvRoute(app: Server, { database, directory }: DayReaders): void {
  app.get(
    '/v1/reconciliations/:businessDate/breaks.csv',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'reconciliationBreaksCsv',
        summary: 'The same as one CSV file',
        params: DayParams,
        querystring: DayQuery,
        response: {
          200: {
            description: 'Open and resolved ones.',
            content: {
              'text/csv': { schema: Type.Unsafe<Readable>({ type: 'string' }), example: EXAMPLE_BREAKS },
            },
          },
          ...problemResponses(...ofOne),
        },
      },
    },
    async (request, reply) => {
      const businessDate = dateOf(request);
      const { channelId } = channelOfDay(request, directory, request.query.channel);
      const day = { channelId, businessDate };
      const pages = orThrow(await breaksAsCsv(database, day));
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="breaks-${businessDate}.csv"`)
        .send(Readable.from(pages));
    },
  );
}
