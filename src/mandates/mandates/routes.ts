// Mandates over HTTP: agencies and banks open them with their keys, banks validate, agencies' people decide, and each side
// suspends, resumes and cancels.

import { problemResponses, sendJson, type Server } from '../../platform/http/index.ts';
import { MandateAnswer, MandatePage } from './answer-schema.ts';
import { changeMandate, submitMandate } from './change.ts';
import { createMandate } from './create.ts';
import { decideMandate, type DecisionTools } from './decide.ts';
import { formRoutes } from './form-routes.ts';
import { cancelMandate, resumeMandate, suspendMandate } from './hold.ts';
import { shownMandate } from './requests.ts';
import {
  DecisionBody,
  HoldBody,
  MandateBody,
  MandateParams,
  MandateQuery,
  NothingBody,
  TermsBody,
  ValidationBody,
} from './schema.ts';
import { listOfMandates, showMandate } from './show-mandate.ts';
import { validateMandate } from './validate.ts';
import { mandateCaller } from './who-may.ts';

const tags = ['mandates'];
const usual = ['malformed-request', 'unauthenticated', 'forbidden', 'too-many-requests'] as const;
const ofOne = [...usual, 'mandate-not-found'] as const;
const ofTerms = ['biller-not-found', 'biller-not-served'] as const;

export function mandateRoutes(app: Server, tools: DecisionTools): void {
  createRoute(app, tools);
  lookRoutes(app, tools);
  changeRoutes(app, tools);
  validationRoute(app, tools);
  decisionRoute(app, tools);
  holdRoutes(app, tools);
  formRoutes(app, tools);
}

function createRoute(app: Server, tools: DecisionTools): void {
  app.post(
    '/v1/mandates',
    {
      schema: {
        tags,
        operationId: 'createMandate',
        summary: 'Open a mandate, and send it to the payer’s bank',
        description:
          'By an agency’s client, for itself or for a payer at its portal; or by the payer’s bank, which has validated it by that. One reference of the client is one mandate; the same again answers with the mandate as it is.',
        body: MandateBody,
        response: {
          200: { ...MandateAnswer, description: 'Opened before under this reference.' },
          201: MandateAnswer,
          ...problemResponses(...usual, ...ofTerms, 'channel-suspended', 'reference-reused'),
        },
      },
    },
    async (request, reply) => {
      const caller = mandateCaller(request);
      const { mandate, isNew } = await createMandate(tools, caller, request.body);
      return sendJson(reply, isNew ? 201 : 200, await showMandate(tools, caller, shownMandate(mandate)));
    },
  );
}

function lookRoutes(app: Server, tools: DecisionTools): void {
  app.get(
    '/v1/mandates',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'mandates',
        summary: 'Mandates, the oldest first',
        description:
          'An agency sees its own and those that cover it, a bank those of its customers that were sent to it, the operator’s people all, or with `?biller=` one agency’s.',
        querystring: MandateQuery,
        response: { 200: MandatePage, ...problemResponses(...usual, 'biller-not-found') },
      },
    },
    async (request, reply) =>
      sendJson(reply, 200, await listOfMandates(tools, mandateCaller(request), request.query)),
  );
  app.get(
    '/v1/mandates/:mandateId',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'mandate',
        summary: 'One mandate, with what it covers and its history',
        params: MandateParams,
        response: { 200: MandateAnswer, ...problemResponses(...ofOne) },
      },
    },
    async (request, reply) =>
      sendJson(reply, 200, await showMandate(tools, mandateCaller(request), request.params.mandateId)),
  );
}

