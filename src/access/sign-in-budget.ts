// Each sign-in costs us much more than whoever asks for it, so one address may ask for ten a second.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuse, Refused } from '../kernel/errors.ts';
import type { RateBudgets } from '../platform/http/index.ts';

const SIGN_INS_PER_SECOND = 10;

/** Refuses `too-many-requests`. */
export function spendSignIn(request: FastifyRequest, reply: FastifyReply, budgets: RateBudgets): void {
  const spent = budgets.take(`sign-in:${request.ip}`, SIGN_INS_PER_SECOND);
  void reply
    .header('ratelimit-limit', spent.limit)
    .header('ratelimit-remaining', spent.remaining)
    .header('ratelimit-reset', spent.resetSeconds);
  if (spent.isExceeded)
    throw new Refused(refuse('too-many-requests', { limit: SIGN_INS_PER_SECOND, per: 'second' }));
}
