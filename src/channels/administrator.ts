// Whether one of the operator's people calls, and whether he may change the configuration.

import type { FastifyRequest } from 'fastify';
import { actorOf, BELONGS, callingPerson, type Actor } from '../access/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';

/** As the audit log knows him. Refuses `forbidden` for everybody else. */
export function operatorsPerson(request: FastifyRequest): Actor {
  const person = callingPerson(request);
  if (BELONGS[person.role] !== 'operator')
    throw new Refused(refuse('forbidden', { reason: 'only the operator’s people may do this' }));
  return actorOf(person, request.ip);
}

/** As the audit log knows him. Refuses `forbidden` for everybody else, the operator's other people too. */
export function administrator(request: FastifyRequest): Actor {
  const person = callingPerson(request);
  if (person.role !== 'operator-admin')
    throw new Refused(refuse('forbidden', { reason: 'only an operator-admin may do this' }));
  return actorOf(person, request.ip);
}
