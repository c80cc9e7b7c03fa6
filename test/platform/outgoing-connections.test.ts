// Connections of outgoing calls: kept, bounded, and found broken before anything is written on them whenever that can be
// known. What cannot be known is said, and never sent again.
import { once } from 'node:events';
import net from 'node:net';
import t, { type Test } from 'tap';
import {
  openCaller,
  type Caller,
  type CallFailure,
  type CallResult,
} from '../../src/platform/outgoing/index.ts';
import { answering, hanging, resetting, startHostileServer } from '../support/hostile-server.ts';
import { until } from '../support/until.ts';

const request = { headers: {}, body: '{"n":1}', timeoutMs: 10_000 };
const turn = () => new Promise((resolve) => setImmediate(resolve));

function open(t: Test, connectionsPerOrigin?: number): Caller {
  const caller = openCaller({ allowedNetworks: ['127.0.0.0/8'], connectionsPerOrigin });
  t.teardown(() => caller.close());
  return caller;
}

function failed(failure: CallFailure, maySent: boolean): Partial<CallResult> {
  return { ok: false, failure, maySent };
}

t.test('connections are kept, and bounded', async (t) => {
  const server = await startHostileServer(t, answering(200));
  const caller = open(t, 2);
  for (let n = 0; n < 5; n++) {
    t.match(await caller.post(server.url(`/${n}`), request), { ok: true });
    await turn(); // a connection is free again a turn after its answer
  }
  t.equal(server.connections.length, 1, 'one after the other on one connection');
  const waiting: net.Socket[] = [];
  server.answer = (socket) => void waiting.push(socket);
  const calls = Array.from({ length: 10 }, () => caller.post(server.url(), request));
  for (let answered = 0; answered < 10; answered++) {
    await until('a request', () => waiting.length > 0);
    t.ok(waiting.length <= 2 && server.connections.length <= 2);
    answering(200)(waiting.shift() ?? new net.Socket(), '');
  }
  t.ok((await Promise.all(calls)).every(({ ok }) => ok));
});

t.test('waiting for a free connection is part of the time, and what only waited was not sent', async (t) => {
  const server = await startHostileServer(t, hanging);
  const caller = open(t, 1);
  const first = caller.post(server.url('/first'), { ...request, timeoutMs: 500 });
  await until('the first is sent', () => server.requests.length === 1);
  t.match(await caller.post(server.url('/second'), { ...request, timeoutMs: 50 }), failed('timeout', false));
  t.match(await first, failed('timeout', true));
  server.answer = answering(200);
  t.match(await caller.post(server.url('/third'), request), { ok: true });
  t.same(
    server.requests.map((text) => text.split(' ')[1]),
    ['/first', '/third'],
  );
});

for (const [how, drop] of [
  ['closed', (socket: net.Socket) => socket.end()],
  ['reset', (socket: net.Socket) => socket.resetAndDestroy()],
] as const)
  void t.test(`a kept connection ${how} meanwhile is no failure`, async (t) => {
    const server = await startHostileServer(t, answering(200));
    const caller = open(t);
    await caller.post(server.url(), request);
    const [socket] = server.connections;
    if (!socket) throw new Error('no connection');
    drop(socket);
    await Promise.all([once(socket, 'close'), turn()]);
    await turn();
    t.match(await caller.post(server.url(), request), { ok: true });
    t.same([server.connections.length, server.requests.length], [2, 2]);
  });

t.test(
  'a kept connection reset while a request waits to be written: the request moves to another',
  async (t) => {
    const server = await startHostileServer(t, answering(200));
    const caller = open(t, 1);
    for (let n = 0; n < 5; n++) {
      await caller.post(server.url('/before'), request);
      // In the phase of timers, so that the client hears of the reset before it would write.
      let asked = 0;
      await until('a timer', () => asked++ > 0);
      server.connections.at(-1)?.resetAndDestroy();
      t.match(await caller.post(server.url('/after'), request), { ok: true });
    }
    t.equal(server.requests.length, 10);
  },
);

t.test('closed at the very moment of a request: answered or unsure, never sent twice', async (t) => {
  const server = await startHostileServer(t, answering(200));
  const caller = open(t, 1);
  for (let n = 0; n < 50; n++) {
    await caller.post(server.url(`/${n}/before`), request);
    const drop = n % 2 === 0 ? 'end' : 'resetAndDestroy';
    server.connections.at(-1)?.[drop]();
    for (let turns = n % 3; turns > 0; turns--) await turn();
    const result = await caller.post(server.url(`/${n}/after`), request);
    t.ok(result.ok || (result.failure === 'reset' && result.maySent), JSON.stringify(result));
    const arrived = server.requests.filter((text) => text.startsWith(`POST /${n}/after `)).length;
    t.ok(arrived <= 1 && (!result.ok || arrived === 1));
  }
  server.answer = (socket, text) => (text.includes('/poison') ? resetting : answering(200))(socket, text);
  await caller.post(server.url(), request);
  t.match(await caller.post(server.url('/poison'), request), failed('reset', true));
  t.equal(server.requests.filter((text) => text.includes('/poison')).length, 1);
});

t.test('closing lets calls end, and makes no more', async (t) => {
  const waiting: net.Socket[] = [];
  const server = await startHostileServer(t, (socket) => void waiting.push(socket));
  const caller = open(t);
  const call = caller.post(server.url(), request);
  await until('the call', () => waiting.length === 1);
  const closed = caller.close();
  t.match(await caller.post(server.url(), request), failed('unreachable', false));
  waiting.forEach((socket) => answering(200)(socket, ''));
  t.match(await call, { ok: true });
  await closed;
  await until('no connection is left', () => server.connections.every((socket) => socket.destroyed));
  t.equal(server.requests.length, 1);
});
