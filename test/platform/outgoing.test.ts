// Calls to servers that misbehave in every way a network allows: each call ends within its time, says rightly whether
// the request may have arrived, is never sent twice and never goes anywhere else.
import type { LookupFunction } from 'node:net';
import t, { type Test } from 'tap';
import { freePort } from '../../src/platform/embedded/index.ts';
import {
  openCaller,
  type Caller,
  type CallerOptions,
  type CallFailure,
  type CallResult,
} from '../../src/platform/outgoing/index.ts';
import {
  answering,
  hanging,
  hangingInBody,
  resetting,
  saying,
  startHostileServer,
  trickling,
  type Answer,
} from '../support/hostile-server.ts';
import { until } from '../support/until.ts';

const request = {
  headers: { 'content-type': 'application/json', 'webhook-id': 'evt_1' },
  body: '{"n":1}',
  timeoutMs: 10_000,
};

function open(t: Test, options: Partial<CallerOptions> = {}): Caller {
  const caller = openCaller({ allowedNetworks: ['127.0.0.0/8'], ...options });
  t.teardown(() => caller.close());
  return caller;
}

function failed(failure: CallFailure, maySent: boolean): Partial<CallResult> {
  return { ok: false, failure, maySent };
}

t.test('what is sent arrives as it was, and any answer is one', async (t) => {
  const server = await startHostileServer(t, answering(200, '{"ok":true}', { 'X-Twice': 'a\r\nX-Twice: b' }));
  const caller = open(t);
  const result = await caller.post(server.url('/in/%D8%A8?a=1&b=%20'), request);
  if (!result.ok) throw new Error(result.detail);
  t.equal(result.body.toString(), '{"ok":true}');
  t.match(result, { status: 200, headers: { 'content-length': '11', 'x-twice': ['a', 'b'] } });
  t.equal(
    server.requests[0],
    `POST /in/%D8%A8?a=1&b=%20 HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\nconnection: keep-alive\r\n` +
      'content-type: application/json\r\nwebhook-id: evt_1\r\ncontent-length: 7\r\n\r\n{"n":1}',
  );
  for (const status of [201, 204, 304, 400, 404, 410, 429, 500, 503, 599]) {
    server.answer = answering(status);
    t.match(await caller.post(server.url(), request), { ok: true, status });
  }
  server.answer = saying('HTTP/1.1 103 Early Hints\r\nx: 1\r\n\r\nHTTP/1.1 200 OK\r\n\r\nuntil the end');
  const last = await caller.post(server.url(), { ...request, body: Buffer.from([0, 255]) });
  t.match(last, { ok: true, status: 200 });
  t.equal(last.ok && last.body.toString(), 'until the end');
  t.ok(server.requests.at(-1)?.endsWith('\r\n\r\n\x00\xff'), 'bytes as bytes');
});

t.test('no redirect is followed', async (t) => {
  const elsewhere = await startHostileServer(t, answering(200));
  const server = await startHostileServer(t, hanging);
  const caller = open(t);
  for (const status of [301, 302, 303, 307, 308]) {
    server.answer = answering(status, '', { location: elsewhere.url('/stolen') });
    const result = await caller.post(server.url(), request);
    t.match(result, { ok: true, status, headers: { location: elsewhere.url('/stolen') } });
  }
  t.equal(elsewhere.connections.length, 0);
});

