// Undoing payments over HTTP: a channel reverses or cancels, an agency says that it cannot book one.

import { callingBiller, callingChannel } from '../channels/index.ts';
import { problemResponses, sendJson, type Server } from '../platform/http/index.ts';
import { cancel } from './cancel.ts';
import { refuseOwnName } from './own-names.ts';
import { reject } from './reject.ts';
import { RejectionAnswer, RejectionBody } from './rejection-schema.ts';
import { reverse, type ReverseTools } from './reverse.ts';
import { CancellationAnswer, ReversalAnswer, ReversalBody } from './reversal-schema.ts';
import { PaymentParams } from './schema.ts';
import { usualProblems } from './usual-problems.ts';

const tags = ['payments'];

export function undoRoutes(app: Server, tools: ReverseTools): void {
  channelRoutes(app, tools);
  rejectionRoute(app, tools);
}

function channelRoutes(app: Server, tools: ReverseTools): void {
  app.post(
    '/v1/payments/cancellation',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'cancelPayment',
        summary: 'Cancel a payment that was never answered',
        description:
          'Accepted: it is reversed. Unknown: the reference is burnt, and a payment that arrives later is refused. Repeatable.',
        body: ReversalBody,
        response: { 200: CancellationAnswer, ...problemResponses(...usualProblems, 'not-reversible') },
      },
    },
    async (request, reply) => {
      const channel = callingChannel(request, tools.directory);
      refuseOwnName(request.body.reference);
      return sendJson(reply, 200, await cancel(tools, { ...request.body, channelId: channel.channelId }));
    },
  );
  app.post(
    '/v1/payments/:paymentId/reversal',
    {
      schema: {
        tags,
        operationId: 'reversePayment',
        summary: 'Reverse a payment, in full, while its window is open',
        params: PaymentParams,
        body: ReversalBody,
        response: {
          201: ReversalAnswer,
          ...problemResponses(...usualProblems, 'payment-not-found', 'not-reversible', 'reference-reused'),
        },
      },
    },
    async (request, reply) => {
      const channel = callingChannel(request, tools.directory);
      const { answer, replayed } = await reverse(
        tools,
        { ...request.body, channelId: channel.channelId },
        request.params.paymentId,
      );
      if (replayed) reply.header('idempotent-replayed', 'true');
      return sendJson(reply, 201, answer);
    },
  );
}

function rejectionRoute(app: Server, tools: ReverseTools): void {
  app.post(
    '/v1/payments/:paymentId/rejection',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'rejectPayment',
        summary: 'A linked agency cannot book a payment: its bills had been paid elsewhere',
        description:
          "The payment stays accepted, for the payer has paid; the money of these bills becomes his credit, the bills are closed, and the operator's desk is told. Without `bills`, all of the payment that is not rejected yet. Repeatable by `reference`.",
        params: PaymentParams,
        body: RejectionBody,
        response: {
          201: RejectionAnswer,
          ...problemResponses(
            ...usualProblems,
            'payment-not-found',
            'bill-not-found',
            'not-rejectable',
            'reference-reused',
          ),
        },
      },
    },
    async (request, reply) => {
      const billerId = callingBiller(request);
      const { answer, replayed } = await reject(
        tools,
        { ...request.body, billerId },
        request.params.paymentId,
      );
      if (replayed) reply.header('idempotent-replayed', 'true');
      return sendJson(reply, 201, answer);
    },
  );
}
