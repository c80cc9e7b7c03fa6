// Keys that an administrator adds over HTTP: shown once, good at once, and with his name in the audit log.
import { generateKeyPairSync } from 'node:crypto';
import t from 'tap';
import type { KeyAdded } from '../../src/channels/shown-schema.ts';
import type { Static } from 'typebox';
import { Client } from '../support/client.ts';
import { startTestWorld } from '../support/gateway.ts';
import { colleague } from '../support/staff.ts';

type Added = Static<typeof KeyAdded>;

t.test('a key added by an administrator', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  const admin = await colleague(db, baseUrl, 'admin', 'operator-admin');
  const add = (body: object, who = admin) => who.send<Added>('POST', '/v1/keys', body);

  const { status, body, headers } = await add({ client: 'bank', label: 'branches' });
  t.equal(status, 201);
  t.equal(headers.get('cache-control'), 'no-store');
  t.match(body, { client: 'bank', algorithm: 'bearer', keyId: /^key_/, key: /^wsk_/ });
  const bank = new Client(baseUrl, body?.key ?? '');
  t.equal((await bank.send('GET', '/v1/billers')).code, 'ok', 'it is good at once');
  t.equal((await world.client('bank').send('GET', '/v1/billers')).code, 'ok', 'and those before too');

  t.match((await add({ client: 'om-social', algorithm: 'hmac-sha256' })).body, { secret: String });
  const pair = generateKeyPairSync('ed25519');
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const own = await add({ client: 'channel/bank', algorithm: 'ed25519', publicKey });
  t.same(Object.keys(own.body ?? {}), ['client', 'keyId', 'algorithm'], 'nothing of ours to keep');

  const shown = await admin.send<{ items: unknown[] }>('GET', '/v1/keys?client=bank');
  t.match(shown.body?.items, [{}, { label: 'branches', keyId: body?.keyId }, {}]);
  t.notMatch(shown.text, body?.key ?? '');
  const audit = await admin.send<{ items: unknown[] }>('GET', '/v1/audit?action=key.add&actor=admin');
  t.match(audit.body?.items[2], { subject: 'client/bank', after: { keyId: body?.keyId, label: 'branches' } });
  t.notMatch(audit.text, body?.key ?? '', 'nor in the audit log');

  await t.test('refused', async (t) => {
    t.equal((await add({ client: 'nobody' })).code, 'not-found');
    t.match((await add({ client: 'bank', allowedIps: ['here'] })).problem, {
      code: 'malformed-request',
      errors: [{ pointer: '', detail: /here/ }],
    });
    t.equal((await add({ client: 'bank', publicKey })).code, 'malformed-request', 'not of a bearer key');
    const others = [
      await colleague(db, baseUrl, 'support', 'support'),
      await colleague(db, baseUrl, 'officer', 'finance-officer', { billerCode: 'om-social' }),
      await colleague(db, baseUrl, 'teller', 'channel-officer', { channelCode: 'bank' }),
      world.client('om-social'),
      world.client('bank'),
    ];
    for (const other of others) t.equal((await add({ client: 'bank' }, other)).code, 'forbidden');
    const after = await admin.send<{ items: unknown[] }>('GET', '/v1/keys?client=bank');
    t.equal(after.body?.items.length, 3);
  });
});
