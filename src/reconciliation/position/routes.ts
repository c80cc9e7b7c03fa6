// A channel's position and its statement of account over HTTP: its own, and no other's.

import { Type } from 'typebox';
import { callingChannel, type Directory } from '../../channels/index.ts';
import type { Refusal } from '../../kernel/errors.ts';
import { orThrow } from '../../kernel/or-throw.ts';
import type { Database } from '../../platform/db/index.ts';
import { negotiate, problemResponses, sendJson, type Server } from '../../platform/http/index.ts';
import { channelPosition } from './position.ts';
import { PositionAnswer, PositionQuery, PositionStatementQuery, StatementFormat } from './schema.ts';
import { STATEMENT_HEADER, statementCsv } from './statement-csv.ts';
import { statementPdf } from './statement-pdf.ts';
import { channelStatement } from './statement.ts';

export interface PositionTools {
  readonly database: Database;
  readonly directory: Directory;
}

const tags = ['reconciliation'];
const always = ['malformed-request', 'unauthenticated', 'forbidden', 'too-many-requests'] as const;
const CSV_EXAMPLE = `${STATEMENT_HEADER}
opening,2026-11-22,,,,,,,,,OMR,0.000
day,2026-11-22,om-social,125.500,0.000,0.000,2026-11-23,,,,OMR,125.500
transfer,2026-11-23,,,,,,-125.500,2026-11-23,FT26327001,OMR,0.000
closing,2026-11-30,,,,,,,,,OMR,0.000
`;
const file = { type: 'string', format: 'binary' };

export function positionRoutes(app: Server, tools: PositionTools): void {
  app.get(
    '/v1/position',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'position',
        summary: 'What this channel owes, or has as float',
        description:
          'Totals by currency, and what is not paid by biller and business date; with `from` or `to` the paid dates too. All from one moment: the rows add up to the totals.',
        querystring: PositionQuery,
        response: { 200: PositionAnswer, ...problemResponses(...always) },
      },
    },
    async (request, reply) => {
      const { code } = callingChannel(request, tools.directory);
      const { limit = 100, ...wish } = request.query;
      return sendJson(
        reply,
        200,
        there(await channelPosition(tools.database, code, { ...wish, limit }), code),
      );
    },
  );
  statementRoute(app, tools);
}

function statementRoute(app: Server, { database, directory }: PositionTools): void {
  app.get(
    '/v1/position/statement.:format',
    {
      config: { budget: 'status', slowMs: 10_000 },
      schema: {
        tags,
        operationId: 'positionStatement',
        summary: 'The statement of account of this channel, as CSV or PDF',
        description:
          'Owed before, collected, reversed and adjusted by business date, paid by the day on which the bank booked it, owed at the end. Days that are not settled yet are not part of it.',
        params: StatementFormat,
        querystring: PositionStatementQuery,
        response: {
          200: Type.Unsafe<never>({
            description: 'The statement.',
            content: {
              'text/csv': { schema: { type: 'string' }, example: CSV_EXAMPLE },
              'application/pdf': { schema: file },
            },
          }),
          ...problemResponses(...always),
        },
      },
    },
    async (request, reply) => {
      const { code } = callingChannel(request, directory);
      const { language = negotiate(request.headers['accept-language']), ...wish } = request.query;
      const statement = there(await channelStatement(database, code, wish), code);
      const { format } = request.params;
      const name = `${code}-${wish.from}-${wish.to}-${statement.currency}`;
      reply.header('cache-control', 'private, no-cache');
      if (format === 'csv')
        return reply
          .header('content-type', 'text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="${name}.csv"`)
          .send(Buffer.from(statementCsv(statement)));
      return reply
        .header('content-type', 'application/pdf')
        .header('content-language', language)
        .header('vary', 'accept-language')
        .header('content-disposition', `attachment; filename="${name}-${language}.pdf"`)
        .send(await statementPdf(statement, language));
    },
  );
}

/** The caller's own, which is there. */
function there<T extends object>(found: T | Refusal | undefined, code: string): T {
  if (found === undefined) throw new Error(`channel ${code} is not there`);
  return orThrow<T>(found);
}
