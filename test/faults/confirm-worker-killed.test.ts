// `kill -9` of a worker between send and acknowledgement: another takes over when the lease is over, and what had been
// sent is sent again under the same id. A worker that is asked to stop does so though an agency hangs.
import t, { type Test } from 'tap';
import { assertConfirmed, payThrice } from '../support/confirmed.ts';
import { startConfirmingWorld, type ConfirmingWorld } from '../support/confirming.ts';
import { ownRedis } from '../support/own-redis.ts';
import { until } from '../support/until.ts';
import { startWorkerProcess } from '../support/worker-process.ts';
import { addManyBills } from '../support/world.ts';

async function start(t: Test, settings: Record<string, string>): Promise<ConfirmingWorld> {
  const world = await startConfirmingWorld(t, settings);
  await world.setWebhook();
  return world;
}

/** As if the half minute had passed for which a worker that is gone holds it. */
async function endLeases({ db }: ConfirmingWorld): Promise<void> {
  await db.transaction((tx) =>
    tx.query(`update delivery set leased_until = clock_timestamp() - interval '1 s' where lease is not null`),
  );
}

for (const carrier of ['Redis', 'PostgreSQL'] as const) {
  await t.test(`killed between send and acknowledgement, jobs in ${carrier}`, async (t) => {
    const redis = carrier === 'Redis' ? await ownRedis(t) : undefined;
    await redis?.start();
    const settings: Record<string, string> = redis === undefined ? {} : { REDIS_URL: redis.url };
    const world = await start(t, settings);
    const { agency, db } = world;
    await payThrice(world.client('bank'), await addManyBills(db, 'om', 'K', 20, '10.000'));
    // Takes some, and then keeps the worker waiting for its word.
    agency.answers(() => (agency.told.length < 10 ? 204 : undefined));
    const first = await startWorkerProcess(t, world, settings);
    await until('it waits for the agency', () => agency.requests.length >= 10 + 16);
    const second = await startWorkerProcess(t, world, settings);
    await first.end('SIGKILL');
    const sent = agency.requests.length;
    agency.answers(() => 204);
    await until('what was sent is booked, though nobody heard it', () => agency.told.length === sent);
    await endLeases(world);
    await assertConfirmed(t, db, agency);
    t.ok(agency.told.length > 60, 'the second has sent again what the first had not noted');
    const ids = new Set(agency.requests.map(({ id }) => id));
    t.equal(ids.size, 60, 'under the same ids');
    t.equal(await second.end('SIGTERM'), 0);
  });
}

await t.test('asked to stop while an agency hangs', async (t) => {
  const world = await start(t, {});
  const { agency, db } = world;
  await payThrice(world.client('bank'), await addManyBills(db, 'om', 'S', 10, '10.000'));
  agency.answers(() => undefined);
  const worker = await startWorkerProcess(t, world);
  await until('it waits for the agency', () => agency.requests.length >= 10);
  const asked = performance.now();
  t.equal(await worker.end('SIGTERM'), 0);
  t.ok(performance.now() - asked < 10_000, 'within the time that a stop may take');
  agency.answers(() => 204);
  await startWorkerProcess(t, world);
  await assertConfirmed(t, db, agency);
});
