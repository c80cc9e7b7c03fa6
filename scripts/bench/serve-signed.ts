// What the agencies of the benchmarks have in common: a bare HTTP server that reads a request whole, and the check of
// its signature by Standard Webhooks, written from the standard and not taken from the product.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';

/** `answer` is called when the whole request has come. */
export function serve(
  port: number,
  answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void,
): void {
  createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(request, response, Buffer.concat(chunks)));
  }).listen(port, '127.0.0.1');
}

/** The bytes of a secret: `whsec_` and base64. */
export function keyOf(secret: string): Buffer {
  return Buffer.from(secret.replace('whsec_', ''), 'base64');
}

export function isSigned(key: Buffer, headers: IncomingHttpHeaders, body: Buffer): boolean {
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.`;
  const wanted = Buffer.from(`v1,${createHmac('sha256', key).update(signed).update(body).digest('base64')}`);
  return String(headers['webhook-signature'])
    .split(' ')
    .map((each) => Buffer.from(each))
    .some((given) => given.length === wanted.length && timingSafeEqual(given, wanted));
}
