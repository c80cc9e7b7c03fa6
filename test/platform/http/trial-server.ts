// A server with one strict route, as a room would register it, and its log in memory. No database.

import { Type } from '@fastify/type-provider-typebox';
import { createLog } from '../../../src/platform/log.ts';
import { refuse, Refused } from '../../../src/kernel/errors.ts';
import {
  buildServer,
  problemResponses,
  type Server,
  type ServerOptions,
} from '../../../src/platform/http/index.ts';

export interface Trial {
  readonly app: Server;
  readonly lines: Record<string, unknown>[];
}

const Money = Type.Object(
  { value: Type.String(), currency: Type.String({ pattern: '^[A-Z]{3}$' }) },
  { additionalProperties: false },
);
const Range = Type.Object({ min: Money, max: Money }, { additionalProperties: false });

const Payment = Type.Object(
  {
    reference: Type.String({ pattern: '^[A-Za-z0-9._:-]{1,64}$' }),
    bills: Type.Array(
      Type.Object(
        { billNumber: Type.String({ minLength: 1, maxLength: 64 }), amount: Type.Union([Money, Range]) },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 500 },
    ),
    method: Type.Enum(['cash', 'card']),
    dueOn: Type.Optional(Type.String({ format: 'date' })),
    count: Type.Optional(Type.Integer({ minimum: 1, exclusiveMaximum: 10, multipleOf: 2 })),
    side: Type.Optional(Type.Union([Type.Literal('left'), Type.Literal('right')])),
    either: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    tags: Type.Optional(Type.Array(Type.String(), { uniqueItems: true })),
  },
  { additionalProperties: false },
);

export const GOOD = {
  reference: 'r-1',
  bills: [{ billNumber: 'b', amount: { value: '1.000', currency: 'OMR' } }],
  method: 'cash',
};

export function trial(options: Partial<ServerOptions> & { level?: string } = {}): Trial {
  const lines: Record<string, unknown>[] = [];
  const log = createLog({
    level: options.level ?? 'info',
    stream: { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  });
  const app = buildServer({ log, trustProxy: false, ...options });
  app.post(
    '/v1/payments',
    {
      schema: {
        body: Payment,
        response: { 201: Type.Object({ bytes: Type.Integer() }), ...problemResponses('underpayment') },
      },
    },
    (request, reply) => {
      const { reference } = request.body;
      if (reference === 'refused') {
        throw new Refused(
          refuse(
            'underpayment',
            { amountDue: { value: '2.000', currency: 'OMR' }, status: 'mine' },
            {
              bills: [
                { billNumber: 'b', code: 'underpayment', amountDue: { value: '2.000', currency: 'OMR' } },
              ],
            },
          ),
        );
      }
      if (reference === 'busy') throw new Refused(refuse('overloaded', { retryAfterSeconds: 2.1 }));
      if (reference === 'stranger') throw new Refused(refuse('unauthenticated'));
      if (reference === 'broken')
        throw new Error('the password of the database is hunter2', { cause: new Error('socket') });
      void reply.code(201).send({ bytes: request.rawBody?.length ?? 0 });
    },
  );
  app.get(
    '/v1/payments/:id',
    {
      schema: {
        params: Type.Object({ id: Type.Integer() }),
        querystring: Type.Object(
          {
            limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
            all: Type.Optional(Type.Boolean()),
          },
          { additionalProperties: false },
        ),
      },
    },
    (request) => ({ ...request.params, ...request.query }),
  );
  return { app, lines };
}
