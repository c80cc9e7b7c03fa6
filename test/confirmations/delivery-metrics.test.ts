// What a scrape of the deliveries' metrics says, and that it asks the database once.
import { Registry } from 'prom-client';
import t from 'tap';
import { deliveryMetrics } from '../../src/confirmations/delivery-metrics.ts';
import { takeLease } from '../../src/confirmations/delivery/store-delivery.ts';
import { removeWebhook } from '../../src/confirmations/remove-webhook.ts';
import { pay } from '../support/confirmed.ts';
import { startConfirmingWorld } from '../support/confirming.ts';
import { numberEvents } from '../support/feed.ts';
import { ACTOR, addManyBills } from '../support/world.ts';

const HOLDER = '01900000-0000-0001-0000-000000000001';

t.test('standing of the agencies that are told', async (t) => {
  const world = await startConfirmingWorld(t);
  const { db, agency } = world;
  const { status } = await world.client('om-social').send('PUT', '/v1/webhook', { url: agency.url });
  t.equal(status, 200);
  const [number = ''] = await addManyBills(db, 'om', 'W', 1, '10.000');
  await pay(world.client('bank'), number);
  await numberEvents(db);
  let asked = 0;
  const counting: typeof db = Object.assign(Object.create(db) as typeof db, {
    transaction: (...work: Parameters<typeof db.transaction>) => (asked++, db.transaction(...work)),
  });
  const registry = new Registry();
  deliveryMetrics(registry, counting);
  t.match(await registry.metrics(), /wasit_deliveries_standing\{biller="om-social",state="waiting"\} 1/);
  t.equal(asked, 1);
  t.match(await registry.metrics(), /wasit_deliveries_oldest_seconds\{biller="om-social"\}/);
  t.equal(asked, 2, 'and anew for the next');

  await removeWebhook(db, 1, ACTOR);
  t.notMatch(await registry.metrics(), /om-social/, 'who wants nothing does not wait');
});

t.test('a worker that was killed is succeeded after ten seconds at the most', async (t) => {
  const world = await startConfirmingWorld(t);
  const { db, agency } = world;
  await world.client('om-social').send('PUT', '/v1/webhook', { url: agency.url });
  await db.transaction((tx) => takeLease(tx, 1, HOLDER));
  const [row] = await db.transaction((tx) =>
    tx.query<{ seconds: number }>(
      'select extract(epoch from leased_until - clock_timestamp())::float8 as seconds from delivery where biller_id = 1',
    ),
  );
  t.ok((row?.seconds ?? 99) <= 10);
});
