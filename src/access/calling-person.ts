// Who of the people calls. The gate sets it, from the token of a session.

import type { FastifyRequest } from 'fastify';
import { refuse, Refused } from '../kernel/errors.ts';
import type { Person } from './person.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** undefined: a client calls, with its key. */
    person: Person | undefined;
  }
}

/** Refuses `forbidden` for clients: persons decide, keys do not. */
export function callingPerson(request: FastifyRequest): Person {
  if (request.person === undefined)
    throw new Refused(refuse('forbidden', { reason: 'only a person who has signed in may do this' }));
  return request.person;
}
