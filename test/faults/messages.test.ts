// Providers of messages that misbehave. A payer is told at most once: what surely did not leave is tried again, what
// may have left never; and payments notice nothing of it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import t, { type Test } from 'tap';
import { freePort } from '../../src/platform/embedded/index.ts';
import { startHostileServer, type Answer } from '../support/hostile-server.ts';
import { startMessageWorld, type MessageWorld } from '../support/message-world.ts';
import { numberEvents } from '../support/feed.ts';
import { startSmtpServer, type Conduct } from '../support/smtp-server.ts';
import { until } from '../support/until.ts';

const SMS = { mobile: '+96890000001', language: 'ar' };
const MAIL = { email: 'fatma@example.om', language: 'fr' };

/** The latest message, once it is no longer on its way. */
async function latest(world: MessageWorld): Promise<Awaited<ReturnType<MessageWorld['rows']>>[number]> {
  return until('the message has been tried', async () => {
    const row = (await world.rows()).at(-1);
    return row !== undefined && row.attempts > 0 && row.state !== 'sending' && row;
  });
}

t.test('an SMTP server that misbehaves', async (t) => {
  const world = await startMessageWorld(t);
  const server = await startSmtpServer(t);
  const messages = await world.open({ smtpUrl: server.url, mailFrom: 'no-reply@gateway.example' });
  const send = async (conduct: Conduct): Promise<Awaited<ReturnType<typeof latest>>> => {
    server.conduct = conduct;
    await world.db.transaction((tx) => tx.query('delete from message'));
    await world.pay({ contact: MAIL });
    messages.wake(await numberEvents(world.db));
    return latest(world);
  };

  await t.test('takes one whole, with its Arabic and its headers', async (t) => {
    t.match(await send('take'), { state: 'sent', attempts: 1, failure: null });
    const [mail] = server.taken;
    t.match(mail, { from: /^<no-reply@gateway\.example>/, to: /^<fatma@example\.om>/ });
    t.match(mail?.body, /\r\nMessage-ID: <evt_[0-9a-z]{26}-[0-9a-f]{8}@gateway\.example>\r\n/i);
    t.match(mail?.body, /\r\nContent-Language: fr\r\n/);
    t.notMatch(mail?.body, /[^\r]\n|\r[^\n]/, 'every line ends with CRLF');
  });

  const cases: [Conduct, string, string][] = [
    ['later', 'waiting', 'greylisted: surely not sent'],
    ['never', 'failed', 'no such mailbox: for good'],
    ['later-after-body', 'waiting', 'the server said no to what it had read'],
    ['never-after-body', 'failed', 'for good'],
    ['drop-before-body', 'waiting', 'nothing of it had left'],
    ['busy', 'waiting', 'the server would not talk'],
    ['drop-after-body', 'unknown', 'it may have been taken'],
  ];
  for (const [conduct, state, why] of cases) {
    await t.test(`${conduct}: ${why}`, async (t) => {
      server.cut();
      const [taken, bodies] = [server.taken.length, server.bodies];
      t.match(await send(conduct), {
        state,
        attempts: 1,
        address: state === 'waiting' ? 'fatma@example.om' : null,
      });
      server.conduct = 'take';
      await world.makeDue();
      await messages.sweep();
      if (state === 'waiting')
        await until('it is sent after all', async () => (await latest(world)).state === 'sent');
      else await messages.sweep();
      t.equal(server.taken.length - taken, state === 'waiting' ? 1 : 0);
      t.ok(server.bodies - bodies <= 2);
      t.equal((await latest(world)).state, state === 'waiting' ? 'sent' : state);
    });
  }

  await t.test('a kept connection that the server has closed is no failure', async (t) => {
    t.match(await send('take'), { state: 'sent' });
    const connections = server.connections;
    server.cut();
    t.match(await send('take'), { state: 'sent', attempts: 1 });
    t.ok(server.connections > connections);
    t.match(await send('take'), { state: 'sent', attempts: 1 });
    t.equal(server.connections, connections + 1, 'and one that stands is used again');
  });
});

async function smsProvider(t: Test, url: string, more: object = {}): Promise<string> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'wasit-sms-'));
  t.teardown(() => rm(dir, { recursive: true }));
  const file = path.join(dir, 'sms.json');
  const mapping = {
    url,
    format: 'json',
    headers: { authorization: 'Bearer s3cret' },
    sender: 'WASIT',
    fields: {
      messages: [{ to: '{toDigits}', body: '{text}', from: '{sender}', ref: '{id}', unicode: true }],
    },
    success: { statuses: [200, 201], path: 'messages[0].status', equals: ['queued'] },
    timeoutMs: 300,
    ...more,
  };
  await writeFile(file, JSON.stringify(mapping));
  return file;
}

