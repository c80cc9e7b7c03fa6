// Workers that send messages: one that dies while it sends, one whose provider hangs.
import t from 'tap';
import type { SendResult } from '../../src/confirmations/messages/index.ts';
import { numberEvents } from '../support/feed.ts';
import { deferred, startMessageWorld } from '../support/message-world.ts';
import { until } from '../support/until.ts';

const SMS = { mobile: '+96890000001', language: 'ar' };
const MAIL = { email: 'fatma@example.om', language: 'fr' };

t.test('a worker that dies', async (t) => {
  const world = await startMessageWorld(t);
  const sent: string[] = [];
  const hanging = deferred<SendResult>();
  const dying = world.openWith(({ id }) => (sent.push(id), hanging.promise));
  await world.pay({ contact: SMS });
  dying.wake(await numberEvents(world.db));
  await until('it is being sent', async () => sent.length === 1);
  const other = world.openWith(async ({ id }) => (sent.push(id), { outcome: 'sent' }));
  await other.sweep();
  t.match(
    (await world.rows())[0],
    { state: 'sending', attempts: 1 },
    'claimed is claimed, however long it takes',
  );
  await world.db.transaction((tx) =>
    tx.query(`update message set claimed_at = claimed_at - interval '1 hour'`),
  );
  await other.sweep();
  t.match((await world.rows())[0], { state: 'unknown', address: null, failure: /did not say/ });
  await other.sweep();
  t.equal(sent.length, 1, 'and never sent again');
  // It was only asleep: what it knows is still true.
  hanging.resolve({ outcome: 'sent' });
  await until('the truth is recorded', async () => (await world.rows())[0]?.state === 'sent');
});

t.test('a slow medium holds up neither the other one nor payments', async (t) => {
  const world = await startMessageWorld(t);
  const hanging = deferred<SendResult>();
  let emails = 0;
  const messages = world.openWith(async ({ to }) => {
    if (!to.includes('@')) return hanging.promise;
    emails += 1;
    return { outcome: 'sent' };
  }, 2);
  for (let i = 0; i < 12; i++) await world.pay({ contact: { ...SMS, ...MAIL } });
  messages.wake(await numberEvents(world.db));
  await until('every e-mail is out while SMS hang', () => emails === 12);
  t.equal(
    (await world.rows()).filter(({ medium, state }) => medium === 'sms' && state === 'sending').length,
    2,
  );
  t.ok(await world.pay({ contact: SMS }), 'payments go on');
  hanging.resolve({ outcome: 'sent' });
});
