// Who is busy himself has no silent partner: an answer that came in time counts, though it is read when the time is over.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import t from 'tap';
import { openCaller } from '../../src/platform/outgoing/index.ts';

const [GO, SENT] = [0, 1];
/** On a thread of its own: says that a question has come, waits to be let go, answers, and notes that it has. */
const SERVER = `
const { parentPort, workerData } = require('node:worker_threads');
const flags = new Int32Array(workerData);
const server = require('node:http').createServer((request, response) => {
  parentPort.postMessage('asked');
  Atomics.wait(flags, ${GO}, 0);
  response.once('finish', () => { Atomics.store(flags, ${SENT}, 1); Atomics.notify(flags, ${SENT}); });
  response.end('here');
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;
const DEADLINE_MS = 4000;

t.test('an answer that waits unread when the time is over', async (t) => {
  const shared = new SharedArrayBuffer(8);
  const flags = new Int32Array(shared);
  const server = new Worker(SERVER, { eval: true, workerData: shared });
  t.teardown(() => server.terminate());
  const [port] = (await once(server, 'message')) as [number];
  const caller = openCaller({ allowedNetworks: ['127.0.0.0/8'] });
  t.teardown(() => caller.close());
  const url = `http://127.0.0.1:${port}/`;
  const startedAt = performance.now();
  const asking = caller.post(url, { headers: {}, body: '{}', timeoutMs: DEADLINE_MS });
  t.same(await once(server, 'message'), ['asked']);
  Atomics.store(flags, GO, 1);
  Atomics.notify(flags, GO);
  Atomics.wait(flags, SENT, 0, 20_000); // this thread does nothing else
  Atomics.wait(flags, SENT, 1, Math.max(0, startedAt + DEADLINE_MS + 100 - performance.now()));
  t.match(await asking, { ok: true, status: 200 });
});
