// Reads a JSON body. The bytes stay on the request (`rawBody`) because signatures cover bytes, not values. What
// JSON.parse would let pass is refused here: bytes that are no UTF-8, compressed bodies, and fields named __proto__.

import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse, Refused } from '../../kernel/errors.ts';
import { brokenAt, lineAndColumn } from './json-position.ts';
import { Malformed, pointerStep } from './malformed.ts';

/** Replaces Fastify's own parsers: what has no parser of its own is answered 415. */
export function readJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    try {
      request.rawBody = bytes;
      done(null, readDocument(request, bytes));
    } catch (error) {
      done(error instanceof Error ? error : new Error('unreadable body', { cause: error }));
    }
  });
}

function readDocument(request: FastifyRequest, bytes: Buffer): unknown {
  const type = request.headers['content-type'];
  if (type !== 'application/json') refuseOtherCharsets(type);
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new Refused(refuse('unsupported-media-type', { contentEncoding: encoding }));
  }
  if (bytes.length === 0) throw new Malformed([{ pointer: '', key: 'empty' }]);
  if (!isUtf8(bytes)) throw new Malformed([{ pointer: '', key: 'notUtf8' }]);
  return parse(bytes.toString());
}

function parse(text: string): unknown {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Malformed([{ pointer: '', key: 'notJson', facts: lineAndColumn(text, brokenAt(text)) }]);
  }
  // `\u00` may spell any letter of the name; both are rare enough that a full walk costs nothing in practice.
  if (text.includes('__proto__') || text.includes('\\u00')) refusePrototypes(document);
  return document;
}

/** RFC 8259 §8.1: JSON between systems is UTF-8, whatever the parameter says. */
function refuseOtherCharsets(type: string | undefined): void {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(type ?? '')?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    throw new Refused(refuse('unsupported-media-type', { contentType: type ?? '' }));
  }
}

/** Walks breadth first without recursion; a field named __proto__ turns into a prototype in careless copies. */
function refusePrototypes(document: unknown): void {
  const waiting: { value: unknown; pointer: string }[] = [{ value: document, pointer: '' }];
  for (const { value, pointer } of waiting) {
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value)) {
      if (name === '__proto__') {
        throw new Malformed([{ pointer: pointer + pointerStep(name), key: 'forbiddenKey', facts: { name } }]);
      }
      if (typeof inner === 'object') waiting.push({ value: inner, pointer: pointer + pointerStep(name) });
    }
  }
}
