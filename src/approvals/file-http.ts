// Files over HTTP, of requests and of whatever else is proven by them: the bytes are the body, the name is in the query.
// They come back as downloads only, never as a page of this origin.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { refuse, Refused } from '../kernel/errors.ts';
import type { Server } from '../platform/http/index.ts';
import { LARGEST_ATTACHMENT, MEDIA_TYPES, type NewFile } from './attachment-rules.ts';

export const FileNameQuery = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 120, examples: ['bank-letter.pdf'] }) },
  { additionalProperties: false },
);

const EXAMPLES: Readonly<Record<string, string | undefined>> = {
  'text/plain': 'Cash deposit of 22 November 2026, 5000.000 OMR, deposit slip 0007.\n',
  'text/csv': 'date,slip,amount,currency\n2026-11-22,0007,5000.000,OMR\n',
};

/** Routes registered by `routes` take files and nothing else. */
export function fileBodies(app: Server, routes: (files: Server) => void): void {
  void app.register(async (files: Server) => {
    files.removeAllContentTypeParsers();
    files.addContentTypeParser<Buffer>(
      [...MEDIA_TYPES],
      { parseAs: 'buffer', bodyLimit: LARGEST_ATTACHMENT },
      (_request, bytes, done) => done(null, bytes),
    );
    routes(files);
  });
}

/** What such a route is registered with beside its schema; the body is bytes, which no schema can look into. */
export function fileRoute(app: Server) {
  return {
    bodyLimit: LARGEST_ATTACHMENT,
    validatorCompiler: ((route) =>
      route.httpPart === 'body'
        ? () => true
        : (app.validatorCompiler?.(route) ?? (() => true))) satisfies Server['validatorCompiler'],
  };
}

/** For the description alone. */
export const FileBody = Type.Unsafe<Buffer>({
  content: Object.fromEntries(MEDIA_TYPES.map((type) => [type, { schema: fileOf(type) }])),
});

/** Text is shown by an example; no example shows what bytes are. */
function fileOf(mediaType: string): object {
  const text = EXAMPLES[mediaType];
  return text === undefined ? { type: 'string', format: 'binary' } : { type: 'string', examples: [text] };
}

/** Refuses `unsupported-media-type`. */
export function sentFile({ body, headers }: Pick<FastifyRequest, 'body' | 'headers'>, name: string): NewFile {
  if (!Buffer.isBuffer(body)) throw new Refused(refuse('unsupported-media-type', { contentType: '' }));
  const [mediaType = ''] = (headers['content-type'] ?? '').split(';');
  return { name, mediaType: mediaType.trim().toLowerCase(), bytes: body };
}

export const FileDownload = {
  description: 'The bytes as they were attached.',
  content: {
    'application/octet-stream': { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) },
  },
};

export function sendFile(
  reply: FastifyReply,
  file: {
    readonly name: string;
    readonly media_type: string;
    readonly sha256: Buffer;
    readonly bytes: Buffer;
  },
): FastifyReply {
  return reply
    .type(file.media_type)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeName(file.name)}`)
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('content-digest', `sha-256=:${file.sha256.toString('base64')}:`)
    .send(file.bytes);
}

/** RFC 8187, 3.2.1: encodeURIComponent leaves four characters that are not allowed there. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
