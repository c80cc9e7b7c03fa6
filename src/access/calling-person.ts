// Who of the people calls, and by which session. The gate sets both, from the session's token.

import type { FastifyRequest } from 'fastify';
import { refuse, Refused } from '../kernel/errors.ts';
import type { Person } from './person.ts';
import type { Session } from './session.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** undefined: a client calls, with its key. */
    person: Person | undefined;
    session: Session | undefined;
  }
  interface FastifyContextConfig {
    /** The route is open to who has to enrol a second factor first. */
    withoutFactor?: boolean;
  }
}

/** Refuses `forbidden` for clients: persons decide, keys do not. */
export function callingPerson(request: FastifyRequest): Person {
  if (request.person === undefined)
    throw new Refused(refuse('forbidden', { reason: 'only a person who has signed in may do this' }));
  return request.person;
}

/** The session that he calls with. Refuses as `callingPerson` does. */
export function callingSession(request: FastifyRequest): Session {
  callingPerson(request);
  if (request.session === undefined) throw new Error('a person without a session');
  return request.session;
}
