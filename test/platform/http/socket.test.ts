// What comes over a real socket and is not, or not wholly, HTTP: answered with a 4xx problem document, then closed.

import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import type { ProblemDocument } from '../../../src/platform/http/index.ts';
import { until } from '../../support/until.ts';
import { GOOD, trial } from './trial-server.ts';

const { app } = trial({ requestTimeoutMs: 1000 });
await app.listen({ host: '127.0.0.1', port: 0 });
const { port } = app.server.address() as AddressInfo;
t.teardown(() => app.close());

/** Writes the pieces one after the other and reads until the server closes. */
function exchange(...pieces: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (piece: string) => {
      text += piece;
    });
    socket.on('end', () => socket.end());
    socket.on('close', () => resolve(text));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(text) : reject(error),
    );
    for (const piece of pieces) socket.write(piece);
  });
}

const head = (more: string) =>
  `POST /v1/payments HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n${more}\r\n`;
const body = JSON.stringify(GOOD);

const cases: [what: string, pieces: string[], status: number][] = [
  [
    'a good request in pieces',
    [head(`content-length: ${body.length}\r\n`), body.slice(0, 10), body.slice(10)],
    201,
  ],
  [
    'a good request in chunks',
    [head('transfer-encoding: chunked\r\n'), `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`],
    201,
  ],
  ['no HTTP', ['hello\r\n\r\n'], 400],
  ['TLS on a plain port', ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'], 400],
  ['an unknown method', ['SING /v1 HTTP/1.1\r\nhost: x\r\n\r\n'], 400],
  ['two lengths', [head('content-length: 1\r\ncontent-length: 2\r\n'), 'xx'], 400],
  ['a length and chunks', [head('content-length: 5\r\ntransfer-encoding: chunked\r\n'), '0\r\n\r\n'], 400],
  ['two hosts', [head(`Host: y\r\ncontent-length: ${body.length}\r\n`), body], 400],
  [
    'two authorizations',
    [head(`authorization: Bearer a\r\nAuthorization: Bearer b\r\ncontent-length: ${body.length}\r\n`), body],
    400,
  ],
  ['a length that is no number', [head('content-length: many\r\n')], 400],
  ['a bad chunk', [head('transfer-encoding: chunked\r\n'), 'zz\r\n'], 400],
  [
    'a line break in a header',
    ['GET /v1/payments/1 HTTP/1.1\r\nhost: x\r\nx-request-id: a\n b\r\n\r\n'],
    400,
  ],
  ['headers without end', [`GET / HTTP/1.1\r\nhost: x\r\nx-long: ${'x'.repeat(70_000)}`], 413],
  ['a body announced too large', [head('content-length: 999999999\r\n')], 413],
  ['a request that never ends', [head(`content-length: ${body.length}\r\n`), body.slice(0, 10)], 408],
];

for (const [what, pieces, status] of cases) {
  t.test(what, async (t) => {
    const text = await exchange(...pieces);
    t.equal(text.split(' ')[1], String(status), text.slice(0, 200));
    if (status < 400) return;
    t.match(text, /content-type: application\/problem\+json/i);
    t.match(text, /x-request-id: \S+/i);
    const problem = JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4)) as ProblemDocument;
    t.equal(problem.status, status);
    if (status === 400) t.ok(problem.errors?.length, 'with a pointer');
  });
}

t.test('the server still answers', async (t) => {
  t.match(await exchange(head(`content-length: ${body.length}\r\n`) + body), /^HTTP\/1\.1 201/);
});

t.test('a connection that never asks for anything does not hold up the end', async (t) => {
  const { app: other } = trial();
  await other.listen({ host: '127.0.0.1', port: 0 });
  const { port: otherPort } = other.server.address() as AddressInfo;
  const taken = once(other.server, 'connection');
  const silent = connect(otherPort, '127.0.0.1');
  const gone = once(silent, 'close');
  await taken;
  let isClosed = false;
  void other.close().then(() => (isClosed = true));
  await gone;
  await until('the server is closed', () => isClosed);
  t.pass();
});
