// What every answer carries, how refusals and faults are told and logged, and that nothing of our inside gets out.

import t from 'tap';
import { createRegistry, countRequests, metricsServer } from '../../../src/platform/metrics.ts';
import { PROBLEM_TYPE, registerHealth, type ProblemDocument } from '../../../src/platform/http/index.ts';
import { GOOD, trial, type Trial } from './trial-server.ts';

async function pay({ app }: Trial, reference: string, headers: Record<string, string> = {}) {
  return app.inject({ method: 'POST', url: '/v1/payments', payload: { ...GOOD, reference }, headers });
}

t.test('every answer carries an id, nosniff and no-store', async (t) => {
  const { app } = trial();
  t.teardown(() => app.close());
  const urls = ['/v1/payments/1', '/nowhere', '/v1/payments/x', '/v1/%zz'];
  for (const url of urls) {
    const { headers } = await app.inject({ url });
    t.match(headers['x-request-id'], /^req_[0-9a-v]{20}$/, url);
    t.match(headers, { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' }, url);
  }
});

t.test('request ids: the caller’s own when sane, else fresh, different and sorted by time', async (t) => {
  const server = trial();
  t.teardown(() => server.app.close());
  const idFor = async (given?: string) =>
    (
      await server.app.inject({
        url: '/v1/payments/1',
        headers: given === undefined ? {} : { 'x-request-id': given },
      })
    ).headers['x-request-id'];
  t.equal(await idFor('bank-one:2026.0001'), 'bank-one:2026.0001');
  for (const bad of ['short', 'x'.repeat(129), 'with space', '<script>alert(1)</script>', 'é'.repeat(10)]) {
    t.match(await idFor(bad), /^req_/, bad.slice(0, 20));
  }
  const ids: unknown[] = [];
  for (let n = 0; n < 50; n += 1) ids.push(await idFor());
  t.equal(new Set(ids).size, 50);
  t.strictSame([...ids].sort(), ids);
});

t.test('a refusal is the problem document of the contract', async (t) => {
  const server = trial();
  t.teardown(() => server.app.close());
  const response = await pay(server, 'refused', { 'x-request-id': 'trial-0001' });
  t.equal(response.statusCode, 422);
  t.equal(response.headers['content-type'], PROBLEM_TYPE);
  t.equal(response.headers['content-language'], 'en');
  const amountDue = { value: '2.000', currency: 'OMR' };
  t.strictSame(response.json(), {
    type: '/problems/underpayment',
    title: 'The amount is too small',
    status: 422,
    detail: 'The bill needs 2.000 OMR; less was offered.',
    instance: 'trial-0001',
    code: 'underpayment',
    retry: 'new-reference',
    amountDue,
    bills: [{ billNumber: 'b', code: 'underpayment', amountDue }],
  });
});

t.test('the language chooses the words and nothing else', async (t) => {
  const server = trial();
  t.teardown(() => server.app.close());
  const documents: ProblemDocument[] = [];
  for (const language of ['en', 'fr', 'ar']) {
    const response = await pay(server, 'refused', {
      'accept-language': language,
      'x-request-id': 'trial-0001',
    });
    t.equal(response.headers['content-language'], language);
    documents.push(response.json<ProblemDocument>());
  }
  t.equal(new Set(documents.map(({ title }) => title)).size, 3);
  t.equal(new Set(documents.map(({ detail }) => detail)).size, 3);
  const rest = documents.map(({ title: _title, detail: _detail, ...same }) => JSON.stringify(same));
  t.equal(new Set(rest).size, 1);
  for (const { detail } of documents) t.match(detail, /2\.000 OMR/);
});

t.test('401 asks for a key, 503 says how long to wait', async (t) => {
  const server = trial();
  t.teardown(() => server.app.close());
  t.match((await pay(server, 'stranger')).headers, { 'www-authenticate': /Bearer/ });
  const busy = await pay(server, 'busy');
  t.equal(busy.statusCode, 503);
  t.equal(busy.headers['retry-after'], '3');
  t.equal(busy.json<ProblemDocument>().retry, 'same-reference');
});

t.test('a fault of ours is logged with its cause and told without its inside', async (t) => {
  const server = trial();
  t.teardown(() => server.app.close());
  const response = await pay(server, 'broken');
  t.equal(response.statusCode, 500);
  t.notMatch(response.body, /hunter2|password|stack|\.ts/);
  const { code, instance } = response.json<ProblemDocument>();
  t.equal(code, 'internal-error');
  t.match(server.lines, [
    { level: 'error', requestId: instance, status: 500, err: { message: /hunter2/, stack: /socket/ } },
  ]);
});

t.test('one line for each refusal, none for a payment unless asked', async (t) => {
  const quiet = trial();
  const talkative = trial({ level: 'debug', caller: () => 'bank-one' });
  t.teardown(async () => Promise.all([quiet.app.close(), talkative.app.close()]));
  for (const server of [quiet, talkative]) {
    await pay(server, 'r-1');
    await pay(server, 'refused');
    await server.app.inject({ url: '/nowhere?payerId=123' });
  }
  t.match(quiet.lines, [
    {
      level: 'info',
      code: 'underpayment',
      status: 422,
      method: 'POST',
      path: '/v1/payments',
      msg: 'refused',
    },
    { level: 'info', code: 'not-found', path: '/nowhere' },
  ]);
  t.equal(quiet.lines.length, 2);
  t.match(talkative.lines[0], { level: 'debug', status: 201, caller: 'bank-one', msg: 'answered' });
  t.equal(talkative.lines.length, 3);
});

t.test('what is slow is logged, but not what waits on purpose', async (t) => {
  const server = trial({ slowMs: 0 });
  t.teardown(() => server.app.close());
  server.app.get('/feed', { config: { slowMs: 60_000 } }, () => ({}));
  await pay(server, 'r-1');
  await server.app.inject({ url: '/feed' });
  t.match(server.lines, [{ level: 'warn', msg: 'slow', path: '/v1/payments' }]);
  t.equal(server.lines.length, 1);
});

t.test('answers are counted by route and status, and served on a port of their own', async (t) => {
  const registry = createRegistry();
  const server = trial({ counter: countRequests(registry) });
  const metrics = await metricsServer(registry, { host: '127.0.0.1', port: 0 });
  t.teardown(async () => Promise.all([server.app.close(), metrics.close()]));
  await pay(server, 'r-1');
  await pay(server, 'r-2');
  await pay(server, 'refused');
  await server.app.inject({ url: '/nowhere' });
  const at = `http://127.0.0.1:${metrics.port}`;
  const text = await (await fetch(`${at}/metrics`)).text();
  t.match(text, 'wasit_http_requests_total{method="POST",route="/v1/payments",status="201"} 2');
  t.match(text, 'wasit_http_requests_total{method="POST",route="/v1/payments",status="422"} 1');
  t.match(text, 'wasit_http_requests_total{method="*",route="not found",status="404"} 1');
  t.match(text, 'process_cpu_seconds_total');
  t.equal((await fetch(`${at}/`)).status, 404);
});

t.test('health: alive is not ready', async (t) => {
  const { app } = trial();
  t.teardown(() => app.close());
  let database = true;
  let queue = true;
  registerHealth(app, {
    needed: { database: () => database, migrations: () => Promise.resolve(true) },
    told: { queue: async () => queue },
  });
  const ready = await app.inject({ url: '/health/ready' });
  t.equal(ready.statusCode, 200);
  t.strictSame(ready.json(), { database: 'ok', migrations: 'ok', queue: 'ok' });
  queue = false;
  const told = await app.inject({ url: '/health/ready' });
  t.equal(told.statusCode, 200, 'payments do not need the queue');
  t.strictSame(told.json(), { database: 'ok', migrations: 'ok', queue: 'failed' });
  database = false;
  const unready = await app.inject({ url: '/health/ready' });
  t.equal(unready.statusCode, 503);
  t.equal(unready.headers['retry-after'], '1');
  t.strictSame(unready.json(), { database: 'failed', migrations: 'ok', queue: 'failed' });
  t.equal((await app.inject({ url: '/health/live' })).statusCode, 200);
});

t.test('a check that throws, now or later, has failed', async (t) => {
  const { app } = trial();
  t.teardown(() => app.close());
  const fail = () => {
    throw new Error('gone');
  };
  registerHealth(app, { needed: { database: fail }, told: { queue: async () => fail() } });
  t.strictSame((await app.inject({ url: '/health/ready' })).json(), { database: 'failed', queue: 'failed' });
});
