// Events over HTTP: an agency's feed, and where and how they are sent to it.

import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../access/index.ts';
import { callingBiller, type Directory } from '../channels/index.ts';
import { orThrow } from '../kernel/or-throw.ts';
import { problemResponses, sendJson, sendText, type Server } from '../platform/http/index.ts';
import type { Caller } from '../platform/outgoing/index.ts';
import { followEvents } from './follow-events.ts';
import { listSetAside } from './list-aside.ts';
import { numberOf, readEvents, type FeedTools } from './read-events.ts';
import { removeWebhook } from './remove-webhook.ts';
import { resend } from './resend.ts';
import {
  AsideList,
  AsideQuery,
  FeedPage,
  FeedQuery,
  ResendAnswer,
  ResendBody,
  TestAnswer,
  WebhookAnswer,
  WebhookBody,
} from './schema.ts';
import { setWebhook, type WebhookTools } from './set-webhook.ts';
import { showWebhook } from './show-webhook.ts';
import { tryWebhook } from './try-webhook.ts';
import { whoResends } from './who-resends.ts';

export interface ConfirmationTools extends WebhookTools, FeedTools {
  readonly caller: Caller;
  readonly directory: Directory;
  /** Aborts when the gateway stops: who waits for events is answered. */
  readonly stopping: AbortSignal;
}

const tags = ['events'];
const always = ['malformed-request', 'unauthenticated', 'forbidden', 'too-many-requests'] as const;

export function confirmationRoutes(app: Server, tools: ConfirmationTools): void {
  feedRoute(app, tools);
  setRoute(app, tools);
  webhookRoutes(app, tools);
  asideRoutes(app, tools);
}

function feedRoute(app: Server, tools: ConfirmationTools): void {
  app.get(
    '/v1/events',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'events',
        summary: 'The feed: every event of the agency, in one order',
        description:
          'Complete and replayable from any cursor. With `wait` the answer is held back until there is an event. With `Accept: text/event-stream` the events follow live as server-sent events; the cursor is their id.',
        querystring: FeedQuery,
        response: { 200: FeedPage, ...problemResponses(...always) },
      },
    },
    async (request, reply) => {
      const billerId = callingBiller(request);
      const { after, limit = 100, wait = 0 } = request.query;
      const signal = AbortSignal.any([tools.stopping, goneSignal(reply)]);
      if (request.headers.accept?.includes('text/event-stream') === true)
        return follow(reply, tools, billerId, lastSeen(request, after), signal);
      const waitMs = wait * 1000;
      return sendText(
        reply,
        200,
        await readEvents(tools, billerId, { after: numberOf(after), limit, waitMs, signal }),
      );
    },
  );
}

/** A client that reconnects by itself says where it stands in Last-Event-ID, which then counts for more. */
function lastSeen(request: FastifyRequest, after: string | undefined): bigint {
  const last = request.headers['last-event-id'];
  return numberOf(typeof last === 'string' && /^f[0-9]{1,18}$/.test(last) ? last : after);
}

function follow(
  reply: FastifyReply,
  tools: FeedTools,
  billerId: number,
  after: bigint,
  signal: AbortSignal,
): FastifyReply {
  const stream = Readable.from(followEvents(tools, billerId, after, signal), {
    objectMode: false,
    highWaterMark: 65_536,
  });
  return reply
    .header('cache-control', 'no-store')
    .header('x-accel-buffering', 'no')
    .header('connection', 'close') // nothing comes after it
    .type('text/event-stream; charset=utf-8')
    .send(stream);
}

function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}

function setRoute(app: Server, tools: ConfirmationTools): void {
  app.put(
    '/v1/webhook',
    {
      schema: {
        tags,
        operationId: 'setWebhook',
        summary: 'Where events are sent',
        description:
          'Signed by Standard Webhooks. The first webhook is told what happens from then on; the feed has what was before. One that is set again, after a removal too, is told everything since the last event that was delivered. A new secret signs at once, each one before signs too for 24 hours from its change, five of them at the most.',
        body: WebhookBody,
        response: { 200: WebhookAnswer, ...problemResponses(...always) },
      },
    },
    async (request, reply) => {
      const billerId = callingBiller(request);
      const { secret } = orThrow(await setWebhook(tools, billerId, request.body, actorOf(request)));
      const shown = orThrow(await showWebhook(tools.database, billerId));
      return sendJson(reply, 200, secret === undefined ? shown : { ...shown, secret });
    },
  );
}

function webhookRoutes(app: Server, tools: ConfirmationTools): void {
  app.get(
    '/v1/webhook',
    {
      schema: {
        tags,
        operationId: 'webhook',
        summary: 'The webhook as it stands, and how its deliveries are doing',
        response: { 200: WebhookAnswer, ...problemResponses(...always, 'webhook-not-found') },
      },
    },
    async (request, reply) =>
      sendJson(reply, 200, orThrow(await showWebhook(tools.database, callingBiller(request)))),
  );
  app.delete(
    '/v1/webhook',
    {
      schema: {
        tags,
        operationId: 'removeWebhook',
        summary: 'Send nothing any more',
        response: {
          204: {
            type: 'null',
            description:
              'Nothing is sent from now on; the feed goes on. A webhook set later is told what was not delivered.',
          },
          ...problemResponses(...always, 'webhook-not-found'),
        },
      },
    },
    async (request, reply) => {
      orThrow(await removeWebhook(tools.database, callingBiller(request), actorOf(request)));
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/v1/webhook/test',
    {
      schema: {
        tags,
        operationId: 'testWebhook',
        summary: 'Send a test to the endpoint now',
        response: { 200: TestAnswer, ...problemResponses(...always, 'webhook-not-found') },
      },
    },
    async (request, reply) => sendJson(reply, 200, orThrow(await tryWebhook(tools, callingBiller(request)))),
  );
}

function asideRoutes(app: Server, tools: ConfirmationTools): void {
  app.get(
    '/v1/deliveries',
    {
      schema: {
        tags,
        operationId: 'deliveries',
        summary: 'Events that the endpoint refused, or that wait behind one',
        querystring: AsideQuery,
        response: { 200: AsideList, ...problemResponses(...always) },
      },
    },
    async (request, reply) => {
      const { state, after, limit = 100 } = request.query;
      const list = await listSetAside(tools.database, callingBiller(request), {
        state,
        after: after === undefined ? -1n : numberOf(after),
        limit,
      });
      return sendJson(reply, 200, list);
    },
  );
  app.post(
    '/v1/deliveries/resend',
    {
      schema: {
        tags,
        operationId: 'resend',
        summary: 'Send events again',
        description: 'For agencies, and for the operator’s people, who name the agency in `billerCode`.',
        body: ResendBody,
        response: {
          200: ResendAnswer,
          ...problemResponses(...always, 'biller-not-found', 'webhook-not-found', 'event-not-found'),
        },
      },
    },
    async (request, reply) => {
      const { billerCode, ...body } = request.body;
      const { billerId, actor } = whoResends(request, tools.directory, billerCode);
      return sendJson(reply, 200, orThrow(await resend(tools.database, billerId, body, actor)));
    },
  );
}

function actorOf(request: FastifyRequest): Actor {
  return { name: `agency/${request.principal?.code ?? ''}`, origin: 'api' };
}
