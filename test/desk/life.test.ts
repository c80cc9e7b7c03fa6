// The life of a payment over HTTP: each sees his own part of it, and nobody another's.
import t from 'tap';
import type { Client } from '../support/client.ts';
import { colleague } from '../support/staff.ts';
import { liveADay } from './a-day.ts';

interface Life {
  readonly payment: Record<string, unknown>;
  readonly bills: unknown[];
  readonly debits: unknown[];
}

t.test('the life of a payment', async (t) => {
  const world = await liveADay(t);
  const { db, baseUrl, paid } = world;
  const agency = await colleague(db, baseUrl, 'agency', 'approver', { billerCode: 'om-social' });
  const other = await colleague(db, baseUrl, 'other', 'approver', { billerCode: 'eg-local' });
  const teller = await colleague(db, baseUrl, 'teller', 'channel-officer', { channelCode: 'bank' });
  const stranger = await colleague(db, baseUrl, 'stranger', 'channel-officer', { channelCode: 'agent' });
  const support = await colleague(db, baseUrl, 'support', 'support');
  const look = async (client: Client, paymentId = paid.plain, query = '') => {
    const { body, code } = await client.send<Life>('GET', `/v1/payments/${paymentId}/trace${query}`);
    return body ?? code;
  };

  const whole = await look(support);
  if (typeof whole === 'string') return t.fail(whole);
  t.match(whole, {
    payment: { paymentId: paid.plain, reference: 'plain', journals: [{ kind: 'payment' }] },
    bills: [{ billNumber: 'OM-1', biller: 'om-social' }],
  });
  for (const client of [agency, world.client('om-social')]) {
    const own = await look(client);
    if (typeof own === 'string') return t.fail(own);
    t.same(
      Object.keys(whole.payment)
        .filter((key) => !(key in own.payment))
        .sort(),
      ['commission', 'journals'],
    );
    t.match(own, { payment: { events: [{ type: 'payment.accepted' }] }, bills: [{ billNumber: 'OM-1' }] });
  }
  for (const client of [teller, world.client('bank')]) {
    const own = await look(client);
    if (typeof own === 'string') return t.fail(own);
    const hidden = ['billerFee', 'breaks', 'daySealedAt', 'events', 'journals', 'money', 'rejections'];
    t.same(
      Object.keys(whole.payment)
        .filter((key) => !(key in own.payment))
        .sort(),
      hidden,
    );
    t.match(own, { payment: { bills: [{ billNumber: 'OM-1' }], commission: {} }, bills: [], debits: [] });
  }
  for (const client of [other, stranger]) t.equal(await look(client), 'payment-not-found');
  t.match(await look(support, paid.plain, '?biller=om-social'), { payment: { paymentId: paid.plain } });
  t.equal(await look(support, paid.plain, '?biller=eg-local'), 'payment-not-found');
  for (const name of ['plain', 'OM-1', 'pay_x', `pay_${'0'.repeat(26)}`])
    t.equal(await look(support, name), 'payment-not-found', 'it is named by its id alone');
  return undefined;
});
