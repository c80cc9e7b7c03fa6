// A person's second factor over HTTP. Open to who has to enrol one before he may do anything else.

import { problemResponses, sendJson, type Server } from '../platform/http/index.ts';
import { callingPerson, callingSession } from './calling-person.ts';
import { ConfirmBody, Confirmed, Enrolment, FactorState } from './factor-schema.ts';
import { enrolFactor, factorState, proveEnrolment, type FactorTools } from './second-factor.ts';

export interface FactorRouteTools extends FactorTools {
  readonly secondFactor: 'optional' | 'required';
}

const tags = ['people'];
const usual = ['unauthenticated', 'forbidden'] as const;
const config = { withoutFactor: true };
const path = '/v1/sessions/current/second-factor';

export function factorRoutes(app: Server, tools: FactorRouteTools): void {
  app.get(
    path,
    {
      config,
      schema: {
        tags,
        operationId: 'secondFactor',
        summary: 'Whether one has a second factor, and needs one',
        response: { 200: FactorState, ...problemResponses(...usual) },
      },
    },
    async (request, reply) => {
      const state = await factorState(tools.database, callingPerson(request));
      return sendJson(reply, 200, { ...state, required: tools.secondFactor === 'required' });
    },
  );
  app.post(
    path,
    {
      config,
      schema: {
        tags,
        operationId: 'enrolSecondFactor',
        summary: 'A secret for one’s authenticator',
        description:
          'In force only once a first code has confirmed it; asked again before, there is another secret. Who has one in force asks the operator to remove it.',
        response: { 201: Enrolment, ...problemResponses(...usual, 'second-factor-active') },
      },
    },
    async (request, reply) => sendJson(reply, 201, await enrolFactor(tools, callingPerson(request))),
  );
  app.post(
    `${path}/confirmation`,
    {
      config,
      schema: {
        tags,
        operationId: 'confirmSecondFactor',
        summary: 'The first code: from now on signing in needs one',
        description: 'Ends all other sessions of the person.',
        body: ConfirmBody,
        response: {
          200: Confirmed,
          ...problemResponses(...usual, 'second-factor-active', 'second-factor-unconfirmed'),
        },
      },
    },
    async (request, reply) => {
      const session = callingSession(request);
      const codes = await proveEnrolment(tools, session, request.body.code, request.ip);
      return sendJson(reply, 200, { recoveryCodes: codes });
    },
  );
}
