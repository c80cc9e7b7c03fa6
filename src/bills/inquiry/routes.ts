// Inquiry over HTTP, and whom one may inquire about.

import { callingChannel, type Directory } from '../../channels/index.ts';
import { problemResponses, sendJson, type Server } from '../../platform/http/index.ts';
import { BillersAnswer, BillersQuery } from './billers-schema.ts';
import { inquire, type InquiryTools } from './inquire.ts';
import { listBillers } from './list-billers.ts';
import { InquiryAnswer, InquiryBody } from './schema.ts';

type Tools = InquiryTools & { readonly directory: Directory };

export function inquiryRoutes(app: Server, tools: Tools): void {
  inquireRoute(app, tools);
  billersRoute(app, tools);
}

function inquireRoute(app: Server, tools: Tools): void {
  app.post(
    '/v1/inquiries',
    {
      schema: {
        tags: ['bills'],
        operationId: 'inquire',
        summary: 'What a bill, a payer or a pay code owes at this moment',
        description:
          'The quote of each bill holds its amount, penalty and fee until `validUntil`, whatever changes meanwhile.',
        body: InquiryBody,
        response: {
          200: InquiryAnswer,
          ...problemResponses(
            'malformed-request',
            'unauthenticated',
            'forbidden',
            'biller-not-served',
            'channel-suspended',
            'bill-not-found',
            'biller-not-found',
            'too-many-requests',
            'overloaded',
            'agency-unavailable',
            'underpayment',
            'overpayment',
            'amount-out-of-range',
            'currency-mismatch',
          ),
        },
      },
    },
    async (request, reply) =>
      sendJson(reply, 200, await inquire(tools, callingChannel(request, tools.directory), request.body)),
  );
}

function billersRoute(app: Server, tools: Tools): void {
  app.get(
    '/v1/billers',
    {
      schema: {
        tags: ['bills'],
        operationId: 'billers',
        summary: 'The agencies that a channel serves',
        description:
          'By the agreements in force at this moment, with their names in the languages of payers. An agency finds itself, the operator all. A channel that is suspended serves none.',
        querystring: BillersQuery,
        response: {
          200: BillersAnswer,
          ...problemResponses('malformed-request', 'unauthenticated', 'forbidden', 'too-many-requests'),
        },
      },
    },
    async (request, reply) =>
      sendJson(reply, 200, await listBillers(tools, request.principal ?? {}, request.query)),
  );
}
