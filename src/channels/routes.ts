// The operator's channels and keys over HTTP, for his people: to look at, and for an administrator to suspend, resume and
// revoke at once. The rest of the configuration is set at the command line.

import { Type } from 'typebox';
import type { FastifyRequest } from 'fastify';
import { actorOf, BELONGS, callingPerson, type Actor } from '../access/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import type { Database } from '../platform/db/index.ts';
import { problemResponses, sendJson, type Server } from '../platform/http/index.ts';
import { ChannelAnswer, ChannelPage, ChannelParams, KeyAnswer, KeyPage, KeyParams } from './shown-schema.ts';
import { resumeChannel } from './resume-channel.ts';
import { listKeysOf, revokeKey } from './revoke-key.ts';
import { listChannels, showChannel } from './show-channel.ts';
import { suspendChannel } from './suspend-channel.ts';

interface ConfigurationTools {
  readonly database: Database;
}

const tags = ['operations'];
const usual = ['malformed-request', 'unauthenticated', 'forbidden', 'too-many-requests'] as const;

export function configurationRoutes(app: Server, tools: ConfigurationTools): void {
  channelRoutes(app, tools);
  statusRoutes(app, tools);
  keyRoutes(app, tools);
}

function channelRoutes(app: Server, { database }: ConfigurationTools): void {
  app.get(
    '/v1/channels',
    {
      schema: {
        tags,
        operationId: 'channels',
        summary: 'Every channel with its settings and what is left of its float or credit',
        description: 'For the operator’s people.',
        response: { 200: ChannelPage, ...problemResponses(...usual) },
      },
    },
    async (request, reply) => {
      operatorsPerson(request);
      return sendJson(reply, 200, { items: await listChannels(database), next: null });
    },
  );
  app.get(
    '/v1/channels/:code',
    {
      schema: {
        tags,
        operationId: 'channel',
        summary: 'One channel',
        params: ChannelParams,
        response: { 200: ChannelAnswer, ...problemResponses(...usual, 'not-found') },
      },
    },
    async (request, reply) => {
      operatorsPerson(request);
      return sendJson(reply, 200, await shown(database, request.params.code));
    },
  );
}

function statusRoutes(app: Server, { database }: ConfigurationTools): void {
  const verbs = [
    ['suspension', 'suspendChannel', 'No new payment of this channel from now on', suspendChannel],
    ['resumption', 'resumeChannel', 'The channel may take payments again', resumeChannel],
  ] as const;
  for (const [word, operationId, summary, change] of verbs)
    app.post(
      `/v1/channels/:code/${word}`,
      {
        schema: {
          tags,
          operationId,
          summary,
          description: 'For an operator-admin. Repeatable.',
          params: ChannelParams,
          response: { 200: ChannelAnswer, ...problemResponses(...usual, 'not-found') },
        },
      },
      async (request, reply) => {
        const actor = administrator(request);
        const { code } = request.params;
        await shown(database, code);
        const changed = await change(database, code, actor);
        if (!changed.ok) throw new Refused(refuse('not-found', { channelCode: code }));
        return sendJson(reply, 200, await shown(database, code));
      },
    );
}

function keyRoutes(app: Server, { database }: ConfigurationTools): void {
  app.get(
    '/v1/keys',
    {
      schema: {
        tags,
        operationId: 'keys',
        summary: 'Keys of clients, revoked and expired ones too, the newest first; never their secrets',
        description: 'For the operator’s people.',
        querystring: Type.Object(
          {
            client: Type.Optional(
              Type.String({
                maxLength: 32,
                description: 'Of one client, by its code.',
                examples: ['bank-one'],
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: KeyPage, ...problemResponses(...usual, 'not-found') },
      },
    },
    async (request, reply) => {
      operatorsPerson(request);
      const { client } = request.query;
      const found = await listKeysOf(database, client);
      if (!found.ok) throw new Refused(refuse('not-found', { client: client ?? '' }));
      const items = found.value.map(({ channelId: _channel, billerId: _biller, ...key }) => key);
      return sendJson(reply, 200, { items, next: null });
    },
  );
  app.post(
    '/v1/keys/:keyId/revocation',
    {
      schema: {
        tags,
        operationId: 'revokeKey',
        summary: 'The key is nobody’s from now on, for ever',
        description: 'For an operator-admin. Repeatable: the first revocation counts.',
        params: KeyParams,
        response: { 200: KeyAnswer, ...problemResponses(...usual, 'not-found') },
      },
    },
    async (request, reply) => {
      const { keyId } = request.params;
      const revoked = await revokeKey(database, keyId, administrator(request));
      if (!revoked.ok) throw new Refused(refuse('not-found', { keyId }));
      return sendJson(reply, 200, { keyId, revokedAt: revoked.value.toISOString() });
    },
  );
}

async function shown(database: Database, code: string): Promise<object> {
  const channel = await showChannel(database, code);
  if (channel === undefined) throw new Refused(refuse('not-found', { channelCode: code }));
  return channel;
}

/** Refuses `forbidden` for everybody else. */
function operatorsPerson(request: FastifyRequest): void {
  const { role } = callingPerson(request);
  if (BELONGS[role] !== 'operator')
    throw new Refused(refuse('forbidden', { reason: 'only the operator’s people see this' }));
}

function administrator(request: FastifyRequest): Actor {
  const person = callingPerson(request);
  if (person.role !== 'operator-admin')
    throw new Refused(refuse('forbidden', { reason: 'only an operator-admin may do this' }));
  return actorOf(person, request.ip);
}
