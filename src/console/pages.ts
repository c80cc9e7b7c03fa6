// The pages as a server gives them: one shell for every address of the console, and the files that browsers keep. All from
// this origin, nothing inline: the policy of all pages, without exception.

import fastifyStatic from '@fastify/static';
import type { FastifyRequest } from 'fastify';
import { negotiate, securityHeaders, type Server } from '../platform/http/index.ts';
import { FILES_PATH, type BuiltPages } from './build-pages.ts';
import { shellOf } from './shell.ts';

/** Routes of their own scope: what browsers show needs headers that answers of the API do not. */
export function consolePages(app: Server, built: () => Promise<BuiltPages>): void {
  app.register(async (pages: Server) => {
    await securityHeaders(pages);
    const { folder, console } = await built();
    await pages.register(fastifyStatic, {
      root: folder,
      prefix: `${FILES_PATH}/`,
      preCompressed: true,
      index: false,
      decorateReply: false,
      cacheControl: false,
      setHeaders: (reply) => void reply.header('cache-control', 'public, max-age=31536000, immutable'),
      schemaHide: true,
    });
    pages.get('/', { schema: { hide: true } }, (_, reply) => reply.redirect('/console/'));
    pages.get('/console', { schema: { hide: true } }, (_, reply) => reply.redirect('/console/'));
    pages.get('/console/*', { schema: { hide: true } }, (request: FastifyRequest, reply) => {
      const language = negotiate(request.headers['accept-language']);
      return reply
        .type('text/html; charset=utf-8')
        .header('vary', 'accept-language')
        .send(shellOf(console, { language, title: 'Wasit' }));
    });
  });
}
