// What an agency does with its bills over HTTP: put, read, cancel, make pay codes. Files are file-routes.ts.

import { callingBiller, type Directory } from '../channels/index.ts';
import { isBusinessDate, type BusinessDate } from '../kernel/business-date.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import type { Biller } from '../billers/index.ts';
import type { Database } from '../platform/db/index.ts';
import { problemResponses, type Server } from '../platform/http/index.ts';
import type { FastifyRequest } from 'fastify';
import { cancelBill } from './cancel-bill.ts';
import { fileRoutes, type FileTools } from './file-routes.ts';
import { PayCodeAnswer, PayCodeBody } from './file-schema.ts';
import { makePayCode } from './make-pay-code.ts';
import { orThrow } from '../kernel/or-throw.ts';
import { putBill } from './put-bill.ts';
import { readBill } from './read-bill.ts';
import { BillAnswer, BillList, BillsQuery } from './bill-answer.ts';
import { listBills } from './list-bills.ts';
import { BillBody, BillParams, CancellationBody } from './schema.ts';

export interface BillTools extends FileTools {
  readonly database: Database;
  readonly directory: Directory;
}

const tags = ['bills'];

export function billRoutes(app: Server, tools: BillTools): void {
  putRoute(app, tools);
  listRoute(app, tools);
  readRoute(app, tools);
  cancelRoute(app, tools);
  payCodeRoute(app, tools);
  fileRoutes(app, tools);
}

function putRoute(app: Server, { database, directory }: BillTools): void {
  app.put(
    '/v1/bills/:billNumber',
    {
      schema: {
        tags,
        operationId: 'putBill',
        summary: 'Present a bill, or change it',
        description:
          'Repeatable. With `version` a late or doubled request cannot undo a newer one; without it the latest received counts. A cancelled bill is reopened by a higher version only; a paid bill does not change.',
        params: BillParams,
        body: BillBody,
        response: {
          200: { ...BillAnswer, description: 'Replaced, or the same as before.' },
          201: { ...BillAnswer, description: 'New.' },
          ...problemResponses(
            'malformed-request',
            'forbidden',
            'bill-already-paid',
            'stale-version',
            'version-reused',
            'bill-in-debit',
            'bill-cancelled',
            'currency-mismatch',
            'unit-not-found',
            'service-not-found',
            'budget-line-not-found',
          ),
        },
      },
    },
    async (request, reply) => {
      const put = await putBill(
        database,
        agencyOf(request, directory),
        request.params.billNumber,
        request.body,
      );
      const { outcome, bill } = orThrow(put);
      return reply.code(outcome === 'created' ? 201 : 200).send(bill);
    },
  );
}

function listRoute(app: Server, { database, directory }: BillTools): void {
  app.get(
    '/v1/bills',
    {
      schema: {
        tags,
        operationId: 'bills',
        summary: 'Bills by number',
        description:
          'Narrowed by state, payer, due date and unit. Where few of many bills are wanted a page may have fewer than `limit`; `next` is null at the end alone.',
        querystring: BillsQuery,
        response: { 200: BillList, ...problemResponses('malformed-request', 'forbidden') },
      },
    },
    async (request) => {
      const { dueFrom, dueTo, limit = 100, ...query } = request.query;
      return listBills(database, agencyOf(request, directory), {
        ...query,
        ...dated('dueFrom', dueFrom),
        ...dated('dueTo', dueTo),
        limit,
      });
    },
  );
}

/** Refuses `malformed-request` for a date that there is not. */
function dated<Field extends string>(
  field: Field,
  date: string | undefined,
): Partial<Record<Field, BusinessDate>> {
  if (date === undefined) return {};
  if (!isBusinessDate(date)) throw new Refused(refuse('malformed-request', { field }));
  return { [field]: date } as Record<Field, BusinessDate>;
}

function readRoute(app: Server, { database, directory }: BillTools): void {
  app.get(
    '/v1/bills/:billNumber',
    {
      schema: {
        tags,
        operationId: 'getBill',
        summary: 'A bill in full, as its agency sees it',
        params: BillParams,
        response: { 200: BillAnswer, ...problemResponses('forbidden', 'bill-not-found') },
      },
    },
    async (request) =>
      orThrow(await readBill(database, agencyOf(request, directory), request.params.billNumber)),
  );
}

function cancelRoute(app: Server, { database, directory }: BillTools): void {
  app.post(
    '/v1/bills/:billNumber/cancellation',
    {
      schema: {
        tags,
        operationId: 'cancelBill',
        summary: 'Withdraw a bill',
        description: 'Repeatable: a cancelled bill is answered as it is. A higher version reopens it.',
        params: BillParams,
        body: CancellationBody,
        response: {
          200: BillAnswer,
          ...problemResponses('forbidden', 'bill-not-found', 'bill-already-paid', 'bill-in-debit'),
        },
      },
    },
    async (request) => {
      const biller = agencyOf(request, directory);
      return orThrow(await cancelBill(database, biller, request.params.billNumber, request.body));
    },
  );
}

function payCodeRoute(app: Server, { database, directory }: BillTools): void {
  app.post(
    '/v1/pay-codes',
    {
      schema: {
        tags,
        operationId: 'makePayCode',
        summary: 'One number for a set of bills',
        description:
          'An ISO 11649 creditor reference that stands for the set, usable as `billNumber` in inquiries and payments. The same reference again gives the same code.',
        body: PayCodeBody,
        response: {
          201: PayCodeAnswer,
          ...problemResponses('forbidden', 'bill-not-found', 'reference-reused'),
        },
      },
    },
    async (request, reply) => {
      const { billerId } = agencyOf(request, directory);
      const { payCode, isReplay } = orThrow(await makePayCode(database, billerId, request.body));
      if (isReplay) void reply.header('idempotent-replayed', 'true');
      return reply.code(201).send(payCode);
    },
  );
}

/** The biller whose agency calls. */
function agencyOf(request: FastifyRequest, directory: Directory): Biller {
  const biller = directory.current.billersById.get(callingBiller(request));
  if (biller === undefined)
    throw new Refused(refuse('forbidden', { reason: 'this agency is not known any more' }));
  return biller;
}
