// The API description, made from the routes' own schemas, and the page that shows it. Register before any route.
// The page loads nothing from outside: operators run it in networks that reach no one.

import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { describeProblems, type Description } from './describe-problems.ts';
import { securityHeaders } from './security-headers.ts';

export interface OpenapiOptions {
  readonly version: string;
  /** In the order in which readers should meet them. */
  readonly tags: readonly { name: string; description: string }[];
  /** Default: wherever the document is read from. */
  readonly servers?: readonly { url: string; description: string }[];
}

const DESCRIPTION = `One inquiry-and-pay API between public agencies and every channel that can take money for them.

A request is JSON in UTF-8; unknown fields are refused and nothing is converted. Money is a decimal string with exactly
the currency's scale. One \`reference\` names one intention for ever: repeat it until there is an answer, and it is carried
out once. Refusals are problem documents (RFC 9457) whose \`retry\` says what a program should do; \`Accept-Language\` chooses
their words among Arabic, French and English.`;

const securitySchemes = {
  bearer: {
    type: 'http' as const,
    scheme: 'bearer',
    description:
      'The key of the client, shown once when it was made. Several may be valid at a time, for rotation.',
  },
  signature: {
    type: 'apiKey' as const,
    in: 'header' as const,
    name: 'Signature',
    description:
      'HTTP Message Signatures (RFC 9421), `ed25519` or `hmac-sha256`, with `Signature-Input`. Covers `@method`, ' +
      '`@authority`, `@path`, `@query` and, with a body, `content-digest` (RFC 9530); parameters `created` (within ' +
      '300 seconds) and `keyid`.',
  },
  page: {
    type: 'apiKey' as const,
    in: 'cookie' as const,
    name: 'wasit_session',
    description:
      'The session of a person who signed in from a page. Whatever changes something needs the header ' +
      '`x-wasit-page: 1` beside it.',
  },
};

export async function registerOpenapi(app: FastifyInstance, options: OpenapiOptions): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.1',
      info: {
        title: 'Wasit',
        version: options.version,
        description: DESCRIPTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [...(options.servers ?? [{ url: '/', description: 'The gateway that serves this document' }])],
      tags: [...options.tags],
      security: [{ bearer: [] }, { signature: [] }, { page: [] }],
      components: { securitySchemes },
    },
    transformObject: (document) =>
      'openapiObject' in document
        ? describeProblems(document.openapiObject as Description)
        : document.swaggerObject,
  });
  await app.register(async (pages) => {
    await securityHeaders(pages);
    await pages.register(swaggerUi, {
      routePrefix: '/docs',
      theme: { title: 'Wasit API' },
      uiConfig: { docExpansion: 'list', displayRequestDuration: true, tryItOutEnabled: false },
    });
  });
}
