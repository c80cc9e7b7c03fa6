// The HTTP server before it has any route: ids, limits, strict bodies, problem documents, one log line per request.
// Everything here runs for every payment, so hooks are few and synchronous; add to them only what every route needs.

import {
  fastify,
  LogController,
  type FastifyBaseLogger,
  type FastifyReply,
  type FastifyRequest,
  type RawServerDefault,
} from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { refuse, Refused } from '../../kernel/errors.ts';
import type { Log } from '../log.ts';
import type { CountAnswer } from '../metrics.ts';
import { answerError } from './answer-errors.ts';
import { answerBrokenConnection } from './broken-connection.ts';
import { closeConnections } from './close-connections.ts';
import { readJsonBodies } from './json-body.ts';
import { refuseRepeatedHeaders } from './repeated-headers.ts';
import { freshRequestId, requestId } from './request-id.ts';
import { logAnswer, type Failure, type RequestLogOptions } from './request-log.ts';
import { checkRequests } from './validate.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body's bytes as they came, for signatures and digests; undefined without a JSON body. */
    rawBody: Buffer | undefined;
    /** `performance.now()` when the request arrived. */
    startedAt: number;
    failure: Failure | undefined;
  }
  interface FastifyContextConfig {
    /** A route that waits on purpose (the event feed) says from how many milliseconds on it is slow. */
    slowMs?: number;
  }
}

/** Fastify with schemas as types; what `routes(app)` of every room takes. */
export type Server = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface ServerOptions extends Pick<RequestLogOptions, 'caller'> {
  readonly log: Log;
  /** Addresses whose `x-forwarded-for` is believed; false behind nothing. */
  readonly trustProxy: boolean | string | string[];
  /** Bytes; a route may set its own. */
  readonly bodyLimit?: number;
  /** A whole request must arrive within; slow senders are cut off with 408. */
  readonly requestTimeoutMs?: number;
  readonly slowMs?: number;
  /** Makes the counter of one route (`countRequests`). */
  readonly counter?: (method: string, route: string) => CountAnswer;
}

const MEBIBYTE = 1024 * 1024;

export function buildServer(options: ServerOptions): Server {
  const { log, counter, slowMs = 1000, requestTimeoutMs = 300_000 } = options;
  const app = fastify({
    trustProxy: options.trustProxy,
    bodyLimit: options.bodyLimit ?? MEBIBYTE,
    requestTimeout: requestTimeoutMs,
    // Node swaps the two limits when the one for headers is the larger, so it has to follow.
    http: {
      headersTimeout: Math.min(60_000, requestTimeoutMs),
      connectionsCheckingInterval: Math.ceil(requestTimeoutMs / 10),
    },
    genReqId: requestId,
    logController: new QuietController(),
    // While draining, what arrives on open connections is still answered; Fastify's own 503 is no problem document.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => {
      begin(request, reply, log);
      answerError(error, request, reply);
      logAnswer({ log, slowMs, caller: options.caller }, request, reply);
    },
    clientErrorHandler: (error, socket) => answerBrokenConnection(error, socket, freshRequestId()),
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.log = log;
  decorate(app);
  readJsonBodies(app);
  checkRequests(app);
  observe(app, { log, slowMs, caller: options.caller, counter });
  app.setErrorHandler(answerError);
  return app;
}

/** Fastify's two lines per request stay unwritten; `logAnswer` has the one. */
class QuietController extends LogController {
  override incomingRequest(): void {}
  override requestCompleted(): void {}
}

function decorate(app: Server): void {
  app.decorateRequest('rawBody', undefined);
  app.decorateRequest('startedAt', 0);
  app.decorateRequest('failure', undefined);
}

/** What every answer carries, and the moment the request arrived. */
function begin(request: FastifyRequest, reply: FastifyReply, log: Log): void {
  request.startedAt = performance.now();
  // Fastify makes a child logger per request only when it owns the logger, which costs a tenth of the throughput.
  request.log = log;
  reply.log = log;
  reply.header('x-request-id', request.id);
  reply.header('x-content-type-options', 'nosniff');
  reply.header('cache-control', 'no-store');
}

function observe(
  app: Server,
  options: RequestLogOptions & { counter?: (method: string, route: string) => CountAnswer },
): void {
  const { log, counter } = options;
  const isClosing = closeConnections(app);
  app.addHook('onRequest', (request, reply, done) => {
    begin(request, reply, log);
    refuseRepeatedHeaders(request.raw.rawHeaders);
    done();
  });
  app.addHook('onRoute', (route) => {
    const count = counter?.(String(route.method), route.url);
    const slowMs = route.config?.slowMs;
    const onSend = (request: FastifyRequest, reply: FastifyReply, _: unknown, done: () => void) => {
      if (isClosing()) reply.header('connection', 'close');
      count?.(reply.statusCode);
      logAnswer(options, request, reply, slowMs);
      done();
    };
    route.onSend = [...[route.onSend ?? []].flat(), onSend];
  });
  const countMissing = counter?.('*', 'not found');
  app.setNotFoundHandler((request, reply) => {
    answerError(new Refused(refuse('not-found')), request, reply);
    countMissing?.(reply.statusCode);
    logAnswer(options, request, reply);
  });
}
