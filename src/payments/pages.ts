// The public word on a receipt, `/r/{receiptNumber}`: genuine, or reversed and when. Nothing personal, no amount.

import { Type } from 'typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuse, Refused } from '../kernel/errors.ts';
import { parseReceipt, showReceipt } from '../kernel/ids.ts';
import type { Database } from '../platform/db/index.ts';
import {
  html,
  htmlPage,
  negotiate,
  problemResponses,
  securityHeaders,
  type Language,
  type RateBudgets,
  type Server,
} from '../platform/http/index.ts';
import { findReceipt, type ReceiptRow } from './store-read.ts';

const WORDS = {
  en: {
    title: 'Receipt',
    valid: 'This receipt is valid.',
    reversed: 'The payment of this receipt was reversed on',
    unknown: 'There is no such receipt.',
  },
  fr: {
    title: 'Reçu',
    valid: 'Ce reçu est valable.',
    reversed: 'Le paiement de ce reçu a été annulé le',
    unknown: "Ce reçu n'existe pas.",
  },
  ar: {
    title: 'إيصال',
    valid: 'هذا الإيصال صحيح.',
    reversed: 'أُلغيت عملية الدفع الخاصة بهذا الإيصال بتاريخ',
    unknown: 'لا يوجد إيصال بهذا الرقم.',
  },
} satisfies Record<Language, Record<string, string>>;

/** How many receipts one address may look up in a second: numbers cannot be guessed, and shall not be tried. */
const LOOKUPS_PER_SECOND = 20;

export function receiptRoutes(app: Server, tools: { database: Database; budgets: RateBudgets }): void {
  app.register(async (pages: Server) => {
    await securityHeaders(pages);
    receiptPage(pages, tools);
  });
}

function receiptPage(
  pages: Server,
  { database, budgets }: { database: Database; budgets: RateBudgets },
): void {
  pages.get(
    '/r/:receiptNumber',
    {
      schema: {
        tags: ['public'],
        operationId: 'receipt',
        summary: 'Is this receipt genuine?',
        description: 'A page for people; JSON for `Accept: application/json`.',
        security: [],
        params: Type.Object({
          receiptNumber: Type.String({ maxLength: 64, examples: ['01-7Q2M-X9ZT-C4WH-K'] }),
        }),
        response: {
          200: Type.Object(
            {
              receiptNumber: Type.String(),
              status: Type.Enum(['valid', 'reversed']),
              reversedAt: Type.Optional(Type.String({ format: 'date-time' })),
            },
            { examples: [{ receiptNumber: '01-7Q2M-X9ZT-C4WH-K', status: 'valid' }] },
          ),
          ...problemResponses('not-found', 'too-many-requests'),
        },
      },
    },
    async (request, reply) => {
      const budget = budgets.take(`receipt:${request.ip}`, LOOKUPS_PER_SECOND);
      if (budget.isExceeded)
        throw new Refused(refuse('too-many-requests', { limit: LOOKUPS_PER_SECOND, per: 'second' }));
      const number = parseReceipt(request.params.receiptNumber);
      const found =
        number &&
        (await database
          .nodeOf(number.billerId)
          .transaction((tx) => findReceipt(tx, number.billerId, number.receiptNo)));
      const shown =
        number === undefined ? request.params.receiptNumber : showReceipt(number.billerId, number.receiptNo);
      return wantsJson(request) ? answerJson(reply, shown, found) : answerPage(request, reply, shown, found);
    },
  );
}

function wantsJson(request: FastifyRequest): boolean {
  return request.headers.accept?.includes('application/json') ?? false;
}

function answerJson(reply: FastifyReply, receiptNumber: string, found: ReceiptRow | undefined): FastifyReply {
  if (found === undefined) throw new Refused(refuse('not-found', { receiptNumber }));
  const reversed = found.reversed_at === null ? {} : { reversedAt: found.reversed_at.toISOString() };
  return reply.send({
    receiptNumber,
    status: found.reversed_at === null ? 'valid' : 'reversed',
    ...reversed,
  });
}

function answerPage(
  request: FastifyRequest,
  reply: FastifyReply,
  receiptNumber: string,
  found: ReceiptRow | undefined,
): FastifyReply {
  const language = negotiate(request.headers['accept-language']);
  const words = WORDS[language];
  const when = found?.reversed_at?.toISOString().slice(0, 16).replace('T', ' ');
  const says =
    found === undefined ? words.unknown : when === undefined ? words.valid : `${words.reversed} ${when} UTC`;
  return reply
    .code(found === undefined ? 404 : 200)
    .type('text/html; charset=utf-8')
    .header('content-language', language)
    .header('vary', 'accept, accept-language')
    .serializer(asIs)
    .send(
      htmlPage(
        language,
        words.title,
        html`<h1>${words.title} <code>${receiptNumber}</code></h1>
          <p>${says}</p>`,
      ),
    );
}

function asIs(text: string): string {
  return text;
}
