// Whose reports are asked for: an agency's own, or those that the operator names.

import type { FastifyRequest } from 'fastify';
import { callingBiller, isOperator, type Directory } from '../channels/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import { Malformed } from '../platform/http/index.ts';

/**
 * Refuses `forbidden` for channels, `biller-not-found` for a code that nobody has, and, like every unknown
 * parameter (Malformed), a biller that somebody names who is not the operator.
 */
export function reportedBiller(
  request: FastifyRequest,
  directory: Directory,
  code: string | undefined,
): number {
  if (code === undefined) return callingBiller(request);
  if (!isOperator(request))
    throw new Malformed([{ pointer: '/biller', key: 'unknownField', facts: { name: 'biller' } }], 'query');
  const biller = directory.current.billersByCode.get(code);
  if (biller === undefined) throw new Refused(refuse('biller-not-found', { billerCode: code }));
  return biller.billerId;
}
