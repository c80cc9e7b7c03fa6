// The pages as a server gives them: one shell for every address of the console, one for the kiosk with its worker, and the
// files that browsers keep. All from this origin, nothing inline: the policy of all pages, without exception.

import fs from 'node:fs/promises';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyRequest } from 'fastify';
import { negotiate, securityHeaders, type Server } from '../platform/http/index.ts';
import { FILES_PATH, type BuiltPages } from './build-pages.ts';
import { shellOf } from './shell.ts';

/** Routes of their own scope: what browsers show needs headers that answers of the API do not. */
export function consolePages(app: Server, built: () => Promise<BuiltPages>): void {
  app.register(async (pages: Server) => {
    await securityHeaders(pages);
    const { folder, console, ...kiosk } = await built();
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
    await kioskPages(pages, folder, kiosk);
  });
}

/** The worker stands above what it keeps: browsers let it answer for its own folder alone. */
async function kioskPages(
  pages: Server,
  folder: string,
  { kiosk, kioskWorker }: Pick<BuiltPages, 'kiosk' | 'kioskWorker'>,
): Promise<void> {
  const worker = await fs.readFile(path.join(folder, kioskWorker));
  pages.get('/kiosk', { schema: { hide: true } }, (_, reply) => reply.redirect('/kiosk/'));
  pages.get('/kiosk/worker.js', { schema: { hide: true } }, (_, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(worker),
  );
  pages.get('/kiosk/', { schema: { hide: true } }, (request: FastifyRequest, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('vary', 'accept-language')
      .send(shellOf(kiosk, { language: negotiate(request.headers['accept-language']), title: 'Wasit' })),
  );
}
