// An agency's settings, calendar and agreements over HTTP, for its own people and the operator's; and the moon: an
// administrator confirms or strikes a holiday that is known by its date.

import type { FastifyRequest } from 'fastify';
import { BELONGS } from '../access/index.ts';
import { decideHoliday } from '../billers/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import type { Database } from '../platform/db/index.ts';
import { problemResponses, sendJson, type Server } from '../platform/http/index.ts';
import { administrator } from './administrator.ts';
import { AgencyAnswer, AgencyParams, HolidayAnswer, HolidayParams } from './agency-schema.ts';
import { isOperator } from './is-operator.ts';
import { showAgency } from './show-agency.ts';

interface AgencyTools {
  readonly database: Database;
}

const usual = [
  'malformed-request',
  'unauthenticated',
  'forbidden',
  'too-many-requests',
  'biller-not-found',
] as const;

export function agencyRoutes(app: Server, tools: AgencyTools): void {
  settingsRoute(app, tools);
  holidayRoutes(app, tools);
}

function settingsRoute(app: Server, { database }: AgencyTools): void {
  app.get(
    '/v1/billers/:code',
    {
      schema: {
        tags: ['operations'],
        operationId: 'biller',
        summary: 'One agency: settings, units, services, calendar, accounts and agreements',
        description:
          'For the agency itself and for the operator. Account numbers are masked, secrets never shown.',
        params: AgencyParams,
        response: { 200: AgencyAnswer, ...problemResponses(...usual) },
      },
    },
    async (request, reply) => {
      const { code } = request.params;
      const shown = await showAgency(database, code, onlyOf(request));
      if (shown === undefined) throw new Refused(refuse('biller-not-found', { billerCode: code }));
      return sendJson(reply, 200, shown);
    },
  );
}

function holidayRoutes(app: Server, { database }: AgencyTools): void {
  const verbs = [
    ['confirmation', 'confirmHoliday', 'The holiday takes place', 'confirmed'],
    ['strike', 'strikeHoliday', 'The holiday does not take place: its day is a working day', 'struck'],
  ] as const;
  for (const [word, operationId, summary, state] of verbs)
    app.post(
      `/v1/billers/:code/holidays/:date/${word}`,
      {
        schema: {
          tags: ['operations'],
          operationId,
          summary,
          description:
            'For an operator-admin. Repeatable. Of a holiday that the agency’s calendar has, tentative or not; what is sent already keeps its value date.',
          params: HolidayParams,
          response: { 200: HolidayAnswer, ...problemResponses(...usual, 'not-found') },
        },
      },
      async (request, reply) => {
        const actor = administrator(request);
        const { code, date } = request.params;
        const agency = await showAgency(database, code, undefined);
        if (agency === undefined) throw new Refused(refuse('biller-not-found', { billerCode: code }));
        const holiday = agency.holidays.find(({ onDate }) => onDate === date);
        const decided = await decideHoliday(database, { kind: 'biller', code }, date, state, actor);
        if (holiday === undefined || !decided.ok) throw new Refused(refuse('not-found', { holiday: date }));
        return sendJson(reply, 200, { ...holiday, state });
      },
    );
}

/** undefined: the operator, who sees all, whichever agency he names beside. Refuses `forbidden` for channels. */
function onlyOf(request: FastifyRequest): number | undefined {
  const { person, principal } = request;
  if (isOperator(request) || (person !== undefined && BELONGS[person.role] === 'operator')) return undefined;
  if (principal?.billerId === undefined)
    throw new Refused(refuse('forbidden', { reason: 'only agencies and the operator may do this' }));
  return principal.billerId;
}
