// Pages and the API description: in three languages, escaped, under a strict policy, and with nothing from outside.

import { Type } from '@fastify/type-provider-typebox';
import t from 'tap';
import { PROBLEMS } from '../../../src/kernel/errors.ts';
import {
  html,
  htmlPage,
  problemResponses,
  registerOpenapi,
  registerProblemPages,
} from '../../../src/platform/http/index.ts';
import { trial } from './trial-server.ts';

const codes = Object.keys(PROBLEMS);

t.test('every problem has its page in every language', async (t) => {
  const { app } = trial();
  t.teardown(() => app.close());
  registerProblemPages(app);
  for (const code of codes) {
    for (const language of ['en', 'fr', 'ar']) {
      const page = await app.inject({ url: `/problems/${code}`, headers: { 'accept-language': language } });
      t.equal(page.statusCode, 200, code);
      t.match(page.headers, { 'content-type': /^text\/html/, 'content-language': language });
      t.match(page.body, language === 'ar' ? 'lang="ar" dir="rtl"' : `lang="${language}" dir="ltr"`);
      t.notMatch(page.body, /undefined|[{}]|<script|style=|https?:/);
    }
  }
  const asked = await app.inject({
    url: '/problems/underpayment?lang=ar',
    headers: { 'accept-language': 'fr' },
  });
  t.equal(asked.headers['content-language'], 'ar', 'the link wins over the header');
});

t.test('the list names every code; an unknown one is 404', async (t) => {
  const { app } = trial();
  t.teardown(() => app.close());
  registerProblemPages(app);
  const list = await app.inject({ url: '/problems?lang=fr' });
  for (const code of codes) t.match(list.body, `/problems/${code}?lang=fr`);
  t.equal((await app.inject({ url: '/problems/no-such-code' })).statusCode, 404);
  t.equal((await app.inject({ url: '/problems/constructor' })).statusCode, 404);
});

t.test('pages run under a strict policy, JSON answers do not pay for it', async (t) => {
  const { app } = trial();
  t.teardown(() => app.close());
  registerProblemPages(app);
  const page = await app.inject({ url: '/problems' });
  t.match(page.headers['content-security-policy'], "default-src 'none'");
  t.notMatch(page.headers['content-security-policy'], /unsafe|https?:|\*/);
  const style = await app.inject({ url: '/assets/page.css' });
  t.match(style.headers, { 'content-type': 'text/css; charset=utf-8', 'cache-control': /max-age/ });
  t.equal((await app.inject({ url: '/v1/payments/1' })).headers['content-security-policy'], undefined);
});

t.test('what is put into a page is escaped', async (t) => {
  const page = htmlPage('en', '<b>"&\'', html`<p>${'<script>alert(1)</script>'}</p>`);
  t.notMatch(page, /<script|<b>/);
  t.match(page, '&#60;script&#62;');
});

t.test(
  'the description has the problems of every route, and its page loads nothing from outside',
  async (t) => {
    const { app: described } = await describedTrial();
    t.teardown(() => described.close());
    const document = (await described.inject({ url: '/docs/json' })).json<{
      openapi: string;
      paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
      components: { schemas: object; examples: object };
    }>();
    t.match(document.openapi, /^3\.1/);
    const responses = document.paths['/pay']?.['post']?.responses ?? {};
    t.strictSame(Object.keys(responses).sort(), [
      '201',
      '400',
      '401',
      '403',
      '413',
      '415',
      '422',
      '429',
      'default',
    ]);
    t.match(responses['422'], {
      content: {
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/Problem' },
          examples: { underpayment: { $ref: '#/components/examples/underpayment' } },
        },
      },
    });
    t.match(document.components.examples, { underpayment: { value: { status: 422, code: 'underpayment' } } });
    for (const [, name] of JSON.stringify(document).matchAll(/"#\/components\/(\w+\/[\w-]+)"/g)) {
      const [kind = '', key = ''] = (name ?? '').split('/');
      t.ok(
        Object.hasOwn((document.components as Record<string, object>)[kind] ?? {}, key),
        `${name} is there`,
      );
    }
    const page = await described.inject({ url: '/docs/' });
    t.match(page.headers['content-security-policy'], "script-src 'self'");
    const loaded = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
    t.ok(loaded.length >= 5);
    for (const address of loaded) {
      t.match(address, /^\.\/static\//);
      t.equal((await described.inject({ url: `/docs/${address.slice(2)}` })).statusCode, 200, address);
    }
    const start = await described.inject({ url: '/docs/static/swagger-initializer.js' });
    t.match(start.body, 'validatorUrl: null');
    t.notMatch(start.body.replaceAll('https://stackoverflow.com/a/77855838/492336', ''), /https?:\/\//);
  },
);

async function describedTrial() {
  const server = trial();
  await registerOpenapi(server.app, { version: '0.0.1', tags: [{ name: 'trial', description: 'A trial.' }] });
  server.app.post(
    '/pay',
    {
      schema: {
        tags: ['trial'],
        body: Type.Object({ amount: Type.String() }),
        response: {
          201: Type.Object({}),
          ...problemResponses('underpayment', 'overpayment', 'biller-not-served'),
        },
      },
    },
    (_request, reply) => reply.code(201).send({}),
  );
  await server.app.ready();
  return server;
}
