// Breaks over HTTP: the work list, one with its history, and what persons do about it. Only people who have signed in.

import type { FastifyRequest } from 'fastify';
import { callingPerson } from '../../access/index.ts';
import { problemResponses, sendJson, type Server } from '../../platform/http/index.ts';
import { askResolution } from './ask-resolution.ts';
import { assignBreak, commentBreak } from './say.ts';
import {
  BreakAnswer,
  BreakCommentBody,
  BreakPage,
  BreakParams,
  BreakQuery,
  OwnerBody,
  ResolutionBody,
} from './schema.ts';
import { listWork, showBreak } from './show-break.ts';
import type { BreakTools } from './tools.ts';
import type { Caller } from './who-may.ts';

const tags = ['reconciliation'];
const usual = ['malformed-request', 'unauthenticated', 'forbidden', 'too-many-requests'] as const;
const ofOne = [...usual, 'break-not-found'] as const;

export function breakRoutes(app: Server, tools: BreakTools): void {
  lookRoutes(app, tools);
  sayRoutes(app, tools);
  resolveRoute(app, tools);
}

function callerOf(request: FastifyRequest): Caller {
  return { person: callingPerson(request), address: request.ip };
}

function lookRoutes(app: Server, tools: BreakTools): void {
  app.get(
    '/v1/breaks',
    {
      schema: {
        tags,
        operationId: 'breaks',
        summary: 'What two sides do not say alike, the oldest first',
        description:
          'Open ones unless `state` says otherwise. An agency’s people see those of their biller, a channel’s those of their channel, the operator’s all, or with `?biller=` one biller’s.',
        querystring: BreakQuery,
        response: { 200: BreakPage, ...problemResponses(...usual, 'biller-not-found') },
      },
    },
    async (request, reply) => {
      const { person } = callerOf(request);
      const { query, principal } = request;
      return sendJson(reply, 200, await listWork(tools, { person }, query, principal?.billerId));
    },
  );
  app.get(
    '/v1/breaks/:breakId',
    {
      schema: {
        tags,
        operationId: 'break',
        summary: 'One break: both sides, its history, and what was booked for it',
        params: BreakParams,
        response: { 200: BreakAnswer, ...problemResponses(...ofOne) },
      },
    },
    async (request, reply) =>
      sendJson(reply, 200, await showBreak(tools, callerOf(request), request.params.breakId)),
  );
}

function sayRoutes(app: Server, tools: BreakTools): void {
  app.post(
    '/v1/breaks/:breakId/owner',
    {
      schema: {
        tags,
        operationId: 'assignBreak',
        summary: 'Say whose work it is',
        params: BreakParams,
        body: OwnerBody,
        response: { 200: BreakAnswer, ...problemResponses(...ofOne, 'break-state') },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { breakId } = request.params;
      await assignBreak(tools, caller, breakId, request.body.login);
      return sendJson(reply, 200, await showBreak(tools, caller, breakId));
    },
  );
  app.post(
    '/v1/breaks/:breakId/comments',
    {
      schema: {
        tags,
        operationId: 'commentBreak',
        summary: 'Say something about it',
        params: BreakParams,
        body: BreakCommentBody,
        response: { 200: BreakAnswer, ...problemResponses(...ofOne) },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { breakId } = request.params;
      await commentBreak(tools, caller, breakId, request.body.comment);
      return sendJson(reply, 200, await showBreak(tools, caller, breakId));
    },
  );
}

function resolveRoute(app: Server, tools: BreakTools): void {
  app.post(
    '/v1/breaks/:breakId/resolutions',
    {
      schema: {
        tags,
        operationId: 'resolveBreak',
        summary: 'Ask for a resolution, which another person has to accept',
        description:
          'It becomes a request of kind `break-resolution`, accepted or rejected as all requests are. One at a time; repeating a reference answers with the break as it stands.',
        params: BreakParams,
        body: ResolutionBody,
        response: {
          200: { ...BreakAnswer, description: 'Asked before under this reference.' },
          201: BreakAnswer,
          ...problemResponses(
            ...ofOne,
            'break-state',
            'reference-reused',
            'approval-impossible',
            'biller-not-found',
            'payment-not-found',
            'agency-unavailable',
            'bill-not-found',
            'bill-already-paid',
            'bill-cancelled',
            'bill-expired',
            'underpayment',
            'amount-out-of-range',
            'currency-mismatch',
          ),
        },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { breakId } = request.params;
      const { content = {}, ...wish } = request.body;
      const { isNew } = await askResolution(tools, caller, breakId, { ...wish, content });
      return sendJson(reply, isNew ? 201 : 200, await showBreak(tools, caller, breakId));
    },
  );
}
