// Every error that reaches the HTTP edge becomes a problem document here, in the caller's language. Refusals are told
// as they are; errors of the framework are mapped to a code; whatever else happens is ours, and told without its inside.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEMS, refuse, Refused, type Code, type Refusal } from '../../kernel/errors.ts';
import { CommitLost, isUnavailable } from '../db/index.ts';
import { negotiate, type Language } from './language.ts';
import { Malformed, pointed, toRefusal, type DocumentFault } from './malformed.ts';
import { PROBLEM_TYPE, toProblem } from './problem.ts';

interface Answer {
  readonly refusal: Refusal;
  readonly cause?: unknown;
  readonly brokeOff?: boolean;
}

/** Sends `error` as a problem document, and leaves on the request what its log line needs. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const language = negotiate(request.headers['accept-language']);
  const { refusal, cause, brokeOff } = judge(error, language, request);
  const document = toProblem(refusal, { language, instance: request.id });
  request.failure = { code: refusal.code, cause, brokeOff };
  const { status } = document;
  reply.code(status).header('content-language', language).header('content-type', PROBLEM_TYPE);
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="wasit"');
  if ((status === 429 || status === 503) && !reply.hasHeader('retry-after')) {
    reply.header('retry-after', retryAfter(refusal));
  }
  // Already text: a route's response schema, made for its successes, has no say in a problem.
  reply.serializer(asIs).send(JSON.stringify(document));
}

function asIs(text: string): string {
  return text;
}

/** Whole seconds, at least one. */
function retryAfter({ facts }: Refusal): string {
  const given = facts?.['retryAfterSeconds'];
  return String(typeof given === 'number' && given > 1 ? Math.ceil(given) : 1);
}

function judge(error: unknown, language: Language, request: FastifyRequest): Answer {
  if (error instanceof Refused) return { refusal: pointed(error.refusal, language) };
  if (error instanceof Malformed) return { refusal: toRefusal(error, language) };
  if (brokeOff(error, request)) return { refusal: refuse('request-timeout'), brokeOff: true };
  if (error instanceof CommitLost) return { refusal: refuse('outcome-unknown'), cause: error };
  if (isUnavailable(error)) return { refusal: refuse('overloaded'), cause: error };
  const { code, statusCode } = traits(error);
  const fault = faultsOf[code];
  if (fault !== undefined) return { refusal: toRefusal(new Malformed([fault]), language) };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return { refusal: refuse('payload-too-large', { limitBytes: request.routeOptions.bodyLimit }) };
  }
  if (code === 'FST_ERR_HANDLER_TIMEOUT') return { refusal: refuse('outcome-unknown') };
  const mapped = statusCode === undefined ? undefined : codeOfStatus.get(statusCode);
  if (mapped !== undefined) return { refusal: refuse(mapped) };
  return { refusal: refuse('internal-error'), cause: error };
}

/** The client went away before its body was whole: nobody is left to read an answer, and nothing of ours failed. */
function brokeOff(error: unknown, { raw }: FastifyRequest): boolean {
  return error === raw.errored && traits(error).code === 'ECONNRESET';
}

const faultsOf: Record<string, DocumentFault> = {
  FST_ERR_BAD_URL: { pointer: '', key: 'badPath' },
  FST_ERR_MAX_PARAM_LENGTH: { pointer: '', key: 'badPath' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { pointer: '', key: 'badLength' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { pointer: '', key: 'empty' },
};

/** For what plugins throw with a status of their own: only the codes whose meaning the status alone carries. */
const codeOfStatus = new Map<number, Code>(
  (
    [
      'malformed-request',
      'unauthenticated',
      'forbidden',
      'not-found',
      'request-timeout',
      'payload-too-large',
      'unsupported-media-type',
      'too-many-requests',
      'overloaded',
    ] as const
  ).map((code) => [PROBLEMS[code].status, code]),
);

function traits(error: unknown): { code: string; statusCode?: number } {
  if (typeof error !== 'object' || error === null) return { code: '' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const statusCode =
    'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;
  return { code, statusCode };
}
