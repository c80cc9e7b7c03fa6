// Bank reconciliations over HTTP, for the operator's people.

import type { Database } from '../../platform/db/index.ts';
import { problemResponses, sendJson, type Server } from '../../platform/http/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { operatorOf } from '../statements/index.ts';
import { reconcileAccount } from './reconcile-account.ts';
import { AccountParams, AccountReconciliation } from './schema.ts';

export function bankAccountRoutes(app: Server, { database }: { readonly database: Database }): void {
  app.get(
    '/v1/bank-accounts/:code/reconciliation',
    {
      config: { budget: 'status', slowMs: 10_000 },
      schema: {
        tags: ['reconciliation'],
        operationId: 'bankReconciliation',
        summary: 'A bank account in the books, held against its statements to the last unit',
        params: AccountParams,
        response: {
          200: AccountReconciliation,
          ...problemResponses(
            'malformed-request',
            'unauthenticated',
            'forbidden',
            'not-found',
            'too-many-requests',
          ),
        },
      },
    },
    async (request, reply) => {
      operatorOf(request);
      const found = await reconcileAccount(database, request.params.code);
      if (found === undefined) throw new Refused(refuse('not-found'));
      return sendJson(reply, 200, found);
    },
  );
}
