// Requests that persons decide, over HTTP: ask, look, decide. Only people who have signed in; keys decide nothing.

import type { FastifyRequest } from 'fastify';
import { callingPerson } from '../access/index.ts';
import { problemResponses, sendJson, type Server } from '../platform/http/index.ts';
import { ask, change, withdraw } from './ask.ts';
import { attachmentRoutes } from './attachment-routes.ts';
import { decide, type ApprovalTools, type Caller, type Word } from './decide.ts';
import {
  AcceptBody,
  ApprovalAnswer,
  ApprovalPage,
  ApprovalParams,
  ApprovalQuery,
  AskBody,
  ChangeBody,
  CommentBody,
  RefuseBody,
  WithdrawBody,
} from './schema.ts';
import { comment } from './say.ts';
import { listWork, showApproval } from './show-approval.ts';

const tags = ['approvals'];
const usual = ['malformed-request', 'unauthenticated', 'forbidden', 'too-many-requests'] as const;
const decided = [...usual, 'approval-not-found', 'approval-decided'] as const;
/** What a kind may find when it looks at what is asked. */
const ofKinds = [
  'approval-impossible',
  'bill-not-found',
  'payment-not-found',
  'credit-insufficient',
  'currency-mismatch',
  'unit-not-found',
  'service-not-found',
  'agency-unavailable',
] as const;

export function approvalRoutes(app: Server, tools: ApprovalTools): void {
  askRoutes(app, tools);
  lookRoutes(app, tools);
  decideRoutes(app, tools);
  askerRoutes(app, tools);
  attachmentRoutes(app, tools);
}

export function callerOf(request: FastifyRequest): Caller {
  return { person: callingPerson(request), address: request.ip };
}

function askRoutes(app: Server, tools: ApprovalTools): void {
  app.post(
    '/v1/approvals',
    {
      schema: {
        tags,
        operationId: 'askApproval',
        summary: 'Ask for something that another person has to accept',
        description:
          'What may be asked for depends on the role. One reference of a kind is one request: repeating it answers with the request as it stands.',
        body: AskBody,
        response: {
          200: { ...ApprovalAnswer, description: 'Asked before under this reference.' },
          201: ApprovalAnswer,
          ...problemResponses(...usual, ...ofKinds, 'biller-not-found', 'reference-reused'),
        },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { shownId, isNew } = await ask(tools, caller, request.body);
      return sendJson(reply, isNew ? 201 : 200, await showApproval(tools, caller, shownId));
    },
  );
}

function lookRoutes(app: Server, tools: ApprovalTools): void {
  app.get(
    '/v1/approvals',
    {
      schema: {
        tags,
        operationId: 'approvals',
        summary: 'Requests, the newest first',
        description:
          'An agency’s people see those of their biller, a channel’s what they asked for, the operator’s all, or with `?biller=` one biller’s.',
        querystring: ApprovalQuery,
        response: { 200: ApprovalPage, ...problemResponses(...usual) },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      return sendJson(reply, 200, await listWork(tools, caller, request.query, request.principal?.billerId));
    },
  );
  app.get(
    '/v1/approvals/:approvalId',
    {
      schema: {
        tags,
        operationId: 'approval',
        summary: 'One request, with all that was said and attached',
        params: ApprovalParams,
        response: { 200: ApprovalAnswer, ...problemResponses(...usual, 'approval-not-found') },
      },
    },
    async (request, reply) =>
      sendJson(reply, 200, await showApproval(tools, callerOf(request), request.params.approvalId)),
  );
}

const DECISIONS = {
  accepted: {
    verb: 'accept',
    summary: 'Accept: the next person’s turn, or what was asked for is done',
    body: AcceptBody,
  },
  rejected: { verb: 'reject', summary: 'Reject: the request has ended', body: RefuseBody },
  returned: { verb: 'return', summary: 'Return it to who asked, to be changed', body: RefuseBody },
} as const;

function decideRoutes(app: Server, tools: ApprovalTools): void {
  for (const action of ['accepted', 'rejected', 'returned'] as const) {
    const { verb, summary, body } = DECISIONS[action];
    app.post(
      `/v1/approvals/:approvalId/${verb}`,
      {
        schema: {
          tags,
          operationId: `${verb}Approval`,
          summary,
          params: ApprovalParams,
          body,
          response: {
            200: ApprovalAnswer,
            ...problemResponses(
              ...decided,
              ...ofKinds,
              'self-approval',
              'approval-changed',
              'evidence-missing',
            ),
          },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request);
        const { approvalId } = request.params;
        const word: Word = { action, ...request.body };
        await decide(tools, caller, approvalId, word);
        return sendJson(reply, 200, await showApproval(tools, caller, approvalId));
      },
    );
  }
}

function askerRoutes(app: Server, tools: ApprovalTools): void {
  const response = { 200: ApprovalAnswer, ...problemResponses(...decided) };
  app.put(
    '/v1/approvals/:approvalId',
    {
      schema: {
        tags,
        operationId: 'changeApproval',
        summary: 'Change what was returned, and send it again',
        params: ApprovalParams,
        body: ChangeBody,
        response: { 200: ApprovalAnswer, ...problemResponses(...decided, ...ofKinds) },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      await change(tools, caller, request.params.approvalId, request.body);
      return sendJson(reply, 200, await showApproval(tools, caller, request.params.approvalId));
    },
  );
  app.post(
    '/v1/approvals/:approvalId/withdrawal',
    {
      schema: {
        tags,
        operationId: 'withdrawApproval',
        summary: 'Take back what one has asked for',
        params: ApprovalParams,
        body: WithdrawBody,
        response,
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      await withdraw(tools, caller, request.params.approvalId, request.body.comment);
      return sendJson(reply, 200, await showApproval(tools, caller, request.params.approvalId));
    },
  );
  app.post(
    '/v1/approvals/:approvalId/comments',
    {
      schema: {
        tags,
        operationId: 'commentApproval',
        summary: 'Say something about a request',
        params: ApprovalParams,
        body: CommentBody,
        response,
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      await comment(tools, caller, request.params.approvalId, request.body.comment);
      return sendJson(reply, 200, await showApproval(tools, caller, request.params.approvalId));
    },
  );
}
