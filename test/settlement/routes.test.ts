// Settlements over HTTP and in the feed: an agency sees its own, and nobody else anything.
import t from 'tap';
import type { SettlementAnswer, SettlementList } from '../../src/settlement/schema.ts';
import { numberEvents } from '../support/feed.ts';
import { startTestWorld } from '../support/gateway.ts';
import { close, EVENING, pay } from '../support/settling.ts';
import { addManyBills, setClock } from '../support/world.ts';

t.test('an agency reads its settlements', async (t) => {
  const world = await startTestWorld(t);
  const { db } = world;
  const [number = ''] = await addManyBills(db, 'om', 'W-', 1, '12.500');
  await pay(world, 'bank', [number, '12.500']);
  await setClock(db, EVENING);
  await close(db);
  await setClock(db, '2026-11-24T12:00:01Z');
  await close(db, '2026-11-24');
  const om = world.client('om-social');
  const list = await om.send<SettlementList>('GET', '/v1/settlements?limit=2');
  t.same(
    list.body?.items.map((each) => [each.businessDate, each.net.value]),
    [
      ['2026-11-22', '12.500'],
      ['2026-11-23', '0.000'],
    ],
  );
  t.equal(list.body?.next, '2026-11-23');
  const rest = await om.send<SettlementList>('GET', `/v1/settlements?after=${list.body?.next}`);
  t.same(
    rest.body?.items.map((each) => each.businessDate),
    ['2026-11-24'],
  );
  t.equal(rest.body?.next, null);
  const newest = await om.send<SettlementList>('GET', '/v1/settlements?order=desc&limit=2');
  t.same(
    newest.body?.items.map((each) => each.businessDate),
    ['2026-11-24', '2026-11-23'],
  );
  const older = await om.send<SettlementList>(
    'GET',
    `/v1/settlements?order=desc&after=${newest.body?.next}&limit=2`,
  );
  t.same(
    older.body?.items.map((each) => [each.businessDate, each.net.value]),
    [['2026-11-22', '12.500']],
  );
  t.equal(older.body?.next, null);
  t.equal((await om.send('GET', '/v1/settlements?order=newest')).status, 400);
  const ranged = await om.send<SettlementList>('GET', '/v1/settlements?from=2026-11-23&to=2026-11-23');
  t.equal(ranged.body?.items.length, 1);
  t.equal((await om.send('GET', '/v1/settlements?from=2026-02-30')).status, 400);

  const id = list.body?.items[0]?.settlementId;
  const { body } = await om.send<SettlementAnswer>('GET', `/v1/settlements/${id}`);
  t.match(body, {
    settlementId: id,
    billerCode: 'om-social',
    valueDate: '2026-11-24',
    totals: { payments: 1, gross: { value: '12.500', currency: 'OMR' } },
    remitted: { value: '12.500' },
    digest: /^[0-9a-f]{64}$/,
    previousDigest: null,
    remittances: [{ unit: null, amount: { value: '12.500' }, state: 'planned', held: 'account' }],
  });
  t.match(
    body?.splits.find(({ dimension }) => dimension === 'channel'),
    { key: 'bank', payments: 1, net: { value: '12.500' } },
  );
  t.equal(
    (await world.client('dz-social').send('GET', `/v1/settlements/${id}`)).code,
    'settlement-not-found',
  );
  t.equal((await om.send('GET', '/v1/settlements/stl_nonsense')).code, 'settlement-not-found');
  t.equal((await world.client('bank').send('GET', '/v1/settlements')).code, 'forbidden');

  await numberEvents(db);
  const feed = await om.send<{ items: { type: string; data: Record<string, unknown> }[] }>(
    'GET',
    '/v1/events',
  );
  const told = feed.body?.items.filter(({ type }) => type === 'settlement.closed') ?? [];
  t.equal(told.length, 3);
  t.match(told[0]?.data, {
    settlementId: id,
    digest: body?.digest,
    previousDigest: null,
    net: { value: '12.500' },
    valueDate: '2026-11-24',
    remittances: [{ amount: { value: '12.500' } }],
  });
  t.equal(told[1]?.data['previousDigest'], body?.digest);
});
