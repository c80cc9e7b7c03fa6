// Stands before every route of /v1: who is calling, and is he within his rate. A bearer key is checked before the
// body is read; a signature after, since it covers the body's digest. A person's session comes as a bearer too,
// or in a cookie (admit-person.ts). Adds `request.principal`, and `request.person` where a person calls.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuse, Refused } from '../kernel/errors.ts';
import type { Budget, RateBudgets } from '../platform/http/index.ts';
import {
  identifyPerson,
  isRead,
  nameBiller,
  refuseForeignPage,
  refuseWithoutFactor,
  sessionToken,
  type PersonParts,
} from './admit-person.ts';
import type { Channel } from './channel.ts';
import { splitTarget, type Identified, type Identifier, type Principal } from './credentials/index.ts';
import type { Directory } from './directory.ts';

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | undefined;
    /** Beyond its rate, but let through for a route that answers what is recorded already. */
    isOverBudget: boolean;
  }
  interface FastifyContextConfig {
    /** Which budget the route draws on: `status` is kept for replays and status queries. */
    budget?: 'work' | 'status';
    /** The route answers replays even of a client beyond its rate, from a budget of their own. */
    answersReplays?: boolean;
    /** The route reads its body as a stream, and compares it with content-digest itself. */
    streamsBody?: boolean;
  }
}

export interface GatekeeperParts extends PersonParts {
  readonly identifier: Identifier;
  readonly budgets: RateBudgets;
  /** Requests a second of a client without a rate of its own. */
  readonly defaultRate: number;
}

/** Refused callers of one address: enough for a client with an old key, too few to try keys. */
const STRANGERS_PER_SECOND = 100;

export function keepGate(app: FastifyInstance, parts: GatekeeperParts): void {
  app.decorateRequest('principal', undefined);
  app.decorateRequest('person', undefined);
  app.decorateRequest('session', undefined);
  app.decorateRequest('isOverBudget', false);
  app.addHook('onRequest', (request, reply, done) => {
    const token = sessionToken(request);
    if (token !== undefined) {
      identifyPerson(parts, request, token)
        .then((identified) => {
          if (!identified.ok) spendAsStranger(parts, request, reply);
          admitOrRefuse(identified, parts, request, reply);
          refuseForeignPage(request);
          refuseWithoutFactor(parts, request);
          nameBiller(parts, request);
        })
        .then(() => done(), done);
      return;
    }
    if (request.headers['signature-input'] === undefined) admitClient(parts, request, reply, done);
    else done();
  });
  app.addHook('preValidation', (request, reply, done) => {
    if (request.principal === undefined) admitClient(parts, request, reply, done);
    else done();
  });
}

/** Who is unknown is looked up once more in the newest configuration: a key serves from its first second. */
function admitClient(
  parts: GatekeeperParts,
  request: FastifyRequest,
  reply: FastifyReply,
  done: (error?: Error) => void,
): void {
  const identify = (): Identified => parts.identifier.identify(asSent(request), request.ip);
  const identified = identify();
  if (identified.ok) {
    admitOrRefuse(identified, parts, request, reply);
    done();
    return;
  }
  spendAsStranger(parts, request, reply);
  parts.directory
    .refresh()
    .then(identify)
    .then((again) => admitOrRefuse(again, parts, request, reply))
    .then(() => done(), done);
}

function asSent(request: FastifyRequest): Parameters<Identifier['identify']>[0] {
  const { path, query } = splitTarget(request.raw.url ?? '/');
  return {
    method: request.method,
    authority: request.headers.host ?? '',
    path,
    query,
    headers: request.headers,
    body: request.rawBody,
    isStreamed: request.routeOptions.config.streamsBody === true,
  };
}

function admitOrRefuse(
  identified: Identified,
  parts: GatekeeperParts,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (!identified.ok) {
    const { code, reason, signatureBase } = identified;
    throw new Refused(refuse(code, signatureBase === undefined ? { reason } : { reason, signatureBase }));
  }
  request.principal = identified.principal;
  spendBudget(identified.principal, parts, request, reply);
}

/** Before anything is looked up for a caller who is not known: trying keys must cost us little. */
function spendAsStranger({ budgets }: GatekeeperParts, request: FastifyRequest, reply: FastifyReply): void {
  const spent = budgets.take(`address:${request.ip}`, STRANGERS_PER_SECOND);
  setHeaders(reply, spent);
  if (spent.isExceeded) throw tooMany(STRANGERS_PER_SECOND);
}

function spendBudget(
  principal: Principal,
  { budgets, directory, defaultRate }: GatekeeperParts,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const channel =
    principal.kind !== 'channel' || principal.channelId === undefined
      ? undefined
      : directory.current.channelsById.get(principal.channelId);
  const rate = channel === undefined || channel.rateLimit === 0 ? defaultRate : channel.rateLimit;
  const { budget = 'work', answersReplays = false } = request.routeOptions.config;
  const client = `${principal.kind}:${principal.code}`;
  let spent = budgets.take(`${client}:${budget}`, rate);
  if (spent.isExceeded && answersReplays) {
    spent = budgets.take(`${client}:replay`, rate);
    request.isOverBudget = !spent.isExceeded;
  }
  setHeaders(reply, spent);
  if (spent.isExceeded) throw tooMany(rate);
}

function setHeaders(reply: FastifyReply, { limit, remaining, resetSeconds }: Budget): void {
  void reply
    .header('ratelimit-limit', limit)
    .header('ratelimit-remaining', remaining)
    .header('ratelimit-reset', resetSeconds);
}

export function tooMany(rate: number): Refused {
  return new Refused(refuse('too-many-requests', { limit: rate, per: 'second' }));
}

/**
 * The channel that calls. Refuses `forbidden` for agencies and operators: this part of the API is not theirs. A person of
 * the channel reads what it may read, and changes nothing: that is for keys.
 */
export function callingChannel(request: FastifyRequest, directory: Directory): Channel {
  const channelId = callerOf(request)?.channelId;
  const channel = channelId === undefined ? undefined : directory.current.channelsById.get(channelId);
  if (channel === undefined) throw new Refused(refuse('forbidden', { reason: 'only channels may do this' }));
  return channel;
}

/** The biller whose agency calls, or one of its people who reads. Refuses `forbidden` for everybody else. */
export function callingBiller(request: FastifyRequest): number {
  const billerId = callerOf(request)?.billerId;
  if (billerId === undefined) throw new Refused(refuse('forbidden', { reason: 'only agencies may do this' }));
  return billerId;
}

function callerOf({ principal, method }: FastifyRequest): Principal | undefined {
  return principal?.kind === 'staff' && !isRead(method) ? undefined : principal;
}
