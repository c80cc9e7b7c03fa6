// Keys of clients over HTTP, for the operator's people: to look at, and for an administrator to add and revoke.

import { WRITTEN_LINE } from '../kernel/text-form.ts';
import { Type } from 'typebox';
import { refuse, Refused } from '../kernel/errors.ts';
import type { Database } from '../platform/db/index.ts';
import { problemResponses, sendJson, type Server } from '../platform/http/index.ts';
import { addKey } from './add-key.ts';
import { administrator, operatorsPerson } from './administrator.ts';
import type { Directory } from './directory.ts';
import { listKeysOf, revokeKey } from './revoke-key.ts';
import { KeyAdded, KeyAnswer, KeyBody, KeyPage, KeyParams } from './shown-schema.ts';
import { shownOnce } from './shown-once.ts';

interface KeyTools {
  readonly database: Database;
  readonly masterKey: Buffer;
  /** Read again after a change, so that it holds at once with this gateway; others read within a second. */
  readonly directory: Pick<Directory, 'refresh'>;
}

const tags = ['operations'];
const usual = ['malformed-request', 'unauthenticated', 'forbidden', 'too-many-requests'] as const;

export function keyRoutes(app: Server, tools: KeyTools): void {
  shownRoutes(app, tools);
  addRoute(app, tools);
  revokeRoute(app, tools);
}

function shownRoutes(app: Server, { database }: KeyTools): void {
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
                pattern: WRITTEN_LINE,
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
}

function addRoute(app: Server, { database, masterKey }: KeyTools): void {
  app.post(
    '/v1/keys',
    {
      schema: {
        tags,
        operationId: 'addKey',
        summary: 'A further key of a channel, an agency or the operator',
        description:
          'For an operator-admin. What the client has to keep stands in this answer and nowhere else: where the answer was lost, revoke the key and add another. Those that the client has stay.',
        body: KeyBody,
        response: { 201: KeyAdded, ...problemResponses(...usual, 'not-found') },
      },
    },
    async (request, reply) => {
      const actor = administrator(request);
      const { client, expiresAt, ...rest } = request.body;
      const standing = await listKeysOf(database, client);
      if (!standing.ok) throw new Refused(refuse('not-found', { client }));
      const wish = {
        algorithm: 'bearer',
        ...rest,
        ...(expiresAt && { expiresAt: new Date(expiresAt) }),
      } as const;
      const made = await addKey(database, client, wish, masterKey, actor);
      if (!made.ok)
        throw new Refused(
          refuse('malformed-request', {}, { errors: [{ pointer: '', detail: made.reason }] }),
        );
      return sendJson(reply, 201, shownOnce(client, made.value));
    },
  );
}

function revokeRoute(app: Server, { database, directory }: KeyTools): void {
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
      await directory.refresh();
      return sendJson(reply, 200, { keyId, revokedAt: revoked.value.toISOString() });
    },
  );
}
