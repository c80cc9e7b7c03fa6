// Whose events are sent again, and by whom: an agency's program sends its own, and the operator's people those of the agency
// that they name.

import type { FastifyRequest } from 'fastify';
import type { Actor } from '../access/index.ts';
import { callingBiller, operatorsPerson, type Directory } from '../channels/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';

interface Resender {
  readonly billerId: number;
  readonly actor: Actor;
}

/** Refuses `forbidden`, `biller-not-found` for another's, and `malformed-request` where the operator's person names none. */
export function whoResends(
  request: FastifyRequest,
  { current }: Directory,
  billerCode: string | undefined,
): Resender {
  const named = billerCode === undefined ? undefined : current.billersByCode.get(billerCode)?.billerId;
  const missing = new Refused(refuse('biller-not-found', { billerCode: billerCode ?? '' }));
  if (request.person !== undefined) {
    const actor = operatorsPerson(request);
    const errors = [{ pointer: '/billerCode', detail: 'is needed: whose events' }];
    if (billerCode === undefined) throw new Refused(refuse('malformed-request', {}, { errors }));
    if (named === undefined) throw missing;
    return { billerId: named, actor };
  }
  const billerId = callingBiller(request);
  if (billerCode !== undefined && named !== billerId) throw missing;
  return { billerId, actor: { name: `agency/${request.principal?.code ?? ''}`, origin: 'api' } };
}
