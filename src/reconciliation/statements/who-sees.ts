// Who sees what banks say: accounts of the operator and of all billers are on statements, so the operator's people alone.

import type { FastifyRequest } from 'fastify';
import { callingPerson, type Person } from '../../access/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';

/** Refuses `unauthenticated` and `forbidden`. */
export function operatorOf(request: FastifyRequest): Person {
  const person = callingPerson(request);
  if (person.role === 'operator-admin' || person.role === 'support') return person;
  throw new Refused(refuse('forbidden', { reason: 'only the operator’s people see bank statements' }));
}