const answering =
  (status: string, body: string): Answer =>
  (socket) =>
    socket.end(
      `HTTP/1.1 ${status}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    );

const YES = answering('200 OK', '{"messages":[{"status":"queued"}]}');

t.test('an SMS provider that misbehaves', async (t) => {
  const world = await startMessageWorld(t);
  const server = await startHostileServer(t, YES);
  const messages = await world.open({ smsProviderFile: await smsProvider(t, server.url('/send')) });
  const send = async (answer: Answer): Promise<Awaited<ReturnType<typeof latest>>> => {
    server.answer = answer;
    await world.db.transaction((tx) => tx.query('delete from message'));
    await world.pay({ contact: SMS });
    messages.wake(await numberEvents(world.db));
    return latest(world);
  };

  await t.test('is told what the mapping says', async (t) => {
    t.match(await send(YES), { state: 'sent', attempts: 1 });
    const [head = '', body = ''] = server.requests[0]?.split('\r\n\r\n') ?? [];
    t.match(head, /^POST \/send HTTP\/1\.1/);
    t.match(head, /authorization: Bearer s3cret/i);
    const { messages } = JSON.parse(Buffer.from(body, 'latin1').toString('utf8')) as {
      messages: Record<string, unknown>[];
    };
    t.match(messages[0], { to: '96890000001', from: 'WASIT', ref: /^evt_/, unicode: true });
    t.match(messages[0]?.['body'], /\u2066OM|\u206610\.000 OMR/);
  });

  const cases: [string, Answer, string][] = [
    ['says no in its answer', answering('200 OK', '{"messages":[{"status":"rejected"}]}'), 'failed'],
    ['answers nonsense', answering('200 OK', '<html>'), 'unknown'],
    ['answers without the word', answering('200 OK', '{}'), 'unknown'],
    ['refuses the number', answering('400 Bad Request', ''), 'failed'],
    ['knows us no more', answering('401 Unauthorized', ''), 'waiting'],
    ['has had too many', answering('429 Too Many Requests', ''), 'waiting'],
    ['is not there now', answering('503 Service Unavailable', ''), 'waiting'],
    ['redirects', answering('302 Found\r\nlocation: http://127.0.0.1/', ''), 'waiting'],
    ['fails inside', answering('500 Internal Server Error', ''), 'unknown'],
    ['cuts the connection after it read the request', (socket) => socket.destroy(), 'unknown'],
    ['hangs', () => undefined, 'unknown'],
  ];
  for (const [what, answer, state] of cases) {
    await t.test(`${what}: ${state}`, async (t) => {
      t.match(await send(answer), { state, attempts: 1 });
      const before = server.requests.length;
      server.answer = YES;
      await world.makeDue();
      await messages.sweep();
      if (state === 'waiting')
        await until('it is sent after all', async () => (await latest(world)).state === 'sent');
      t.equal(server.requests.length - before, state === 'waiting' ? 1 : 0);
    });
  }
});

t.test('a provider that is away, and comes back', async (t) => {
  const world = await startMessageWorld(t);
  const port = await freePort();
  const smsProviderFile = await smsProvider(t, `http://127.0.0.1:${port}/`);
  const messages = await world.open({
    smsProviderFile,
    smtpUrl: `smtp://127.0.0.1:${await freePort()}`,
    mailFrom: 'a@b.co',
  });
  for (let i = 0; i < 10; i++) await world.pay({ contact: { ...SMS, ...MAIL } });
  messages.wake(await numberEvents(world.db));
  await until('all were tried', async () => {
    const rows = await world.rows();
    return rows.length === 20 && rows.every(({ state, attempts }) => state === 'waiting' && attempts === 1);
  });
  t.ok(
    (await world.rows()).every(({ failure }) => /ECONNREFUSED/.test(failure ?? '')),
    'and say why',
  );
  await messages.sweep();
  t.ok(
    (await world.rows()).every(({ attempts }) => attempts === 1),
    'not again before the pause is over',
  );
  const server = await startHostileServer(t, YES, { port });
  await world.makeDue();
  await messages.sweep();
  await until(
    'every SMS is sent',
    async () => (await world.rows()).filter(({ state }) => state === 'sent').length === 10,
  );
  t.equal(server.requests.length, 10);
});

t.test('an outbox folder that cannot be written is tried again', async (t) => {
  const world = await startMessageWorld(t);
  const file = path.join(world.outboxDir, 'in-the-way');
  await writeFile(file, '');
  const messages = await world.open({ outboxDir: path.join(file, 'outbox') });
  await world.pay({ contact: SMS });
  await world.deliver(messages, 'waiting');
  t.match(await latest(world), { state: 'waiting', failure: /ENOTDIR/ });
  await rm(file);
  await world.makeDue();
  await messages.sweep();
  await until('it is written', async () => (await latest(world)).state === 'sent');
});