function changeRoutes(app: Server, tools: DecisionTools): void {
  app.put(
    '/v1/mandates/:mandateId',
    {
      schema: {
        tags,
        operationId: 'changeMandate',
        summary: 'Change a draft, or what was returned for correction',
        description:
          'By the client that opened it; the body is the whole of its terms. It is submitted apart.',
        params: MandateParams,
        body: TermsBody,
        response: { 200: MandateAnswer, ...problemResponses(...ofOne, ...ofTerms, 'mandate-state') },
      },
    },
    async (request, reply) => {
      const caller = mandateCaller(request);
      const { mandateId } = request.params;
      await changeMandate(tools, caller, mandateId, request.body);
      return sendJson(reply, 200, await showMandate(tools, caller, mandateId));
    },
  );
  app.post(
    '/v1/mandates/:mandateId/submission',
    {
      schema: {
        tags,
        operationId: 'submitMandate',
        summary: 'Send it to the payer’s bank',
        params: MandateParams,
        body: NothingBody,
        response: { 200: MandateAnswer, ...problemResponses(...ofOne, 'mandate-state') },
      },
    },
    async (request, reply) => {
      const caller = mandateCaller(request);
      const { mandateId } = request.params;
      await submitMandate(tools, caller, mandateId);
      return sendJson(reply, 200, await showMandate(tools, caller, mandateId));
    },
  );
}

function validationRoute(app: Server, tools: DecisionTools): void {
  app.post(
    '/v1/mandates/:mandateId/validation',
    {
      schema: {
        tags,
        operationId: 'validateMandate',
        summary: 'The payer’s bank validates or refuses it',
        description:
          'By the bank’s client. The same word again changes nothing; another one later is refused. A refusal needs its reason, which the payer reads.',
        params: MandateParams,
        body: ValidationBody,
        response: {
          200: MandateAnswer,
          ...problemResponses(...ofOne, 'mandate-state', 'mandate-changed'),
        },
      },
    },
    async (request, reply) => {
      const caller = mandateCaller(request);
      const { mandateId } = request.params;
      await validateMandate(tools, caller, mandateId, request.body);
      return sendJson(reply, 200, await showMandate(tools, caller, mandateId));
    },
  );
}

function decisionRoute(app: Server, tools: DecisionTools): void {
  app.post(
    '/v1/mandates/:mandateId/decision',
    {
      schema: {
        tags,
        operationId: 'decideMandate',
        summary: 'The agency accepts it, rejects it, or returns it for correction',
        description:
          'By one of its people; the same as at the request in the work list (`mandate`). What is not accepted needs a comment, which the payer reads. A further agency that it covers accepts or rejects its own part.',
        params: MandateParams,
        body: DecisionBody,
        response: {
          200: MandateAnswer,
          ...problemResponses(
            ...ofOne,
            'mandate-state',
            'approval-not-found',
            'approval-decided',
            'approval-impossible',
            'self-approval',
          ),
        },
      },
    },
    async (request, reply) => {
      const { mandateId } = request.params;
      await decideMandate(tools, request, mandateId, request.body);
      return sendJson(reply, 200, await showMandate(tools, mandateCaller(request), mandateId));
    },
  );
}

const HOLDS = [
  {
    path: 'suspension',
    operationId: 'suspendMandate',
    summary: 'Nothing is collected under it until it is resumed',
    act: suspendMandate,
  },
  {
    path: 'resumption',
    operationId: 'resumeMandate',
    summary: 'Whoever suspended it lifts that again',
    act: resumeMandate,
  },
  {
    path: 'cancellation',
    operationId: 'cancelMandate',
    summary: 'It ends for ever',
    act: cancelMandate,
  },
] as const;

function holdRoutes(app: Server, tools: DecisionTools): void {
  for (const { path, operationId, summary, act } of HOLDS)
    app.post(
      `/v1/mandates/:mandateId/${path}`,
      {
        schema: {
          tags,
          operationId,
          summary,
          description:
            'By the agency’s client or people, in its own name or the payer’s, or by the payer’s bank. The same again changes nothing.',
          params: MandateParams,
          body: HoldBody,
          response: { 200: MandateAnswer, ...problemResponses(...ofOne, 'mandate-state') },
        },
      },
      async (request, reply) => {
        const caller = mandateCaller(request);
        const { mandateId } = request.params;
        await act(tools, caller, mandateId, request.body);
        return sendJson(reply, 200, await showMandate(tools, caller, mandateId));
      },
    );
}
