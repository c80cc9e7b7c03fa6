// Searching payments over HTTP: for a channel, an agency, and the operator's people of one agency or of all.

import type { FastifyRequest } from 'fastify';
import { isOperator, type Channel, type Directory } from '../../channels/index.ts';
import { isBusinessDate } from '../../kernel/business-date.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { Malformed, problemResponses, sendJson, type Server } from '../../platform/http/index.ts';
import { PaymentList } from '../schema.ts';
import { usualProblems } from '../usual-problems.ts';
import { SearchQuery } from './schema.ts';
import { searchPayments, type SearchTools } from './search-payments.ts';
import type { Seen } from './store-search.ts';

export function searchRoutes(app: Server, tools: SearchTools): void {
  app.get(
    '/v1/payments/search',
    {
      schema: {
        tags: ['payments'],
        operationId: 'searchPayments',
        summary: 'Payments by what somebody holds, the newest first',
        description:
          'By receipt, id, reference, bill or payer, or all; narrowed by date, channel and state. A channel sees its own payments, an agency its own, the operator all, or with `?biller=` one agency’s. For reading a date in full, `GET /v1/payments?businessDate=`.',
        querystring: SearchQuery,
        response: {
          200: PaymentList,
          ...problemResponses(...usualProblems, 'biller-not-found', 'not-found'),
        },
      },
    },
    async (request, reply) => {
      const { channel: code, from, to, limit = 50, ...wish } = request.query;
      for (const [field, date] of Object.entries({ from, to }))
        if (date !== undefined && !isBusinessDate(date))
          throw new Refused(refuse('malformed-request', { field }));
      const channel = namedChannel(request, tools.directory, code);
      const page = await searchPayments(tools, seenBy(request, tools.directory), channel, {
        ...wish,
        ...(from !== undefined && isBusinessDate(from) && { from }),
        ...(to !== undefined && isBusinessDate(to) && { to }),
        limit,
      });
      return sendJson(reply, 200, page);
    },
  );
}

function seenBy(request: FastifyRequest, { current }: Directory): Seen {
  const { channelId, billerId } = request.principal ?? {};
  const every = [...current.billersById.keys()];
  if (channelId !== undefined) return { billerIds: every, channelId };
  if (billerId !== undefined) return { billerIds: [billerId], channelId: null };
  if (isOperator(request)) return { billerIds: every, channelId: null };
  throw new Refused(refuse('forbidden', { reason: 'only channels, agencies and the operator may do this' }));
}

/** Refuses `not-found`; for a channel, which has no other, like any parameter that there is not. */
function namedChannel(
  { principal }: FastifyRequest,
  { current }: Directory,
  code: string | undefined,
): Channel | undefined {
  if (code === undefined) return undefined;
  if (principal?.channelId !== undefined)
    throw new Malformed([{ pointer: '/channel', key: 'unknownField', facts: { name: 'channel' } }], 'query');
  const channel = current.channelsByCode.get(code);
  if (channel === undefined) throw new Refused(refuse('not-found', { channelCode: code }));
  return channel;
}
