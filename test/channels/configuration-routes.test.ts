// Channels, keys and the audit log over HTTP: by role, and what an administrator does leaves his name.
import t from 'tap';
import type { Client } from '../support/client.ts';
import { startTestWorld } from '../support/gateway.ts';
import { colleague } from '../support/staff.ts';
import { addBills } from '../support/world.ts';
import { bill } from '../support/client.ts';

interface Page {
  readonly items: Record<string, unknown>[];
  readonly next: string | null;
}

t.test('the configuration, by role', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  const people = {
    admin: await colleague(db, baseUrl, 'admin', 'operator-admin'),
    support: await colleague(db, baseUrl, 'support', 'support'),
    officer: await colleague(db, baseUrl, 'officer', 'finance-officer', { billerCode: 'om-social' }),
    approver: await colleague(db, baseUrl, 'approver', 'approver', { billerCode: 'om-social' }),
    teller: await colleague(db, baseUrl, 'teller', 'channel-officer', { channelCode: 'bank' }),
    agencyKey: world.client('om-social'),
    channelKey: world.client('bank'),
  };
  const [key] = (await people.admin.send<Page>('GET', '/v1/keys?client=kiosk')).body?.items ?? [];
  const keyId = String(key?.['keyId']);
  const all = 'ok ok forbidden forbidden forbidden forbidden forbidden';
  const admin = 'ok forbidden forbidden forbidden forbidden forbidden forbidden';
  const nobody = 'not-found forbidden forbidden forbidden forbidden forbidden forbidden';
  const table: [string, string, string][] = [
    ['GET', '/v1/channels', all],
    ['GET', '/v1/channels/bank', all],
    ['GET', '/v1/channels/nobody', all.replaceAll('ok', 'not-found')],
    ['GET', '/v1/keys', all],
    ['GET', '/v1/keys?client=nobody', all.replaceAll('ok', 'not-found')],
    ['POST', '/v1/channels/shop/suspension', admin],
    ['POST', '/v1/channels/shop/suspension', admin],
    ['POST', '/v1/channels/shop/resumption', admin],
    ['POST', '/v1/channels/nobody/suspension', nobody],
    ['POST', `/v1/keys/${keyId}/revocation`, admin],
    ['POST', '/v1/keys/none/revocation', nobody],
    ['GET', '/v1/audit', 'ok ok ok ok ok forbidden forbidden'],
  ];
  for (const [method, path, expected] of table) {
    const codes: string[] = [];
    for (const client of Object.values(people)) codes.push((await client.send(method, path)).code);
    t.equal(codes.join(' '), expected, `${method} ${path}`);
  }

  await t.test('what is shown, and never a secret', async (t) => {
    const { body } = await people.support.send<Page>('GET', '/v1/channels/agent');
    t.match(body, { code: 'agent', status: 'active', available: [{ currency: 'OMR' }] });
    const { text } = await people.support.send('GET', '/v1/keys');
    for (const secret of world.keys.values()) t.notMatch(text, secret.slice(-20));
    t.match(JSON.parse(text), { items: [{ keyId: String, createdAt: String, code: String }], next: null });
  });

  await t.test('what an administrator does holds at once', async (t) => {
    t.equal((await world.client('kiosk').send('GET', '/v1/position?currency=OMR')).code, 'unauthenticated');
    await addBills(db, 'om', [{ number: 'OM-1', amount: '10.000' }]);
    await people.admin.send('POST', '/v1/channels/bank/suspension');
    const pay = () => world.client('bank').pay({ bills: [bill('OM-1', '10.000')] });
    t.equal((await pay()).code, 'channel-suspended');
    await people.admin.send('POST', '/v1/channels/bank/resumption');
    t.equal((await pay()).code, 'ok');
  });

  await t.test('the audit log: all, one’s own, narrowed, page by page', async (t) => {
    const ask = async (client: Client, query: string) =>
      (await client.send<Page>('GET', `/v1/audit?${query}`)).body?.items ?? [];
    const mine = await ask(people.support, 'actor=admin');
    t.same(
      mine.map(({ action, subject }) => `${String(action)} ${String(subject)}`),
      [
        'channel.resume channel/bank',
        'channel.suspend channel/bank',
        `key.revoke key/${keyId}`,
        'channel.resume channel/shop',
        'channel.suspend channel/shop',
      ],
      'once each, the newest first',
    );
    t.match(mine[0], { origin: /^api /, before: { status: 'suspended' }, after: { status: 'active' } });
    t.equal((await ask(people.support, 'action=channel&actor=admin')).length, 4);
    t.equal((await ask(people.support, 'action=channel.suspend&subject=channel/shop')).length, 1);
    t.same(await ask(people.support, 'actor=admin&to=2020-01-01'), []);
    t.same(await ask(people.officer, 'actor=admin'), [], 'not an agency’s');
    t.same(await ask(people.teller, ''), [], 'nor a channel’s');
    const { body } = await people.support.send<Page>('GET', '/v1/audit?actor=admin&limit=2');
    t.same(await ask(people.support, `actor=admin&limit=9&after=${body?.next}`), mine.slice(2));
    t.equal((await people.officer.send('GET', '/v1/audit?biller=eg-local')).code, 'malformed-request');
    t.same(await ask(people.admin, 'biller=om-social'), []);
  });
});
