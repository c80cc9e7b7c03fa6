// The remittances of a settlement over HTTP, for the agency that they go to.

import { callingBiller } from '../../channels/index.ts';
import { orThrow } from '../../kernel/or-throw.ts';
import type { Database } from '../../platform/db/index.ts';
import { problemResponses, sendJson, type Server } from '../../platform/http/index.ts';
import { RemittanceList, SettlementPath } from './schema.ts';
import { listRemittances } from './show-remittances.ts';

export function remittanceRoutes(app: Server, tools: { readonly database: Database }): void {
  app.get(
    '/v1/settlements/:settlementId/remittance',
    {
      config: { budget: 'status' },
      schema: {
        tags: ['settlements'],
        operationId: 'remittance',
        summary: 'Where the money of a settlement goes, and how far it has come',
        description:
          'One remittance for each account, and one more for each next attempt. States: planned, approved, sent, confirmed, or returned and rejected.',
        params: SettlementPath,
        response: {
          200: RemittanceList,
          ...problemResponses(
            'malformed-request',
            'unauthenticated',
            'forbidden',
            'too-many-requests',
            'settlement-not-found',
          ),
        },
      },
    },
    async (request, reply) => {
      const { settlementId } = request.params;
      const list = await listRemittances(tools.database, callingBiller(request), settlementId);
      return sendJson(reply, 200, orThrow(list));
    },
  );
}
