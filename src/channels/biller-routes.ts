// An agency's configuration over HTTP, for people: the operator's see any agency's, an agency's own. An administrator
// decides of a tentative holiday; the rest is set at the command line.

import type { FastifyRequest } from 'fastify';
import { actorOf, BELONGS, callingPerson } from '../access/index.ts';
import { decideHoliday, showBiller, showCalendar } from '../billers/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import type { Database } from '../platform/db/index.ts';
import { problemResponses, sendJson, type Server } from '../platform/http/index.ts';
import {
  AgreementPage,
  BillerAnswer,
  BillerParams,
  CalendarAnswer,
  CalendarQuery,
  HolidayAnswer,
  HolidayParams,
} from './biller-schema.ts';
import type { Directory } from './directory.ts';
import { listAgreementsOf } from './show-channel.ts';

interface BillerTools {
  readonly database: Database;
  readonly directory: Directory;
}

const tags = ['operations'];
const usual = [
  'malformed-request',
  'unauthenticated',
  'forbidden',
  'biller-not-found',
  'too-many-requests',
] as const;

export function billerRoutes(app: Server, tools: BillerTools): void {
  settingsRoutes(app, tools);
  calendarRoutes(app, tools);
}

function settingsRoutes(app: Server, tools: BillerTools): void {
  app.get(
    '/v1/billers/:code',
    {
      schema: {
        tags,
        operationId: 'biller',
        summary: 'One agency with its settings, units, services, holidays and accounts',
        description:
          'For people: the operator’s see any, an agency’s their own. Numbers of accounts are masked.',
        params: BillerParams,
        response: { 200: BillerAnswer, ...problemResponses(...usual) },
      },
    },
    async (request, reply) => {
      const { code } = readable(tools, request, request.params.code);
      const shown = await showBiller(tools.database, code);
      if (shown === undefined) throw new Refused(refuse('biller-not-found', { billerCode: code }));
      const { billerId: _billerId, ...rest } = shown;
      return sendJson(reply, 200, rest);
    },
  );
  app.get(
    '/v1/billers/:code/agreements',
    {
      schema: {
        tags,
        operationId: 'agreements',
        summary: 'What was agreed with each channel that takes money for the agency',
        description:
          'The newest version of each, by channel; `terms` null: it has ended. What a channel earns is between it and the operator, so people of an agency are not told.',
        params: BillerParams,
        response: { 200: AgreementPage, ...problemResponses(...usual) },
      },
    },
    async (request, reply) => {
      const { billerId, isOperator } = readable(tools, request, request.params.code);
      const items = await listAgreementsOf(tools.database, billerId);
      return sendJson(reply, 200, { items: isOperator ? items : items.map(withoutCommission), next: null });
    },
  );
}

function withoutCommission<T extends { readonly terms: { readonly commission?: unknown } | null }>(
  agreement: T,
): T {
  if (agreement.terms === null) return agreement;
  const { commission: _commission, ...terms } = agreement.terms;
  return { ...agreement, terms };
}

function calendarRoutes(app: Server, tools: BillerTools): void {
  app.get(
    '/v1/billers/:code/calendar',
    {
      schema: {
        tags,
        operationId: 'calendar',
        summary: 'The agency’s days: which are worked, why not, and when each ends',
        description:
          'From today and for a month unless `from` and `to` say otherwise; ten years at the most.',
        params: BillerParams,
        querystring: CalendarQuery,
        response: { 200: CalendarAnswer, ...problemResponses(...usual) },
      },
    },
    async (request, reply) => {
      const { code } = readable(tools, request, request.params.code);
      const { from, to } = request.query;
      const days = await showCalendar(tools.database, { kind: 'biller', code }, { from, to });
      if (!days.ok) throw new Refused(refuse('malformed-request', { field: 'from', reason: days.reason }));
      return sendJson(reply, 200, { items: days.value, next: null });
    },
  );
  const verbs = [
    ['confirmation', 'confirmHoliday', 'The day is a holiday after all', 'confirmed'],
    ['strike', 'strikeHoliday', 'The day is none after all', 'struck'],
  ] as const;
  for (const [word, operationId, summary, state] of verbs)
    app.post(
      `/v1/billers/:code/holidays/:date/${word}`,
      {
        schema: {
          tags,
          operationId,
          summary,
          description: 'Of a holiday that is known by its date. For an operator-admin. Repeatable.',
          params: HolidayParams,
          response: { 200: HolidayAnswer, ...problemResponses(...usual, 'not-found') },
        },
      },
      async (request, reply) => {
        const person = callingPerson(request);
        if (person.role !== 'operator-admin')
          throw new Refused(refuse('forbidden', { reason: 'only an operator-admin may do this' }));
        const { date } = request.params;
        const { code } = readable(tools, request, request.params.code);
        const owner = { kind: 'biller', code } as const;
        const decided = await decideHoliday(tools.database, owner, date, state, actorOf(person, request.ip));
        if (!decided.ok) throw new Refused(refuse('not-found', { date, reason: decided.reason }));
        return sendJson(reply, 200, { date, state });
      },
    );
}

interface Readable {
  readonly code: string;
  readonly billerId: number;
  readonly isOperator: boolean;
}

/** Refuses `forbidden` for channels and clients, `biller-not-found` for what is not there or another's. */
function readable({ directory }: BillerTools, request: FastifyRequest, code: string): Readable {
  const person = callingPerson(request);
  const side = BELONGS[person.role];
  if (side === 'channel')
    throw new Refused(
      refuse('forbidden', { reason: 'only the operator’s and the agency’s people see this' }),
    );
  const biller = directory.current.billersByCode.get(code);
  if (biller === undefined || (side === 'agency' && person.billerId !== biller.billerId))
    throw new Refused(refuse('biller-not-found', { billerCode: code }));
  return { code, billerId: biller.billerId, isOperator: side === 'operator' };
}