const manyHeaders = `HTTP/1.1 200 OK\r\n${'x: 0123456789\r\n'.repeat(5000)}\r\n`;
const misbehaving: [
  what: string,
  answer: Answer,
  failure: CallFailure,
  limits?: { timeoutMs?: number; maxAnswerBytes?: number },
][] = [
  ['silence', hanging, 'timeout', { timeoutMs: 100 }],
  ['half an answer, then silence', hangingInBody, 'timeout', { timeoutMs: 100 }],
  [
    'half a header, then silence',
    (socket) => socket.write('HTTP/1.1 200 OK\r\ncont'),
    'timeout',
    { timeoutMs: 100 },
  ],
  ['an endless trickle', trickling, 'timeout', { timeoutMs: 200 }],
  ['an endless trickle beyond the limit', trickling, 'too-large', { maxAnswerBytes: 3 }],
  ['a reset', resetting, 'reset'],
  ['a hang-up', saying(''), 'reset'],
  ['a hang-up in the headers', saying('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n'), 'reset'],
  ['a hang-up in the body', saying('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'), 'reset'],
  ['another protocol', saying('220 mail.example ESMTP\r\n'), 'malformed'],
  ['noise', saying(Buffer.from([0x15, 3, 1, 0, 2, 2, 0x50])), 'malformed'],
  ['two lengths', saying('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'), 'malformed'],
  ['a broken chunk', saying('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'), 'malformed'],
  [
    'another protocol asked for',
    saying('HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    'malformed',
  ],
  ['headers without end', saying(manyHeaders), 'too-large'],
  ['10 MB', answering(200, 'x'.repeat(10_000_000)), 'too-large'],
];
for (const [what, answer, failure, limits] of misbehaving)
  void t.test(`answered with ${what}: ${failure}, once, and the connection is dropped`, async (t) => {
    const server = await startHostileServer(t, answer);
    const caller = open(t);
    const result = await caller.post(server.url(), { ...request, ...limits });
    t.match(result, failed(failure, true), JSON.stringify(result));
    const least = failure === 'timeout' ? (limits?.timeoutMs ?? 0) - 2 : 0;
    t.ok(result.tookMs >= least && result.tookMs < 5000, `${result.tookMs} ms`);
    await until('the connection is gone', () => server.connections.every((socket) => socket.destroyed));
    t.equal(server.requests.length, 1);
    server.answer = answering(200);
    t.match(await caller.post(server.url(), request), { ok: true }, 'the next call is none the worse');
  });

t.test('an answer of just the limit is whole, a byte more is too large', async (t) => {
  const server = await startHostileServer(t, answering(200, 'x'.repeat(65_536)));
  const caller = open(t);
  const result = await caller.post(server.url(), request);
  t.equal(result.ok && result.body.length, 65_536);
  server.answer = answering(200, 'x'.repeat(65_537));
  t.match(await caller.post(server.url(), request), failed('too-large', true));
});

t.test('nobody there: certainly not sent', async (t) => {
  const port = await freePort();
  const answer =
    (addresses: string[]): LookupFunction =>
    (_, __, callback) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );
  const unknown: LookupFunction = (hostname, _, callback) =>
    callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }), []);
  const unreachable = failed('unreachable', false);
  t.match(await open(t).post(`http://127.0.0.1:${port}/`, request), unreachable);
  t.match(await open(t, { lookup: unknown }).post('https://nowhere.example/', request), {
    ...unreachable,
    detail: /ENOTFOUND/,
  });
  const several = open(t, { lookup: answer(['127.0.0.1', '127.0.0.2', '127.0.0.3']) });
  t.match(await several.post(`http://several.example:${port}/`, request), {
    ...unreachable,
    detail: /ECONNREFUSED/,
  });
  t.match(await several.post(`https://several.example:${port}/`, request), unreachable);
  const many = await Promise.all(
    Array.from({ length: 40 }, () => several.post(`http://x.example:${port}/`, request)),
  );
  t.ok(
    many.every((result) => !result.ok && result.failure === 'unreachable' && !result.maySent),
    'many at once',
  );
});

t.test('wrong headers are a mistake of the program', async (t) => {
  const server = await startHostileServer(t, answering(200));
  const caller = open(t);
  const wrong: Record<string, string>[] = [
    { 'x-id': 'a\r\nx-evil: 1' },
    { 'x y': '1' },
    { Host: 'a.example' },
    { 'content-length': '1' },
    { 'Transfer-Encoding': 'chunked' },
    { connection: 'close' },
  ];
  for (const headers of wrong)
    await t.rejects(caller.post(server.url(), { ...request, headers }), JSON.stringify(headers));
  t.equal(server.requests.length, 0);
});
