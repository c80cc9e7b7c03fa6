// Inquiry over HTTP.

import { callingChannel, type Directory } from '../../channels/index.ts';
import { problemResponses, sendJson, type Server } from '../../platform/http/index.ts';
import { inquire, type InquiryTools } from './inquire.ts';
import { InquiryAnswer, InquiryBody } from './schema.ts';

export function inquiryRoutes(app: Server, tools: InquiryTools & { readonly directory: Directory }): void {
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
          ),
        },
      },
    },
    async (request, reply) =>
      sendJson(reply, 200, await inquire(tools, callingChannel(request, tools.directory), request.body)),
  );
}
