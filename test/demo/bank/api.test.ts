// The demo bank by its API: it trusts signatures alone, answers the same call alike, and says later what it put off.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import t, { type Test } from 'tap';
import { newWebhookSecret, readWebhookSecret, signWebhook } from '../../../src/kernel/standard-webhooks.ts';
import { openBank, RIBS, type TestBank } from '../../support/demo-bank.ts';

interface World {
  readonly bank: TestBank;
  /** What it said to Wasit. */
  readonly heard: { path: string; key: string; body: unknown }[];
  day: string;
  status: number;
}

async function world(t: Test): Promise<World> {
  const heard: World['heard'] = [];
  const gateway = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
      heard.push({ path: request.url ?? '', key: request.headers.authorization ?? '', body });
      response.writeHead(it.status).end('{}');
    });
  });
  await once(gateway.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => new Promise((resolve) => gateway.close(resolve)));
  const baseUrl = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  const it: Omit<World, 'bank'> = { heard, day: '2026-11-24', status: 200 };
  const bank = await openBank(t, {
    dataDir: t.testdir({}),
    bankCode: 'main',
    gateway: { baseUrl, key: 'k-1' },
    now: async () => ({ at: new Date(`${it.day}T09:00:00Z`), today: it.day }),
  });
  return Object.assign(it, { bank });
}

let nth = 0;
const debit = (number: string) => ({
  debitId: `dbt_${(nth += 1)}`,
  endToEndId: `WSTD${String(nth).padStart(26, '0')}`,
  mandateId: `mnd_${number}`,
  account: { number, holder: 'Amel' },
  amount: { value: '100.00', currency: 'DZD' },
  collectOn: '2026-11-24',
  billerName: { ar: 'صندوق', en: 'Fund' },
  creditor: { name: 'Wasit Operator', account: '00000001000000001793', bank: null },
});

async function call(
  { bank }: Pick<World, 'bank'>,
  path: string,
  content: object,
  { secret = bank.secret, ageS = 0, timeoutMs = 5000 } = {},
): Promise<{ status: number; body: unknown }> {
  const body = JSON.stringify(content);
  const secrets = [readWebhookSecret(secret) ?? Buffer.alloc(0)];
  const timestampSeconds = Math.floor(Date.now() / 1000) - ageS;
  const response = await fetch(bank.url + path, {
    method: 'POST',
    headers: { ...signWebhook({ secrets, id: 'x', timestampSeconds, body }) },
    body,
    signal: AbortSignal.timeout(timeoutMs),
  });
  return { status: response.status, body: await response.json() };
}

t.test('what is not signed, or long ago, or no call of its API, is not answered', async (t) => {
  const it = await world(t);
  const asked = debit(RIBS.pays);
  t.match(await call(it, '/debits', asked, { secret: newWebhookSecret() }), { status: 401 });
  t.match(await call(it, '/debits', asked, { ageS: 301 }), { status: 401 });
  t.match(await call(it, '/other', asked), { status: 404 });
  t.match(await call(it, '/debits', { ...asked, amount: { value: '1', currency: 'DZD' } }), { status: 400 });
  t.match(await call(it, '/debits', { ...asked, endToEndId: '' }), { status: 400 });
  const unsigned = await fetch(`${it.bank.url}/debits`, { method: 'POST', body: JSON.stringify(asked) });
  t.equal(unsigned.status, 401);
  t.match(await (await fetch(it.bank.url)).json(), { debits: [] });
});

t.test('mandates are validated, refused, or hang', async (t) => {
  const it = await world(t);
  const ask = (number: string, more = {}) =>
    call(it, '/mandates', { requestId: 'mnd_1-1', account: { number } }, more);
  t.match(await ask(RIBS.pays), { status: 200, body: { outcome: 'validated' } });
  t.match(await ask(RIBS.refuses), { status: 200, body: { outcome: 'refused', code: 'MD13' } });
  await t.rejects(ask(RIBS.silent, { timeoutMs: 200 }), { name: 'TimeoutError' });
});

t.test('debits are collected, refused in turn, or hang; the same call is answered as before', async (t) => {
  const it = await world(t);
  const ask = async (asked: object) => (await call(it, '/debits', asked)).body;
  const one = debit(RIBS.shortFirst);
  t.match(await ask(one), { outcome: 'refused', code: 'AM04', text: 'Provision insuffisante' });
  t.match(await ask(one), { outcome: 'refused', code: 'AM04' }, 'the same call');
  t.match(await ask(debit(RIBS.shortFirst)), { outcome: 'collected' });
  t.match(await ask(one), { outcome: 'refused' });
  t.match(await ask(debit(RIBS.closed)), { outcome: 'refused', code: 'AC04' });
  await t.rejects(call(it, '/debits', debit(RIBS.silent), { timeoutMs: 200 }), { name: 'TimeoutError' });
});

t.test('what it put off, says twice or takes back it says by itself', async (t) => {
  const it = await world(t);
  const [late, twice, back] = [debit(RIBS.late), debit(RIBS.twice), debit(RIBS.takesBack)];
  t.match((await call(it, '/debits', late)).body, { outcome: 'pending' });
  t.match((await call(it, '/debits', twice)).body, { outcome: 'collected' });
  t.match((await call(it, '/debits', back)).body, { outcome: 'collected' });
  it.status = 503;
  await it.bank.round();
  t.equal(it.heard.length, 2);
  it.status = 200;
  await it.bank.round();
  await it.bank.round();
  t.match(it.heard.slice(2), [
    { path: `/v1/debits/${late.debitId}/outcome`, key: 'Bearer k-1', body: { outcome: 'collected' } },
    { path: `/v1/debits/${twice.debitId}/outcome`, body: { outcome: 'collected' } },
  ]);
  t.equal(it.heard.length, 4, 'what was taken is not said again');
  it.day = '2026-11-26';
  await it.bank.round();
  t.match(it.heard.slice(4), [
    { path: `/v1/debits/${back.debitId}/outcome`, body: { outcome: 'returned', code: 'MD06' } },
  ]);
  const told = it.bank.said.filter((line) => line.startsWith('wrote camt054'));
  t.equal(told.length, 3, 'creditors are told: of two, of the late one, of what came back');
});
