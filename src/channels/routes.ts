// The configuration over HTTP, for people: channels here, keys and agencies beside. To look at, and for an administrator to
// change what cannot wait. The rest is set at the command line.

import { refuse, Refused } from '../kernel/errors.ts';
import type { Database } from '../platform/db/index.ts';
import { problemResponses, sendJson, type Server } from '../platform/http/index.ts';
import { administrator, operatorsPerson } from './administrator.ts';
import { agencyRoutes } from './agency-routes.ts';
import type { Directory } from './directory.ts';
import { keyRoutes } from './key-routes.ts';
import { resumeChannel } from './resume-channel.ts';
import { listChannels, showChannel } from './show-channel.ts';
import { ChannelAnswer, ChannelPage, ChannelParams } from './shown-schema.ts';
import { suspendChannel } from './suspend-channel.ts';

export interface ConfigurationTools {
  readonly database: Database;
  readonly masterKey: Buffer;
  /** Read again after a change, so that it holds at once with this gateway; others read within a second. */
  readonly directory: Pick<Directory, 'refresh'>;
}

const tags = ['operations'];
const usual = ['malformed-request', 'unauthenticated', 'forbidden', 'too-many-requests'] as const;

export function configurationRoutes(app: Server, tools: ConfigurationTools): void {
  channelRoutes(app, tools);
  statusRoutes(app, tools);
  keyRoutes(app, tools);
  agencyRoutes(app, tools);
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

function statusRoutes(app: Server, { database, directory }: ConfigurationTools): void {
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
        await directory.refresh();
        return sendJson(reply, 200, await shown(database, code));
      },
    );
}

async function shown(database: Database, code: string): Promise<object> {
  const channel = await showChannel(database, code);
  if (channel === undefined) throw new Refused(refuse('not-found', { channelCode: code }));
  return channel;
}
