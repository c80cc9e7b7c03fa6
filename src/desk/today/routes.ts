// The day at a glance over HTTP. However many look at it, each view of it is made at most every two seconds in one process.

import { createHash } from 'node:crypto';
import { isBusinessDate } from '../../kernel/business-date.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { problemResponses, sendText, type Server } from '../../platform/http/index.ts';
import { isNamed } from '../../settlement/documents/index.ts';
import { Moments } from './moments.ts';
import { TodayAnswer, TodayQuery } from './schema.ts';
import { today, type TodayTools } from './today.ts';
import { whoseDay } from './whose.ts';

/** Sums are at most a second old when they are read, so nobody sees what is older than three. */
const GOOD_FOR_MS = 2_000;

interface Told {
  readonly text: string;
  readonly etag: string;
}

export function todayRoutes(app: Server, tools: TodayTools): void {
  const moments = new Moments<Told>(GOOD_FOR_MS, () => performance.now());
  app.get(
    '/v1/today',
    {
      schema: {
        tags: ['reports'],
        operationId: 'today',
        summary: 'A business date at a glance, while it goes on',
        description:
          'An agency sees what was paid to it, a channel what it took, the operator all, or with `biller` or `channel` one’s. Cheap to ask again: some seconds old at most, and with `if-none-match` 304 while nothing has changed.',
        querystring: TodayQuery,
        response: {
          200: TodayAnswer,
          304: { type: 'null', description: 'Nothing has changed but the time.' },
          ...problemResponses(
            'malformed-request',
            'unauthenticated',
            'forbidden',
            'biller-not-found',
            'not-found',
            'too-many-requests',
          ),
        },
      },
    },
    async (request, reply) => {
      const { date } = request.query;
      if (date !== undefined && !isBusinessDate(date))
        throw new Refused(refuse('malformed-request', { field: 'date' }));
      const whose = whoseDay(request, tools.directory, request.query);
      const key = `${whose.billerIds.join()} ${whose.channelId ?? ''} ${whose.billerId ?? ''} ${date ?? ''}`;
      const { text, etag } = await moments.get(key, async () => told(await today(tools, whose, date)));
      reply.header('etag', etag).header('cache-control', 'private, no-cache');
      if (isNamed(request.headers['if-none-match'], etag)) return reply.code(304).send(null);
      return sendText(reply, 200, text);
    },
  );
}

/** `asOf` alone is no change. */
function told(answer: TodayAnswer): Told {
  const { asOf: _asOf, ...rest } = answer;
  const digest = createHash('sha256').update(JSON.stringify(rest)).digest('base64url');
  return { text: JSON.stringify(answer), etag: `"${digest}"` };
}
