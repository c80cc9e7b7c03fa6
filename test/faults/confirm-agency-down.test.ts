// One agency is down for a day, or hangs, while nine others go on: those notice nothing, and everything comes to the
// one when it is back.
import t from 'tap';
import type { Database } from '../../src/platform/db/index.ts';
import { assertConfirmed, passTime, payThrice, standingOf } from '../support/confirmed.ts';
import { startTestWorker } from '../support/confirming.ts';
import { testWorld } from '../support/database.ts';
import { startTestGateway } from '../support/gateway.ts';
import { addAgencies } from '../support/many-agencies.ts';
import { ownRedis } from '../support/own-redis.ts';
import { until } from '../support/until.ts';

const NETWORKS = { WASIT_PRIVATE_NETWORKS: '127.0.0.0/8' };

await t.test('ten agencies, jobs in Redis', async (t) => {
  const redis = await ownRedis(t);
  await redis.start();
  const settings = { ...NETWORKS, REDIS_URL: redis.url };
  const world = await testWorld(t);
  const { db } = world;
  const agencies = await addAgencies(t, world, 10, 12);
  const gateway = await startTestGateway(t, world, settings);
  const [sick, ...well] = agencies;
  if (sick === undefined) throw new Error('no agency');
  await startTestWorker(t, world, settings);
  const bank = gateway.client('bank');
  let turn = 0;
  const payAll = async (): Promise<void> => {
    const from = turn++ * 3;
    await Promise.all(agencies.map(({ code, bills }) => payThrice(bank, bills.slice(from, from + 3), code)));
  };
  const othersHaveAll = async (): Promise<void> => {
    await Promise.all(well.map(({ agency }) => agency.books(turn * 9)));
  };

  await t.test(
    'it hangs: what it was sent stays without an answer until all others have everything',
    async (t) => {
      sick.agency.answers(() => undefined);
      await payAll();
      await othersHaveAll();
      t.equal(sick.agency.told.length, 0);
      sick.agency.answers(() => 204);
      await assertConfirmed(t, db, sick.agency, sick.billerId);
    },
  );

  await t.test('nobody answers there for a day', async (t) => {
    const { port } = sick.agency;
    await sick.agency.close();
    await payAll();
    await othersHaveAll();
    for (let hour = 0; hour < 24; hour++) await failOnceMore(db, sick.billerId);
    const { failures, parked, aside, waiting } = await standingOf(db, sick.billerId);
    t.ok(failures >= 24, `${failures} tries in vain`);
    t.same({ parked, aside, waiting }, { parked: 0, aside: 0, waiting: 9 }, 'all of it waits');
    await payAll();
    await othersHaveAll();
    await sick.agency.open(port);
    await assertConfirmed(t, db, sick.agency, sick.billerId);
  });

  await t.test('nobody answers there for four days: what is as old is parked, the rest comes', async (t) => {
    const { port } = sick.agency;
    await sick.agency.close();
    await payAll();
    await othersHaveAll();
    await until('it fails', async () => (await standingOf(db, sick.billerId)).failures > 0);
    await db.transaction(async (tx) => {
      await tx.query(
        `update delivery set failing_since = failing_since - interval '4 days' where biller_id = $1`,
        [sick.billerId],
      );
      await tx.query(`update demo_clock set shift = shift + interval '4 days'`);
    });
    await until('parked', async () => {
      await passTime(db);
      return (await standingOf(db, sick.billerId)).parked === 9;
    });
    await sick.agency.open(port);
    await db.transaction((tx) =>
      tx.query(
        `update delivery_aside set state = 'aside', set_aside_at = clock_timestamp() where biller_id = $1`,
        [sick.billerId],
      ),
    );
    await assertConfirmed(t, db, sick.agency, sick.billerId);
  });

  for (const { agency, billerId } of well) await assertConfirmed(t, db, agency, billerId);
});

/** The pause is over, and the next try is in vain as well. */
async function failOnceMore(db: Database, billerId: number): Promise<void> {
  const { failures } = await standingOf(db, billerId);
  await db.transaction((tx) =>
    tx.query('update delivery set next_try_at = null where biller_id = $1', [billerId]),
  );
  await until('one try more', async () => (await standingOf(db, billerId)).failures > failures);
}
