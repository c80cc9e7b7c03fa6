// Signing in and out over HTTP. Opening a session is the one route that knows nobody yet, so it stands before the gate
// and has a rate of its own: each attempt costs a third of a second of a core.

import type { FastifyRequest } from 'fastify';
import { refuse, Refused } from '../kernel/errors.ts';
import type { Database } from '../platform/db/index.ts';
import { problemResponses, sendJson, type RateBudgets, type Server } from '../platform/http/index.ts';
import { callingPerson } from './calling-person.ts';
import { CurrentSession, EndQuery, SessionAnswer, SessionBody, showPerson } from './schema.ts';
import { sessionOf, signIn, signOut } from './sign-in.ts';

export interface AccessTools {
  readonly database: Database;
  readonly budgets: RateBudgets;
}

const tags = ['people'];
/** Sign-ins a second from one address. */
const SIGN_INS_PER_SECOND = 5;

/** Outside the gate. */
export function signInRoute(app: Server, { database, budgets }: AccessTools): void {
  app.post(
    '/v1/sessions',
    {
      schema: {
        tags,
        security: [],
        operationId: 'signIn',
        summary: 'Sign in',
        description:
          'For people; programs have keys. Wrong password and unknown login are answered alike. After several wrong passwords a login is paused, longer each time.',
        body: SessionBody,
        response: {
          201: SessionAnswer,
          ...problemResponses('sign-in-refused', 'sign-in-paused', 'too-many-requests', 'overloaded'),
        },
      },
    },
    async (request, reply) => {
      const spent = budgets.take(`sign-in:${request.ip}`, SIGN_INS_PER_SECOND);
      void reply
        .header('ratelimit-limit', spent.limit)
        .header('ratelimit-remaining', spent.remaining)
        .header('ratelimit-reset', spent.resetSeconds);
      if (spent.isExceeded)
        throw new Refused(refuse('too-many-requests', { limit: SIGN_INS_PER_SECOND, per: 'second' }));
      const { token, person, expiresAt } = await signIn(database, request.body, request.ip);
      return sendJson(reply, 201, {
        token,
        expiresAt: expiresAt.toISOString(),
        staff: showPerson(person),
      });
    },
  );
}

/** Behind the gate. */
export function sessionRoutes(app: Server, { database }: Pick<AccessTools, 'database'>): void {
  app.get(
    '/v1/sessions/current',
    {
      schema: {
        tags,
        operationId: 'currentSession',
        summary: 'Who is signed in, and until when',
        response: { 200: CurrentSession, ...problemResponses('unauthenticated', 'forbidden') },
      },
    },
    async (request, reply) => {
      callingPerson(request);
      const session = await sessionOf(database, tokenOf(request));
      if (session === undefined) throw new Refused(refuse('unauthenticated'));
      return sendJson(reply, 200, {
        createdAt: session.createdAt.toISOString(),
        expiresAt: session.expiresAt.toISOString(),
        staff: showPerson(session.person),
      });
    },
  );
  app.delete(
    '/v1/sessions/current',
    {
      schema: {
        tags,
        operationId: 'signOut',
        summary: 'Sign out',
        querystring: EndQuery,
        response: {
          204: { type: 'null', description: 'The session has ended.' },
          ...problemResponses('unauthenticated', 'forbidden'),
        },
      },
    },
    async (request, reply) => {
      const person = callingPerson(request);
      await signOut(database, person, request.query.all === true ? undefined : tokenOf(request), request.ip);
      return reply.code(204).send(null);
    },
  );
}

function tokenOf({ headers }: FastifyRequest): string {
  return (headers.authorization ?? '').replace(/^bearer +/i, '');
}
