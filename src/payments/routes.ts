// Payments over HTTP: pay and look up. Undoing them is undo-routes.ts.

import { Type } from 'typebox';
import { callingChannel, tooMany } from '../channels/index.ts';
import { refuse, Refused, type Refusal } from '../kernel/errors.ts';
import { isBusinessDate } from '../kernel/business-date.ts';
import type { Database } from '../platform/db/index.ts';
import {
  negotiate,
  problemResponses,
  sendJson,
  sendText,
  toProblem,
  type Server,
} from '../platform/http/index.ts';
import { paymentById, paymentsOfDay, statusByReference, type Viewer } from './look-up.ts';
import { refuseOwnName } from './own-names.ts';
import { pay, type PayTools } from './pay.ts';
import type { ReverseTools } from './reverse.ts';
import { PaymentAnswer, PaymentBody, PaymentList, PaymentParams, Reference, StatusAnswer } from './schema.ts';
import { findReference } from './store-read.ts';
import { undoRoutes } from './undo-routes.ts';
import { usualProblems } from './usual-problems.ts';
import type { FastifyRequest } from 'fastify';

export interface PaymentTools extends PayTools, ReverseTools {
  readonly database: Database;
  readonly onAnswer: (outcome: string, startedAt: number) => void;
}

const tags = ['payments'];

export function paymentRoutes(app: Server, tools: PaymentTools): void {
  payRoute(app, tools);
  lookUpRoutes(app, tools);
  listRoutes(app, tools);
  undoRoutes(app, tools);
}

function payRoute(app: Server, tools: PaymentTools): void {
  app.post(
    '/v1/payments',
    {
      config: { answersReplays: true },
      schema: {
        tags,
        operationId: 'pay',
        summary: 'Pay one bill or many, all or nothing',
        description:
          'One reference, one answer, for ever: repeat the same request until you have an answer. A replay has the header `idempotent-replayed: true`; if the payment was reversed since, also `current-status: reversed`.',
        body: PaymentBody,
        response: {
          201: PaymentAnswer,
          ...problemResponses(
            ...usualProblems,
            'biller-not-served',
            'channel-suspended',
            'bill-not-found',
            'biller-not-found',
            'bill-already-paid',
            'bill-replaced',
            'reference-reused',
            'reference-cancelled',
            'underpayment',
            'overpayment',
            'amount-out-of-range',
            'currency-mismatch',
            'bill-cancelled',
            'bill-expired',
            'fee-changed',
            'quote-invalid',
            'insufficient-float',
            'limit-exceeded',
            'outcome-unknown',
            'agency-unavailable',
          ),
        },
      },
    },
    async (request, reply) => {
      const channel = callingChannel(request, tools.directory);
      refuseOwnName(request.body.reference);
      if (request.isOverBudget && !(await isRecorded(tools, channel.channelId, request.body.reference)))
        throw tooMany(channel.rateLimit);
      const answer = await pay(tools, channel, request.body);
      tools.onAnswer(answer.kind === 'paid' ? 'paid' : answer.refusal.code, request.startedAt);
      if (answer.replayed) reply.header('idempotent-replayed', 'true');
      if (answer.kind === 'refused') throw new Refused(answer.refusal);
      if (answer.reversed) reply.header('current-status', 'reversed');
      // The answer is text already, the same for every replay: no serializer may touch it.
      return sendText(reply, 201, answer.body);
    },
  );
}

async function isRecorded(
  { database }: PaymentTools,
  channelId: number,
  reference: string,
): Promise<boolean> {
  return (await database.transaction((tx) => findReference(tx, channelId, reference))) !== undefined;
}

function lookUpRoutes(app: Server, tools: PaymentTools): void {
  app.get(
    '/v1/payments/by-reference/:reference',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'paymentByReference',
        summary: 'What became of a reference',
        description:
          '404: nothing is recorded yet. Send the same request again; never give money back on a 404.',
        params: Type.Object({ reference: Reference }),
        response: { 200: StatusAnswer, ...problemResponses(...usualProblems, 'payment-not-found') },
      },
    },
    async (request, reply) => {
      const channel = callingChannel(request, tools.directory);
      const found = await statusByReference(tools, channel.channelId, request.params.reference);
      const body =
        found.status === 'refused'
          ? { status: found.status, problem: problemOf(found.refusal, request) }
          : found;
      return sendJson(reply, 200, body);
    },
  );
  app.get(
    '/v1/payments/:paymentId',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'payment',
        summary: 'One payment',
        params: PaymentParams,
        response: { 200: PaymentAnswer, ...problemResponses(...usualProblems, 'payment-not-found') },
      },
    },
    async (request, reply) =>
      sendJson(reply, 200, await paymentById(tools, viewerOf(request), request.params.paymentId)),
  );
}

function listRoutes(app: Server, tools: PaymentTools): void {
  app.get(
    '/v1/payments',
    {
      schema: {
        tags,
        operationId: 'payments',
        summary: 'The payments of a business date, in order of acceptance',
        querystring: Type.Object(
          {
            businessDate: Type.String({ format: 'date', examples: ['2026-11-22'] }),
            after: Type.Optional(
              Type.String({ minLength: 1, maxLength: 64, description: 'The `next` of the page before.' }),
            ),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: PaymentList, ...problemResponses(...usualProblems) },
      },
    },
    async (request, reply) => {
      const { businessDate, after, limit = 100 } = request.query;
      if (!isBusinessDate(businessDate))
        throw new Refused(refuse('malformed-request', { field: 'businessDate' }));
      return sendJson(
        reply,
        200,
        await paymentsOfDay(tools, viewerOf(request), { businessDate, after, limit }),
      );
    },
  );
}

function problemOf(refusal: Refusal, request: FastifyRequest): unknown {
  return toProblem(refusal, {
    language: negotiate(request.headers['accept-language']),
    instance: request.id,
  });
}

function viewerOf(request: FastifyRequest): Viewer {
  const { channelId, billerId } = request.principal ?? {};
  if (channelId !== undefined) return { channelId };
  if (billerId !== undefined) return { billerId };
  throw new Refused(refuse('forbidden', { reason: 'only channels and agencies may do this' }));
}
