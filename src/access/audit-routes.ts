// The audit log over HTTP, for people: the operator's see all of it, an agency's and a channel's what their own did.

import { Type } from 'typebox';
import type { FastifyRequest } from 'fastify';
import { isBusinessDate } from '../kernel/business-date.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import type { Database } from '../platform/db/index.ts';
import { problemResponses, sendJson, type Server } from '../platform/http/index.ts';
import { callingPerson } from './calling-person.ts';
import { BELONGS } from './person.ts';
import { readAudit, type AuditRow } from './store-audit.ts';

const Name = (description: string, example: string) =>
  Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      pattern: '^[^\\u0000\\p{Cs}]*$',
      description,
      examples: [example],
    }),
  );
const Day = Type.Optional(Type.String({ format: 'date', examples: ['2026-11-22'] }));

const AuditQuery = Type.Object(
  {
    actor: Name('Who: a login, or a client such as `agency/om-social`.', 'salim'),
    action: Name('What: `channel.suspend`, or all of `channel`.', 'channel'),
    subject: Name('Of what: `channel/bank-one`.', 'channel/bank-one'),
    from: Day,
    to: Day,
    after: Type.Optional(
      Type.String({
        pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
        description: 'The `next` of the page before.',
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  { additionalProperties: false },
);

const anything = Type.Unsafe<unknown>({ description: 'As it was kept; null where there is nothing.' });
const AuditPage = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        auditId: Type.String(),
        at: Type.String({ format: 'date-time' }),
        actor: Type.String(),
        origin: Type.String({ description: '`cli`, `api`, … and the address, where somebody called.' }),
        action: Type.String(),
        subject: Type.String(),
        before: anything,
        after: anything,
      }),
    ),
    next: Type.Union([Type.String(), Type.Null()]),
  },
  { examples: [{ items: [], next: null }] },
);

export function auditRoutes(app: Server, { database }: { readonly database: Database }): void {
  app.get(
    '/v1/audit',
    {
      schema: {
        tags: ['people'],
        operationId: 'audit',
        summary: 'Who changed what, the newest first',
        description:
          'Only people who have signed in. The operator’s see all, or with `?biller=` what one agency’s people and programs did; an agency’s and a channel’s what their own did. Days are those of UTC.',
        querystring: AuditQuery,
        response: {
          200: AuditPage,
          ...problemResponses(
            'malformed-request',
            'unauthenticated',
            'forbidden',
            'biller-not-found',
            'too-many-requests',
          ),
        },
      },
    },
    async (request, reply) => {
      const { actor, action, subject, from, to, after, limit = 100 } = request.query;
      for (const [field, date] of Object.entries({ from, to }))
        if (date !== undefined && !isBusinessDate(date))
          throw new Refused(refuse('malformed-request', { field }));
      const wish = {
        ...scopeOf(request),
        actor: actor ?? null,
        action: action ?? null,
        subject: subject ?? null,
        from: from ?? null,
        to: to ?? null,
        after: after ?? null,
        limit: limit + 1,
      };
      const rows = await database.transaction((tx) => readAudit(tx, wish));
      const items = rows.slice(0, limit).map(show);
      return sendJson(reply, 200, {
        items,
        next: rows.length > limit ? (items.at(-1)?.auditId ?? null) : null,
      });
    },
  );
}

/** The operator's person has a biller where he named one. */
function scopeOf(request: FastifyRequest): { billerId: number | null; channelId: number | null } {
  const person = callingPerson(request);
  switch (BELONGS[person.role]) {
    case 'operator':
      return { billerId: request.principal?.billerId ?? null, channelId: null };
    case 'agency':
      return { billerId: person.billerId ?? -1, channelId: null };
    case 'channel':
      return { billerId: null, channelId: person.channelId ?? -1 };
  }
}

function show({ audit_id: auditId, recorded_at: recordedAt, ...row }: AuditRow) {
  return { auditId, at: recordedAt.toISOString(), ...row };
}
