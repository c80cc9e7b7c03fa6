// Debits at the payer's word, and what banks say of debits by themselves, over HTTP.

import { showId } from '../../kernel/ids.ts';
import { problemResponses, sendJson, type Server } from '../../platform/http/index.ts';
import { DebitAnswer, DebitParams, showDebit } from '../follow/index.ts';
import { mandateCaller } from '../mandates/index.ts';
import { demandDebit, type DemandTools } from './demand-debit.ts';
import { sayOutcome } from './say-outcome.ts';
import { DemandBody, OutcomeBody } from './schema.ts';

const tags = ['mandates'];
const usual = ['malformed-request', 'unauthenticated', 'forbidden', 'too-many-requests'] as const;
const ofBills = [
  'bill-not-found',
  'bill-not-covered',
  'bill-already-paid',
  'bill-cancelled',
  'bill-expired',
  'bill-in-debit',
] as const;

/** Nothing more is expected of a bank for now. */
const DECIDED: readonly string[] = ['collected', 'failed', 'returned', 'dropped'];

export function demandRoutes(app: Server, tools: DemandTools): void {
  app.post(
    '/v1/debits',
    {
      schema: {
        tags,
        operationId: 'demandDebit',
        summary: 'Collect at once, at the payer’s word',
        description:
          'By an agency’s client, under a mandate that is accepted: its open bills, or those that are named, in one debit, all or nothing. Where the payer’s bank is called, it is called now, and what it says in time is in the answer: 201. Else it is 202, and events follow: the bank answers later, or takes files. One reference is one debit; the same again answers 200 with the debit as it is. A refusal keeps nothing: the same reference may be sent again.',
        body: DemandBody,
        response: {
          200: { ...DebitAnswer, description: 'Asked for before under this reference.' },
          201: { ...DebitAnswer, description: 'Collected or refused: the bank has decided.' },
          202: { ...DebitAnswer, description: 'On its way; events follow.' },
          ...problemResponses(
            ...usual,
            'mandate-not-found',
            'mandate-state',
            'amount-out-of-range',
            'biller-not-served',
            'channel-suspended',
            'reference-reused',
            ...ofBills,
            'nothing-to-collect',
            'ceiling-exceeded',
          ),
        },
      },
    },
    async (request, reply) => {
      const caller = mandateCaller(request);
      const { debitId, isNew } = await demandDebit(tools, caller, request.body);
      const answer = await showDebit(tools, caller, showId('dbt', debitId));
      return sendJson(reply, !isNew ? 200 : DECIDED.includes(answer.state) ? 201 : 202, answer);
    },
  );
  app.post(
    '/v1/debits/:debitId/outcome',
    {
      schema: {
        tags,
        operationId: 'sayDebitOutcome',
        summary: 'The payer’s bank says what came of a debit',
        description:
          'By the bank’s client, of debits that it has by its API or by a file. The same word again changes nothing; one that contradicts what was said is refused. A refusal or a return needs its code or text.',
        params: DebitParams,
        body: OutcomeBody,
        response: { 200: DebitAnswer, ...problemResponses(...usual, 'debit-not-found', 'debit-state') },
      },
    },
    async (request, reply) => {
      const caller = mandateCaller(request);
      const { debitId } = request.params;
      await sayOutcome(tools, caller, debitId, request.body);
      return sendJson(reply, 200, await showDebit(tools, caller, debitId));
    },
  );
}
