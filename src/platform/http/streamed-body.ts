// Bodies that a route reads as a stream: files of lines of any size, plain or compressed.

import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { refuse, Refused } from '../../kernel/errors.ts';

export type LineFormat = 'csv' | 'ndjson';

const FORMATS: Readonly<Record<string, LineFormat>> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
};

/** Content types of files of lines. */
export const LINE_TYPES = Object.keys(FORMATS);

/** Refuses (throws) `unsupported-media-type`. */
export function lineFormat(request: FastifyRequest): LineFormat {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  const format = FORMATS[type.trim().toLowerCase()];
  if (format === undefined) {
    throw new Refused(
      refuse('unsupported-media-type', { contentType: request.headers['content-type'] ?? '' }),
    );
  }
  return format;
}

/** Refuses (throws) `unsupported-media-type` for an encoding that is neither gzip nor none. */
export function isCompressed(request: FastifyRequest): boolean {
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding === 'gzip' || encoding === 'x-gzip') return true;
  if (encoding === 'identity') return false;
  throw new Refused(refuse('unsupported-media-type', { contentEncoding: encoding }));
}

const STANDING_MS = 60_000;

/**
 * The bytes; a sender who stands still for a minute has gone. A stream that is left early stays open, since closing
 * it would close the connection before the refusal is sent: what still comes is thrown away.
 */
export async function* bodyStream({ body }: FastifyRequest): AsyncGenerator<Buffer> {
  const stream = body instanceof Readable ? body : Readable.from([]);
  let timer: NodeJS.Timeout | undefined;
  const watch = () => {
    timer = setTimeout(() => stream.destroy(new Refused(refuse('request-timeout'))), STANDING_MS);
  };
  try {
    watch();
    for await (const piece of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      clearTimeout(timer);
      yield piece;
      watch();
    }
  } finally {
    clearTimeout(timer);
    stream.resume();
  }
}
