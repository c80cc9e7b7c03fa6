// Whether it is the operator who calls.

import type { FastifyRequest } from 'fastify';

/** The operator's key, or one of his people who names no biller: nobody's channel and nobody's agency. */
export function isOperator({ principal }: Pick<FastifyRequest, 'principal'>): boolean {
  return principal !== undefined && principal.billerId === undefined && principal.channelId === undefined;
}
