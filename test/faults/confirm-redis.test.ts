// Redis only carries. Killed, flushed or absent for as long as one likes: every event is confirmed, and payments
// notice nothing.
import t, { type Test } from 'tap';
import { assertConfirmed, pay, payThrice } from '../support/confirmed.ts';
import { startConfirmingWorld, startTestWorker, type ConfirmingWorld } from '../support/confirming.ts';
import { ownRedis, type OwnRedis } from '../support/own-redis.ts';
import { addManyBills } from '../support/world.ts';

async function start(
  t: Test,
): Promise<{ redis: OwnRedis; world: ConfirmingWorld; work: () => Promise<void> }> {
  const redis = await ownRedis(t);
  const settings = { REDIS_URL: redis.url };
  const world = await startConfirmingWorld(t, settings);
  await world.setWebhook();
  return { redis, world, work: async () => void (await startTestWorker(t, world, settings)) };
}

let rounds = 0;

async function payMany(world: ConfirmingWorld): Promise<void> {
  await payThrice(world.client('bank'), await addManyBills(world.db, 'om', `R${rounds++}-`, 8, '10.000'));
}

await t.test('absent at the start and for long, then there, then gone again', async (t) => {
  const { redis, world, work } = await start(t);
  await work();
  await payMany(world);
  await assertConfirmed(t, world.db, world.agency);
  await payMany(world);
  await assertConfirmed(t, world.db, world.agency);
  await redis.start();
  await payMany(world);
  await assertConfirmed(t, world.db, world.agency);
  await redis.kill();
  await payMany(world);
  await assertConfirmed(t, world.db, world.agency);
  t.same(world.faults, []);
});

await t.test('killed while deliveries are under way, and back, empty', async (t) => {
  const { redis, world, work } = await start(t);
  await redis.start();
  await work();
  world.agency.answers(() => undefined);
  await payMany(world);
  await redis.kill();
  await payMany(world);
  world.agency.answers(() => 204);
  await redis.start();
  await payMany(world);
  await assertConfirmed(t, world.db, world.agency);
});

await t.test('killed under a job that nobody has begun', async (t) => {
  const { redis, world, work } = await start(t);
  await redis.start();
  world.agency.answers(() => 500);
  await work();
  await pay(world.client('bank'), (await addManyBills(world.db, 'om', 'LONE', 1, '10.000'))[0] ?? '');
  await redis.kill();
  world.agency.answers(() => 204);
  await assertConfirmed(t, world.db, world.agency);
});

await t.test('flushed again and again while deliveries are under way', async (t) => {
  const { redis, world, work } = await start(t);
  await redis.start();
  await work();
  for (let round = 0; round < 4; round++) {
    world.agency.answers(() => undefined);
    await payMany(world);
    await redis.flush();
    world.agency.answers(() => 204);
    const paid = payMany(world);
    await redis.flush();
    await paid;
    await redis.flush();
  }
  await assertConfirmed(t, world.db, world.agency);
});
