// Whose reports are asked for: an agency's own, or those that the operator names.

import type { FastifyRequest } from 'fastify';
import { callingBiller, type Directory } from '../channels/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';

/** Refuses `forbidden` for channels, `biller-not-found` for a code that nobody has. */
export function reportedBiller(
  request: FastifyRequest,
  directory: Directory,
  code: string | undefined,
): number {
  if (!isOperator(request) || code === undefined) return callingBiller(request);
  const biller = directory.current.billersByCode.get(code);
  if (biller === undefined) throw new Refused(refuse('biller-not-found', { billerCode: code }));
  return biller.billerId;
}

/** The operator's key, or one of his people: nobody's channel and nobody's agency. */
export function isOperator({ principal }: FastifyRequest): boolean {
  return principal !== undefined && principal.billerId === undefined && principal.channelId === undefined;
}
