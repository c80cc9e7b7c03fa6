// Disputes and cases over HTTP: channels open theirs with their key, the desk's people open cases and decide, agencies look.

import { callingChannel, type Directory } from '../../channels/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { problemResponses, sendJson, type Server } from '../../platform/http/index.ts';
import { askDecision } from './decision-kind.ts';
import { evidenceRoutes } from './evidence-routes.ts';
import { commentDispute, moveDispute, type Moving } from './move.ts';
import { openByChannel, openByDesk } from './open-by.ts';
import { shownDispute } from './open.ts';
import {
  CaseBody,
  DecisionBody,
  DisputeAnswer,
  DisputeBody,
  DisputeCommentBody,
  DisputeMoveBody,
  DisputePage,
  DisputeParams,
  DisputeQuery,
} from './schema.ts';
import { listOfDisputes, showDispute } from './show-dispute.ts';
import { disputeCaller } from './who-may.ts';

export interface DisputeTools {
  readonly database: Database;
  readonly directory: Directory;
}

const tags = ['reconciliation'];
const usual = ['malformed-request', 'unauthenticated', 'forbidden', 'too-many-requests'] as const;
const ofOne = [...usual, 'dispute-not-found'] as const;
const opening = [...usual, 'payment-not-found', 'reference-reused', 'dispute-state'] as const;

export function disputeRoutes(app: Server, tools: DisputeTools): void {
  openRoutes(app, tools);
  lookRoutes(app, tools);
  moveRoutes(app, tools);
  decideRoute(app, tools);
  evidenceRoutes(app, tools);
}

function openRoutes(app: Server, { database, directory }: DisputeTools): void {
  const response = {
    200: { ...DisputeAnswer, description: 'Opened before under this reference.' },
    201: DisputeAnswer,
    ...problemResponses(...opening),
  };
  app.post(
    '/v1/disputes',
    {
      schema: {
        tags,
        operationId: 'openDispute',
        summary: 'Say that a payment of this channel is not right',
        description:
          'One reference of the channel is one dispute, and one at a time is open about a payment. Evidence is attached afterwards.',
        body: DisputeBody,
        response,
      },
    },
    async (request, reply) => {
      const caller = disputeCaller(request);
      const { channelId } = callingChannel(request, directory);
      const { dispute, isNew } = await openByChannel(database, caller, channelId, request.body);
      return sendJson(reply, isNew ? 201 : 200, await showDispute(database, caller, shownDispute(dispute)));
    },
  );
  app.post(
    '/v1/cases',
    {
      schema: {
        tags,
        operationId: 'openCase',
        summary: 'Open a case for a payer who complains',
        description: 'By the operator’s people. The payer is given the case number.',
        body: CaseBody,
        response,
      },
    },
    async (request, reply) => {
      const caller = disputeCaller(request);
      const { dispute, isNew } = await openByDesk(database, caller, request.body);
      return sendJson(reply, isNew ? 201 : 200, await showDispute(database, caller, shownDispute(dispute)));
    },
  );
}

function lookRoutes(app: Server, { database }: DisputeTools): void {
  app.get(
    '/v1/disputes',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'disputes',
        summary: 'Disputes and cases, the oldest first',
        description:
          'A channel sees those that it opened and those opened against it, an agency those about its payments, the operator’s people all, or with `?biller=` one biller’s.',
        querystring: DisputeQuery,
        response: { 200: DisputePage, ...problemResponses(...usual, 'biller-not-found') },
      },
    },
    async (request, reply) =>
      sendJson(reply, 200, await listOfDisputes(database, disputeCaller(request), request.query)),
  );
  app.get(
    '/v1/disputes/:disputeId',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'dispute',
        summary: 'One dispute or case, with its evidence and history',
        params: DisputeParams,
        response: { 200: DisputeAnswer, ...problemResponses(...ofOne) },
      },
    },
    async (request, reply) =>
      sendJson(reply, 200, await showDispute(database, disputeCaller(request), request.params.disputeId)),
  );
}

const MOVES: readonly { action: Moving; path: string; operationId: string; summary: string }[] = [
  { action: 'reviewed', path: 'review', operationId: 'reviewDispute', summary: 'The desk takes it up' },
  {
    action: 'withdrawn',
    path: 'withdrawal',
    operationId: 'withdrawDispute',
    summary: 'Whoever opened it takes it back',
  },
  {
    action: 'closed',
    path: 'closing',
    operationId: 'closeDispute',
    summary: 'All is done that its outcome asked for',
  },
];

function moveRoutes(app: Server, { database }: DisputeTools): void {
  for (const { action, path, operationId, summary } of MOVES)
    app.post(
      `/v1/disputes/:disputeId/${path}`,
      {
        schema: {
          tags,
          operationId,
          summary,
          params: DisputeParams,
          body: DisputeMoveBody,
          response: { 200: DisputeAnswer, ...problemResponses(...ofOne, 'dispute-state') },
        },
      },
      async (request, reply) => {
        const caller = disputeCaller(request);
        const { disputeId } = request.params;
        await moveDispute(database, caller, disputeId, { action, comment: request.body.comment });
        return sendJson(reply, 200, await showDispute(database, caller, disputeId));
      },
    );
  app.post(
    '/v1/disputes/:disputeId/comments',
    {
      schema: {
        tags,
        operationId: 'commentDispute',
        summary: 'Say something about it',
        params: DisputeParams,
        body: DisputeCommentBody,
        response: { 200: DisputeAnswer, ...problemResponses(...ofOne, 'dispute-state') },
      },
    },
    async (request, reply) => {
      const caller = disputeCaller(request);
      const { disputeId } = request.params;
      await commentDispute(database, caller, disputeId, request.body.comment);
      return sendJson(reply, 200, await showDispute(database, caller, disputeId));
    },
  );
}

function decideRoute(app: Server, { database }: DisputeTools): void {
  app.post(
    '/v1/disputes/:disputeId/decisions',
    {
      schema: {
        tags,
        operationId: 'decideDispute',
        summary: 'Ask for a decision, which another person has to accept',
        description:
          '`refund-to-credit`: the payment is undone, and what the payer handed over is his credit. `chargeback`: it is undone, and the channel gives the money back to him. `absorb`: the channel gives it back at the operator’s cost; the payment stands and its bills stay paid. `uphold`: he is right, and nothing is booked by it. `refuse`: he is not.',
        params: DisputeParams,
        body: DecisionBody,
        response: {
          200: { ...DisputeAnswer, description: 'Asked before under this reference.' },
          201: DisputeAnswer,
          ...problemResponses(...ofOne, 'dispute-state', 'approval-impossible', 'reference-reused'),
        },
      },
    },
    async (request, reply) => {
      const caller = disputeCaller(request);
      const { disputeId } = request.params;
      const { isNew } = await askDecision(database, caller, disputeId, request.body);
      return sendJson(reply, isNew ? 201 : 200, await showDispute(database, caller, disputeId));
    },
  );
}
