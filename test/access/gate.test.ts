// People at the gate: they read what the client of their agency or channel reads, and change nothing that is for keys.
import t from 'tap';
import { bill, Client } from '../support/client.ts';
import { startTestWorld } from '../support/gateway.ts';
import { colleague } from '../support/staff.ts';
import { addBills } from '../support/world.ts';

t.test('people at the gate', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  await addBills(db, 'om', [
    { number: 'OM-1', amount: '10.000' },
    { number: 'OM-2', amount: '10.000' },
  ]);
  const { body: paid } = await world.client('bank').pay({ bills: [bill('OM-1', '10.000')] });
  const paymentId = paid?.paymentId ?? '';
  const agency = await colleague(db, baseUrl, 'agency', 'finance-officer', { billerCode: 'om-social' });
  const other = await colleague(db, baseUrl, 'other', 'finance-officer', { billerCode: 'dz-social' });
  const channel = await colleague(db, baseUrl, 'channel', 'channel-officer', { channelCode: 'bank' });
  const stranger = await colleague(db, baseUrl, 'stranger', 'channel-officer', { channelCode: 'agent' });
  const support = await colleague(db, baseUrl, 'support', 'support');

  await t.test('their own is read, another’s is not there', async (t) => {
    for (const mine of [agency, channel]) t.match(await mine.payment(paymentId), { code: 'ok' });
    for (const his of [other, stranger]) t.match(await his.payment(paymentId), { code: 'payment-not-found' });
    t.match(await agency.list('businessDate=2026-11-22'), { body: { items: [{ paymentId }] } });
    t.match(await other.list('businessDate=2026-11-22'), { body: { items: [] } });
    t.match(await agency.send('GET', '/v1/events'), { code: 'ok' });
    t.match(await channel.send('GET', '/v1/events'), { code: 'forbidden' });
  });

  await t.test('the operator’s people say whose', async (t) => {
    t.match(await support.list('businessDate=2026-11-22'), { code: 'forbidden' });
    t.match(await support.list('businessDate=2026-11-22&biller=om-social'), {
      body: { items: [{ paymentId }] },
    });
    t.match(await support.list('businessDate=2026-11-22&biller=nobody'), { code: 'biller-not-found' });
    t.match(await agency.list('businessDate=2026-11-22&biller=dz-social'), { code: 'malformed-request' });
    t.match(await world.client('om-social').list('businessDate=2026-11-22&biller=dz-social'), {
      code: 'malformed-request',
    });
  });

  await t.test('nothing is changed by people where keys change it', async (t) => {
    for (const who of [agency, channel, support]) {
      t.match(await who.pay({ bills: [bill('OM-2', '10.000')] }), { code: 'forbidden' });
      t.match(await who.inquire({ billerCode: 'om-social', billNumber: 'OM-2' }), { code: 'forbidden' });
      t.match(await who.cancel('x'), { code: 'forbidden' });
      t.match(await who.reverse(paymentId, 'undo'), { code: 'forbidden' });
      t.match(await who.send('PUT', '/v1/webhook', { url: 'https://x.example' }), { code: 'forbidden' });
      t.match(
        await who.send('POST', `/v1/payments/${paymentId}/rejection`, {
          reference: 'x',
          reason: 'paid-elsewhere',
        }),
        { code: 'forbidden' },
      );
    }
  });

  await t.test('keys decide nothing', async (t) => {
    for (const code of ['bank', 'om-social']) {
      t.match(await world.client(code).send('GET', '/v1/approvals'), { code: 'forbidden' });
      t.match(await world.client(code).send('GET', '/v1/sessions/current'), { code: 'forbidden' });
    }
  });

  await t.test('a token that is none', async (t) => {
    for (const token of ['wst_', `wst_${'A'.repeat(43)}`, 'wst_x y'])
      t.match(await new Client(baseUrl, token).send('GET', '/v1/approvals'), { code: 'unauthenticated' });
  });
});
