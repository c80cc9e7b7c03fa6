// Signing in and out over HTTP, and what a person sees of his own sessions. Opening a session is the one route that knows
// nobody yet, so it stands before the gate and has a rate of its own: each attempt costs a third of a second of a core.

import { showId } from '../kernel/ids.ts';
import { problemResponses, sendJson, type RateBudgets, type Server } from '../platform/http/index.ts';
import { callingPerson, callingSession } from './calling-person.ts';
import { factorRoutes, type FactorRouteTools } from './factor-routes.ts';
import type { Provider } from './provider.ts';
import {
  CurrentSession,
  EndQuery,
  SessionAnswer,
  SessionBody,
  SessionList,
  SessionParams,
  showPerson,
} from './schema.ts';
import { endOwnSession, ownSessions, signOut } from './session.ts';
import { clearSessionCookie, setSessionCookie } from './session-cookie.ts';
import { signIn } from './sign-in.ts';
import { spendSignIn } from './sign-in-budget.ts';

export interface AccessTools extends FactorRouteTools {
  readonly budgets: RateBudgets;
  /** undefined: none is configured. */
  readonly provider: Provider | undefined;
}

const tags = ['people'];
const usual = ['unauthenticated', 'forbidden'] as const;
const ended = { type: 'null', description: 'The session has ended.' } as const;
const refusals = [
  'sign-in-refused',
  'second-factor-required',
  'second-factor-refused',
  'sign-in-paused',
  'too-many-requests',
  'overloaded',
] as const;
/** Outside the gate. */
export function signInRoute(app: Server, tools: AccessTools): void {
  app.post(
    '/v1/sessions',
    {
      schema: {
        tags,
        security: [],
        operationId: 'signIn',
        summary: 'Sign in',
        description:
          'For people; programs have keys. Wrong password and unknown login are answered alike. After several refusals in a row a login is paused, longer each time. Who has a second factor and sends no code is told `second-factor-required`: the same again, with the code.',
        body: SessionBody,
        response: {
          201: SessionAnswer,
          ...problemResponses(...refusals),
        },
      },
    },
    async (request, reply) => {
      spendSignIn(request, reply, tools.budgets);
      const { cookie = false, ...credentials } = request.body;
      const origin = { address: request.ip, userAgent: request.headers['user-agent'] };
      const { token, person, expiresAt } = await signIn(tools, credentials, origin);
      if (cookie) setSessionCookie(reply, token);
      return sendJson(reply, 201, {
        ...(!cookie && { token }),
        expiresAt: expiresAt.toISOString(),
        staff: showPerson(person),
      });
    },
  );
}

/** Behind the gate. */
export function sessionRoutes(app: Server, tools: AccessTools): void {
  currentRoutes(app, tools);
  ownRoutes(app, tools);
  factorRoutes(app, tools);
}

function currentRoutes(app: Server, { database }: AccessTools): void {
  app.get(
    '/v1/sessions/current',
    {
      config: { withoutFactor: true },
      schema: {
        tags,
        operationId: 'currentSession',
        summary: 'Who is signed in, and until when',
        response: { 200: CurrentSession, ...problemResponses(...usual) },
      },
    },
    async (request, reply) => {
      const { sessionId, createdAt, expiresAt, person } = callingSession(request);
      return sendJson(reply, 200, {
        sessionId: showId('ses', sessionId),
        createdAt: createdAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        staff: showPerson(person),
      });
    },
  );
  app.delete(
    '/v1/sessions/current',
    {
      config: { withoutFactor: true },
      schema: {
        tags,
        operationId: 'signOut',
        summary: 'Sign out',
        querystring: EndQuery,
        response: { 204: ended, ...problemResponses(...usual) },
      },
    },
    async (request, reply) => {
      const { person, sessionId } = callingSession(request);
      await signOut(database, person, request.query.all === true ? undefined : sessionId, request.ip);
      clearSessionCookie(request, reply);
      return reply.code(204).send(null);
    },
  );
}

function ownRoutes(app: Server, { database }: AccessTools): void {
  app.get(
    '/v1/sessions',
    {
      schema: {
        tags,
        operationId: 'ownSessions',
        summary: 'One’s own sessions that have not ended, the newest first',
        response: { 200: SessionList, ...problemResponses(...usual) },
      },
    },
    async (request, reply) =>
      sendJson(reply, 200, { items: await ownSessions(database, callingSession(request)), next: null }),
  );
  app.delete(
    '/v1/sessions/:sessionId',
    {
      schema: {
        tags,
        operationId: 'endSession',
        summary: 'End one of one’s own sessions: a device that is lost',
        params: SessionParams,
        response: { 204: ended, ...problemResponses(...usual, 'session-not-found') },
      },
    },
    async (request, reply) => {
      const current = callingSession(request).sessionId;
      const person = callingPerson(request);
      const sessionId = await endOwnSession(database, person, request.params.sessionId, request.ip);
      if (sessionId === current) clearSessionCookie(request, reply);
      return reply.code(204).send(null);
    },
  );
}
