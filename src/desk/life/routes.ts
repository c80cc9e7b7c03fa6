// The whole life of one payment over HTTP: what `wasit trace` shows of it, each his own part.

import type { FastifyRequest } from 'fastify';
import { isOperator } from '../../channels/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { billerOf, parseId } from '../../kernel/ids.ts';
import type { Database } from '../../platform/db/index.ts';
import { problemResponses, sendJson, type Server } from '../../platform/http/index.ts';
import { trace } from '../trace.ts';
import { partOf, type Eyes, type Life } from './part-of.ts';
import { LifeAnswer, LifeParams } from './schema.ts';

interface LifeTools {
  readonly database: Database;
}

export function lifeRoutes(app: Server, tools: LifeTools): void {
  app.get(
    '/v1/payments/:paymentId/trace',
    {
      schema: {
        tags: ['payments'],
        operationId: 'paymentTrace',
        summary: 'The whole life of a payment',
        description:
          'From the request to the statement that proves its money. A channel sees what it sent and was answered; an agency its bills, events and remittances; the operator all, journals too. Names and addresses of payers are masked.',
        params: LifeParams,
        response: {
          200: LifeAnswer,
          ...problemResponses(
            'malformed-request',
            'unauthenticated',
            'forbidden',
            'biller-not-found',
            'payment-not-found',
            'too-many-requests',
          ),
        },
      },
    },
    async (request, reply) => sendJson(reply, 200, await lifeOf(tools, request, request.params.paymentId)),
  );
}

async function lifeOf({ database }: LifeTools, request: FastifyRequest, shownId: string): Promise<Life> {
  const eyes = eyesOf(request);
  const paymentId = parseId('pay', shownId);
  const isOthers = eyes.of === 'agency' && paymentId !== undefined && billerOf(paymentId) !== eyes.billerId;
  const found = paymentId === undefined || isOthers ? undefined : await trace(database, shownId);
  const payment = found?.payments.find((each) => each.paymentId === shownId);
  const isSeen = payment !== undefined && (eyes.of !== 'channel' || payment.channel === eyes.code);
  if (found === undefined || !isSeen) throw new Refused(refuse('payment-not-found', { paymentId: shownId }));
  return partOf(eyes, payment, found);
}

function eyesOf(request: FastifyRequest): Eyes {
  const { channelId, billerId } = request.principal ?? {};
  if (isOperator(request)) return { of: 'operator' };
  if (channelId !== undefined)
    return { of: 'channel', code: request.person?.channelCode ?? request.principal?.code ?? '' };
  if (billerId !== undefined) return { of: 'agency', billerId };
  throw new Refused(refuse('forbidden', { reason: 'only channels, agencies and the operator may do this' }));
}
