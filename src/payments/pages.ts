// The public word on a receipt, `/r/{receiptNumber}`: genuine, or reversed and when. Nothing personal, no amount; and no
// script, for whoever has taken a picture of its code with any telephone.

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
  type Markup,
  type RateBudgets,
  type Server,
} from '../platform/http/index.ts';
import { findReceipt, type ReceiptRow } from './store-read.ts';

const WORDS = {
  en: {
    title: 'Receipt',
    product: 'Wasit',
    valid: 'This receipt is valid.',
    validWhat: 'A payment stands behind it. Compare the number with that on the receipt in your hand.',
    reversed: 'The payment of this receipt was reversed on',
    reversedWhat: 'It counts as not paid. Ask where you paid what became of the money.',
    unknown: 'There is no such receipt.',
    unknownWhat: 'Compare the number letter by letter with that on the receipt in your hand.',
  },
  fr: {
    title: 'Reçu',
    product: 'Wasit',
    valid: 'Ce reçu est valable.',
    validWhat: 'Un paiement lui répond. Comparez le numéro avec celui du reçu que vous avez en main.',
    reversed: 'Le paiement de ce reçu a été annulé le',
    reversedWhat: 'Il compte comme non payé. Demandez là où vous avez payé ce qu’est devenu l’argent.',
    unknown: 'Ce reçu n’existe pas.',
    unknownWhat: 'Comparez le numéro, caractère par caractère, avec celui du reçu que vous avez en main.',
  },
  ar: {
    title: 'إيصال',
    product: 'وسيط',
    valid: 'هذا الإيصال صحيح.',
    validWhat: 'وراءه دفعة قائمة. قارن الرقم بما هو مطبوع على الإيصال الذي في يدك.',
    reversed: 'أُلغيت عملية الدفع الخاصة بهذا الإيصال بتاريخ',
    reversedWhat: 'تُعدّ غير مدفوعة. اسأل حيث دفعت عمّا صار إليه المال.',
    unknown: 'لا يوجد إيصال بهذا الرقم.',
    unknownWhat: 'قارن الرقم حرفًا حرفًا بما هو مطبوع على الإيصال الذي في يدك.',
  },
} satisfies Record<Language, Record<string, string>>;

/** How many receipts one address may look up in a second: numbers cannot be guessed, and shall not be tried. */
const LOOKUPS_PER_SECOND = 20;

interface ReceiptTools {
  readonly database: Database;
  readonly budgets: RateBudgets;
  /** The address of the pages' look; undefined: the plain one. */
  readonly style?: (() => Promise<string>) | undefined;
}

export function receiptRoutes(app: Server, tools: ReceiptTools): void {
  app.register(async (pages: Server) => {
    await securityHeaders(pages);
    receiptPage(pages, tools, await tools.style?.());
  });
}

function receiptPage(pages: Server, { database, budgets }: ReceiptTools, style: string | undefined): void {
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
      if (wantsJson(request)) return answerJson(reply, shown, found);
      return answerPage(request, reply, { receiptNumber: shown, found, style });
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

interface ShownReceipt {
  readonly receiptNumber: string;
  readonly found: ReceiptRow | undefined;
  readonly style: string | undefined;
}

function answerPage(request: FastifyRequest, reply: FastifyReply, shown: ShownReceipt): FastifyReply {
  const language = negotiate(request.headers['accept-language']);
  return reply
    .code(shown.found === undefined ? 404 : 200)
    .type('text/html; charset=utf-8')
    .header('content-language', language)
    .header('vary', 'accept, accept-language')
    .serializer(asIs)
    .send(htmlPage(language, WORDS[language].title, receiptMarkup(language, shown), shown.style));
}

/** Drawn as the console draws its icons. */
const SIGNS = {
  valid: 'm5 12.5 4.5 4.5L19 7.5',
  reversed: 'M6 6l12 12M18 6 6 18',
  unknown: 'M12 8v5m0 3.5v.01',
} as const;

function receiptMarkup(language: Language, { receiptNumber, found }: ShownReceipt): Markup {
  const words = WORDS[language];
  const reversedAt = found?.reversed_at ?? undefined;
  const is = found === undefined ? 'unknown' : reversedAt === undefined ? 'valid' : 'reversed';
  const when = reversedAt?.toISOString().slice(0, 16).replace('T', ' ');
  return html`<article class="receipt ${is}">
    <p class="mark">${words.product}</p>
    <svg class="icon" viewBox="0 0 24 24" width="44" height="44" aria-hidden="true">
      <path d="${SIGNS[is]}" />
    </svg>
    <h1>
      ${words[is]} ${when === undefined ? '' : html`<time datetime="${when}Z" dir="ltr">${when} UTC</time>`}
    </h1>
    <p class="receipt-number">${words.title} <code dir="ltr">${receiptNumber}</code></p>
    <p class="hint">${words[`${is}What`]}</p>
  </article>`;
}

function asIs(text: string): string {
  return text;
}
