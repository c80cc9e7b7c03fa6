// Headers for pages that browsers show. Registered on a scope of pages only: JSON answers need none of them beyond
// what every answer carries, and a payment should not pay for a content security policy.

import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** All from this origin, nothing inline, no frames. `upgrade-insecure-requests` is left out: demos run on plain http. */
export const PAGE_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/** Await it before the scope's routes; it covers this scope and those inside it, never the ones beside it. */
export async function securityHeaders(scope: FastifyInstance): Promise<void> {
  await scope.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: PAGE_POLICY },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
  });
}
