// `/problems/<code>`, the page behind a problem document's `type`, and the list of all of them, in ar, fr and en.
// The words come from the locales and the rest from the table of problems, so a page cannot say what the API does not.

import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isCode, PROBLEMS, type Code, type ProblemRule } from '../../kernel/errors.ts';
import { isLanguage, LANGUAGES, negotiate, type Language } from './language.ts';
import { html, htmlPage, STYLESHEET, STYLESHEET_PATH, type Markup } from './page.ts';
import { securityHeaders } from './security-headers.ts';
import type { Server } from './server.ts';
import { LOCALES } from './words.ts';

const Query = Type.Object({ lang: Type.Optional(Type.String()) });
const NAMES: Record<Language, string> = { en: 'English', fr: 'Français', ar: 'العربية' };

export function registerProblemPages(app: Server): void {
  app.register(async (pages: Server) => {
    await securityHeaders(pages);
    pages.get(STYLESHEET_PATH, { schema: { hide: true } }, (_request, reply) =>
      reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(STYLESHEET),
    );
    pages.get('/problems', { schema: { hide: true, querystring: Query } }, (request, reply) => {
      const language = languageOf(request, request.query.lang);
      return sendPage(reply, language, LOCALES[language].labels.indexTitle, index(language));
    });
    pages.get(
      '/problems/:code',
      { schema: { hide: true, querystring: Query, params: Type.Object({ code: Type.String() }) } },
      (request, reply) => {
        const { code } = request.params;
        const language = languageOf(request, request.query.lang);
        const { labels, problems } = LOCALES[language];
        if (isCode(code)) return sendPage(reply, language, problems[code].title, explanation(language, code));
        reply.code(404);
        return sendPage(
          reply,
          language,
          labels.indexTitle,
          html`<h1>${labels.unknownCode}</h1>
            ${backToIndex(language)}`,
        );
      },
    );
  });
}

function languageOf(request: FastifyRequest, asked: string | undefined): Language {
  return asked !== undefined && isLanguage(asked) ? asked : negotiate(request.headers['accept-language']);
}

function sendPage(reply: FastifyReply, language: Language, title: string, body: Markup): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('content-language', language)
    .header('vary', 'accept-language')
    .send(htmlPage(language, title, body));
}

function explanation(language: Language, code: Code): Markup {
  const { labels, problems } = LOCALES[language];
  const { title, page } = problems[code];
  const { status, fault, retry, orElse, recorded }: ProblemRule = PROBLEMS[code];
  return html`${languages(language, `/problems/${code}`)}
    <p><code>${code}</code></p>
    <h1>${title}</h1>
    <dl>
      <dt>${labels.status}</dt>
      <dd>${status}</dd>
      <dt>${labels.fault}</dt>
      <dd>${labels.faults[fault]}</dd>
      <dt>${labels.retry}</dt>
      <dd>${labels.retries[retry]}</dd>
      ${orElse === undefined ? '' : html`<dd>${labels.retries[orElse]}</dd>`}
      <dt>${labels.recorded}</dt>
      <dd>${recorded ? labels.yes : labels.no}</dd>
    </dl>
    <h2>${labels.meaning}</h2>
    <p>${page.meaning}</p>
    <h2>${labels.whatToDo}</h2>
    <p>${page.whatToDo}</p>
    ${backToIndex(language)}`;
}

function index(language: Language): Markup {
  const { labels, problems } = LOCALES[language];
  const codes = Object.keys(PROBLEMS) as Code[];
  return html`${languages(language, '/problems')}
    <h1>${labels.indexTitle}</h1>
    <p>${labels.indexIntro}</p>
    <ul>
      ${codes.map((code) => html`<li><a href="/problems/${code}?lang=${language}">${problems[code].title}</a> <code>${code}</code> ${PROBLEMS[code].status}</li>`)}
    </ul>`;
}

function languages(current: Language, path: string): Markup {
  const others = LANGUAGES.filter((language) => language !== current);
  return html`<nav aria-label="${LOCALES[current].labels.otherLanguages}">
    ${others.map((language) => html`<a href="${path}?lang=${language}" lang="${language}" hreflang="${language}">${NAMES[language]}</a>`)}
  </nav>`;
}

function backToIndex(language: Language): Markup {
  return html`<p><a href="/problems?lang=${language}">${LOCALES[language].labels.indexTitle}</a></p>`;
}
