// Payers' credit over HTTP: what an agency holds for whom. What becomes of it is asked for (POST /v1/approvals).

import { Type } from 'typebox';
import { callingBiller } from '../../channels/index.ts';
import { toText } from '../../kernel/money.ts';
import type { Database } from '../../platform/db/index.ts';
import { problemResponses, sendJson, type Server } from '../../platform/http/index.ts';
import { usualProblems } from '../usual-problems.ts';
import { PAYER_OR_SUSPENSE } from './read-wish.ts';
import { listCredit } from './store-standing.ts';

const CreditQuery = Type.Object(
  {
    after: Type.Optional(
      Type.String({
        pattern: PAYER_OR_SUSPENSE,
        description: 'The `next` of the page before.',
        examples: ['E-20417'],
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  { additionalProperties: false },
);

const CreditPage = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        payerId: Type.String({ description: 'Empty: suspense, money of nobody known.' }),
        available: Type.Object({ value: Type.String(), currency: Type.String() }),
        withAgency: Type.Object(
          { value: Type.String(), currency: Type.String() },
          { description: 'What of it lies on the agency’s own account: debits of the direct route.' },
        ),
        since: Type.String({
          format: 'date-time',
          description: 'He has had credit without a break since then.',
        }),
        days: Type.Integer(),
      }),
    ),
    next: Type.Union([Type.String(), Type.Null()]),
  },
  {
    examples: [
      {
        items: [
          {
            payerId: 'E-20417',
            available: { value: '20.000', currency: 'OMR' },
            since: '2026-11-19T08:15:30.123Z',
            days: 3,
          },
        ],
        next: null,
      },
    ],
  },
);

export function creditRoutes(app: Server, { database }: { readonly database: Database }): void {
  app.get(
    '/v1/credits',
    {
      schema: {
        tags: ['payments'],
        operationId: 'credits',
        summary: 'Payers’ money without a bill, by payer',
        querystring: CreditQuery,
        response: { 200: CreditPage, ...problemResponses(...usualProblems) },
      },
    },
    async (request, reply) => {
      const billerId = callingBiller(request);
      const { after = null, limit = 100 } = request.query;
      const rows = await database
        .nodeOf(billerId)
        .transaction((tx) => listCredit(tx, billerId, after, limit + 1));
      const items = rows.slice(0, limit);
      return sendJson(reply, 200, {
        items: items.map((row) => ({
          payerId: row.payer_id,
          available: toText({ minor: row.available_minor, currency: row.currency }),
          withAgency: toText({ minor: row.direct_minor, currency: row.currency }),
          since: row.since.toISOString(),
          days: row.days,
        })),
        next: rows.length > limit ? (items.at(-1)?.payer_id ?? null) : null,
      });
    },
  );
}
