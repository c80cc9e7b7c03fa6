// Signing in by a provider. These addresses are opened by browsers: a refusal takes a browser back to the page that it came
// from, with `?problem=<code>` for it to show; a program gets the problem document.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuse, Refused } from '../kernel/errors.ts';
import { problemResponses, sendJson, type Server } from '../platform/http/index.ts';
import type { AccessTools } from './routes.ts';
import { CallbackQuery, SignInWays, StartQuery } from './provider-schema.ts';
import { sessionCookie, setSessionCookie } from './session-cookie.ts';
import { spendSignIn } from './sign-in-budget.ts';
import { signInByProvider } from './sign-in-by-provider.ts';
import { keepUnderWay, takeUnderWay } from './sign-in-cookie.ts';

const tags = ['people'];
const onward = { type: 'null', description: 'Onward; for browsers also where a refusal is shown.' } as const;

/** Outside the gate. */
export function providerRoutes(app: Server, tools: AccessTools): void {
  const { provider } = tools;
  app.get(
    '/v1/sign-in',
    {
      schema: {
        tags,
        security: [],
        operationId: 'signInWays',
        summary: 'The ways to sign in',
        response: { 200: SignInWays },
      },
    },
    async (request, reply) => {
      const name = provider && new URL(provider.settings.issuer).hostname;
      return sendJson(reply, 200, {
        password: true,
        hasSession: sessionCookie(request) !== undefined,
        oidc: name === undefined ? null : { name },
      });
    },
  );
  app.get(
    '/v1/sign-in/oidc',
    {
      schema: {
        tags,
        security: [],
        operationId: 'signInByProvider',
        summary: 'To the sign-in provider',
        querystring: StartQuery,
        response: { 303: onward, ...problemResponses('not-found', 'sign-in-provider-unavailable') },
      },
    },
    async (request, reply) => {
      spendSignIn(request, reply, tools.budgets);
      if (provider === undefined) throw new Refused(refuse('not-found'));
      const back = request.query.return ?? '/';
      return forBrowsers(request, reply, back, async () => {
        const { url, underWay } = await provider.start();
        keepUnderWay(reply, tools, { ...underWay, back });
        return url.href;
      });
    },
  );
  callbackRoute(app, tools);
}

function callbackRoute(app: Server, tools: AccessTools): void {
  const { provider } = tools;
  app.get(
    '/v1/sign-in/oidc/callback',
    {
      schema: {
        tags,
        security: [],
        operationId: 'signedInByProvider',
        summary: 'Back from the sign-in provider',
        description: 'Opens a session in a cookie, and goes on to the page that it began at.',
        querystring: CallbackQuery,
        response: {
          303: onward,
          ...problemResponses(
            'not-found',
            'sign-in-not-completed',
            'sign-in-unbound',
            'sign-in-provider-unavailable',
          ),
        },
      },
    },
    async (request, reply) => {
      spendSignIn(request, reply, tools.budgets);
      if (provider === undefined) throw new Refused(refuse('not-found'));
      const kept = takeUnderWay(request, reply, tools);
      return forBrowsers(request, reply, kept?.back ?? '/', async () => {
        if (kept === undefined) throw new Refused(refuse('sign-in-not-completed'));
        const query = new URL(request.url, 'http://localhost').search;
        const origin = { address: request.ip, userAgent: request.headers['user-agent'] };
        setSessionCookie(reply, await signInByProvider(tools.database, provider, { query, kept }, origin));
        return kept.back;
      });
    },
  );
}

async function forBrowsers(
  request: FastifyRequest,
  reply: FastifyReply,
  back: string,
  onwardTo: () => Promise<string>,
): Promise<FastifyReply> {
  try {
    return reply.redirect(await onwardTo(), 303);
  } catch (error) {
    const isBrowser = request.headers.accept?.includes('text/html') === true;
    if (!(error instanceof Refused) || !isBrowser) throw error;
    const url = new URL(back, 'http://localhost');
    // Without its dots `/.//host` is `//host`, which a browser takes for another's.
    url.pathname = url.pathname.replace(/^\/+/, '/');
    url.searchParams.set('problem', error.refusal.code);
    return reply.redirect(`${url.pathname}${url.search}${url.hash}`, 303);
  }
}
