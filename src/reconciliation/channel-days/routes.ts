// A channel's day over HTTP: its file as a raw stream of any size, and what came of it. The file in a context of its own,
// because the body is not JSON and no limit of size holds for it.

import type { Readable } from 'node:stream';
import { Type } from 'typebox';
import { announcedDigests, callingChannel, type Directory } from '../../channels/index.ts';
import { orThrow } from '../../kernel/or-throw.ts';
import type { Database } from '../../platform/db/index.ts';
import {
  bodyStream,
  isCompressed,
  lineFormat,
  LINE_TYPES,
  problemResponses,
  type Server,
} from '../../platform/http/index.ts';
import type { Log } from '../../platform/log.ts';
import { dateOf } from './date-of.ts';
import { handOverDay, type ChannelDayQueue } from './jobs.ts';
import { lookRoutes } from './look-routes.ts';
import { receiveDayFile } from './receive-day-file.ts';
import { DayParams, DayReceived } from './schema.ts';

export interface ChannelDayTools {
  readonly database: Database;
  readonly directory: Directory;
  readonly channelDays: ChannelDayQueue;
  readonly log: Pick<Log, 'warn'>;
}

const tags = ['reconciliation'];
const always = ['malformed-request', 'unauthenticated', 'forbidden', 'too-many-requests'] as const;
const EXAMPLE_CSV =
  'reference,amount,currency,status,fee,billerCode,billNumber\r\nr-417,125.500,OMR,accepted,0.200,om-social,OM-2026-000417\r\n';
const EXAMPLE_NDJSON = '{"reference":"r-417","amount":"125.500","currency":"OMR","status":"accepted"}\n';

export function channelDayRoutes(app: Server, tools: ChannelDayTools): void {
  void app.register(async (files: Server) => {
    files.removeAllContentTypeParsers();
    files.addContentTypeParser(LINE_TYPES, (_request, stream, done) => done(null, stream));
    fileRoute(files, tools);
  });
  lookRoutes(app, tools);
}

function fileRoute(app: Server, tools: ChannelDayTools): void {
  app.put(
    '/v1/reconciliations/:businessDate',
    {
      config: { streamsBody: true },
      // The body is a stream, which no schema can look into; the one below is for the description alone.
      validatorCompiler: () => () => true,
      schema: {
        tags,
        operationId: 'sendDayFile',
        summary: 'Send your day file of a business date',
        description:
          'Every payment of yours of this business date, once, as it stands at the end of the date. CSV with a header (the columns reference, amount, currency, status are required, fee, billerCode, billNumber, paymentId, occurredAt, businessDate optional, in any order) or NDJSON with the same names and texts; UTF-8; any size; `content-encoding: gzip` is welcome, up to 200 times its size. A file with a malformed line fails as a whole. A later file of the date replaces the earlier one. The same bytes as your latest file are that file; where the day is not balanced, it is matched again.',
        params: DayParams,
        body: Type.Unsafe<Readable>({
          content: {
            'text/csv': { schema: { type: 'string', examples: [EXAMPLE_CSV] } },
            'application/x-ndjson': { schema: { type: 'string', examples: [EXAMPLE_NDJSON] } },
          },
        }),
        response: {
          200: { ...DayReceived, description: 'The same bytes as your latest file of this date.' },
          202: { ...DayReceived, description: 'Received; it is being matched.' },
          ...problemResponses(...always, 'unsupported-media-type', 'payload-too-large'),
        },
      },
    },
    async (request, reply) => {
      const day = {
        channelId: callingChannel(request, tools.directory).channelId,
        businessDate: dateOf(request),
      };
      const received = orThrow(
        await receiveDayFile(tools.database, {
          ...day,
          format: lineFormat(request),
          compressed: isCompressed(request),
          stream: bodyStream(request),
          announced: announcedDigests(request),
        }),
      );
      // Not waited for: the rows say that there is something to match.
      void handOverDay(tools.channelDays, day, tools.log);
      const { version, known } = received;
      return reply.code(known ? 200 : 202).send({ businessDate: day.businessDate, version });
    },
  );
}
