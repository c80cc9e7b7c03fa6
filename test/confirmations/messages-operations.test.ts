// What the operator sees of messages: settings that cannot hold, and the metrics.
import { Registry } from 'prom-client';
import t from 'tap';
import {
  messageMetrics,
  openMessages,
  openProviders,
  type Outgoing,
  type SendResult,
} from '../../src/confirmations/messages/index.ts';
import { startMessageWorld } from '../support/message-world.ts';
import { until } from '../support/until.ts';
import { MASTER_KEY } from '../support/world.ts';

t.test('settings that cannot hold are refused at the start', async (t) => {
  const base = {
    outboxDir: '/nowhere',
    caller: { post: () => Promise.reject(new Error()), close: async () => undefined },
  };
  const cases: [object, RegExp][] = [
    [{ smtpUrl: 'smtp://mail.example.com' }, /no address that e-mails come from/],
    [{ smtpUrl: 'http://mail.example.com', mailFrom: 'a@b.co' }, /must be smtp:/],
    [{ mailFrom: 'A <a@b.co>' }, /no e-mail address/],
    [{ smsProviderFile: '/nowhere/sms.json' }, /cannot be read/],
  ];
  for (const [settings, fault] of cases) await t.rejects(openProviders({ ...base, ...settings }), fault);
});

t.test('what operations watch', async (t) => {
  const world = await startMessageWorld(t);
  const registry = new Registry();
  const metrics = messageMetrics(registry, world.db);
  const provider = {
    name: 'test',
    atOnce: 8,
    send: async ({ to }: Outgoing): Promise<SendResult> =>
      to.includes('@') ? { outcome: 'not-sent', again: true, reason: 'away' } : { outcome: 'sent' },
    close: async () => undefined,
  };
  const providers = { sms: provider, email: provider };
  const log = { info: () => undefined, warn: () => undefined };
  const messages = openMessages({ database: world.db, masterKey: MASTER_KEY, log, providers, metrics });
  t.teardown(() => messages.stop());
  await world.pay({ contact: { mobile: '+96890000001', email: 'fatma@example.om' } });
  await world.deliver(messages);
  await until('the e-mail was tried', async () =>
    (await world.rows()).some(({ failure }) => failure === 'away'),
  );
  await world.db.transaction((tx) =>
    tx.query(`update message set planned_at = planned_at - interval '1 hour'`),
  );
  const text = await registry.metrics();
  t.match(text, /wasit_messages_total\{medium="sms",outcome="sent"\} 1/);
  t.match(text, /wasit_message_oldest_seconds\{medium="sms"\} 0\n/);
  t.match(text, /wasit_message_oldest_seconds\{medium="email"\} 36\d\d/);
  t.notMatch(text, /wasit_messages_total\{medium="email"/, 'it has not ended');
});
