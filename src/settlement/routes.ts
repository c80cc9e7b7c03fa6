// Settlements over HTTP, for the agency that they are of.

import { callingBiller } from '../channels/index.ts';
import { orThrow } from '../kernel/or-throw.ts';
import type { Database } from '../platform/db/index.ts';
import { problemResponses, sendJson, type Server } from '../platform/http/index.ts';
import { listSettlements, settlementById } from './list-settlements.ts';
import { SettlementAnswer, SettlementList, SettlementParams, SettlementQuery } from './schema.ts';

export interface SettlementTools {
  readonly database: Database;
}

const tags = ['settlements'];
const always = ['malformed-request', 'unauthenticated', 'forbidden', 'too-many-requests'] as const;

export function settlementRoutes(app: Server, tools: SettlementTools): void {
  app.get(
    '/v1/settlements',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'settlements',
        summary: 'What each business day came to, in order',
        description: 'A day is here once it is closed; its figures never change.',
        querystring: SettlementQuery,
        response: { 200: SettlementList, ...problemResponses(...always) },
      },
    },
    async (request, reply) => {
      const { limit = 100, ...query } = request.query;
      const list = await listSettlements(tools.database, callingBiller(request), { ...query, limit });
      return sendJson(reply, 200, orThrow(list));
    },
  );
  app.get(
    '/v1/settlements/:settlementId',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'settlement',
        summary: 'One settlement with its splits, and its remittances as they stand now',
        params: SettlementParams,
        response: { 200: SettlementAnswer, ...problemResponses(...always, 'settlement-not-found') },
      },
    },
    async (request, reply) => {
      const found = await settlementById(tools.database, callingBiller(request), request.params.settlementId);
      return sendJson(reply, 200, orThrow(found));
    },
  );
}
