// One line per request, and only where somebody may want it: refusals at info, 503, uploads that broke off and what
// was slow at warn, faults at error with their cause, everything else at debug. A line a payment would cost more than the payment's own work.

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Code } from '../../kernel/errors.ts';
import type { Log } from '../log.ts';

/** What the answer was when it was not a success; set where the problem document is made. */
export interface Failure {
  readonly code: Code;
  /** Present for faults of ours, never for refusals. */
  readonly cause?: unknown;
  /** The client went away in the middle of its request. */
  readonly brokeOff?: boolean;
}

export interface RequestLogOptions {
  readonly log: Log;
  /** Successes that took longer are logged at warn. A route that waits on purpose sets `config.slowMs`. */
  readonly slowMs: number;
  /** Who called, for the line; for example the client's code. */
  readonly caller?: (request: FastifyRequest) => string | undefined;
}

/** Writes the line for an answer that is about to be sent. The path without its query, which may hold a payer's number. */
export function logAnswer(
  options: RequestLogOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  slowMs = options.slowMs,
): void {
  const { log } = options;
  const ms = performance.now() - request.startedAt;
  const { failure } = request;
  if (failure === undefined && ms < slowMs && !log.isLevelEnabled('debug')) return;
  const line = {
    requestId: request.id,
    caller: options.caller?.(request),
    method: request.method,
    path: pathOf(request.url),
    status: reply.statusCode,
    code: failure?.code,
    ms: Math.round(ms * 10) / 10,
    err: failure?.cause,
  };
  if (failure?.cause !== undefined) return log.error(line, 'failed');
  const plain = unredacted(log);
  if (failure?.brokeOff) plain.warn(line, 'the client broke off');
  else if (failure !== undefined) plain[reply.statusCode >= 500 ? 'warn' : 'info'](line, 'refused');
  else plain[ms < slowMs ? 'debug' : 'warn'](line, ms < slowMs ? 'answered' : 'slow');
}

const plainLogs = new WeakMap<Log, Log>();

/** For lines whose fields are all named above: looking for secrets in them took a third of the time under refusals. */
function unredacted(log: Log): Log {
  let plain = plainLogs.get(log);
  if (plain === undefined) plainLogs.set(log, (plain = log.child({}, { redact: [] })));
  return plain;
}

function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}
