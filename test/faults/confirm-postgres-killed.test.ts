// `kill -9` of PostgreSQL while deliveries run, some events aside and some under way: the worker outlives it, and by
// itself finds its deliveries again. Jobs are in Redis, and in the very database that is killed.
import t, { type Test } from 'tap';
import { Agency } from '../support/agency.ts';
import { assertBooksBalance } from '../support/books.ts';
import { assertConfirmed, pay, payThrice, standingOf } from '../support/confirmed.ts';
import { SECRET, startTestWorker } from '../support/confirming.ts';
import { startTestGateway } from '../support/gateway.ts';
import { startOwnPostgres } from '../support/own-postgres.ts';
import { ownRedis } from '../support/own-redis.ts';
import { recovered } from '../support/recovered.ts';
import { until } from '../support/until.ts';
import { addManyBills } from '../support/world.ts';

for (const carrier of ['Redis', 'PostgreSQL'] as const) {
  await t.test(`PostgreSQL is killed while deliveries run, jobs in ${carrier}`, (t) => survives(t, carrier));
}

async function survives(t: Test, carrier: 'Redis' | 'PostgreSQL'): Promise<void> {
  const postgres = await startOwnPostgres();
  t.teardown(() => postgres.close());
  const { world } = postgres;
  const { db } = world;
  const redis = carrier === 'Redis' ? await ownRedis(t) : undefined;
  await redis?.start();
  const settings: Record<string, string> = {
    WASIT_PRIVATE_NETWORKS: '127.0.0.0/8',
    ...(redis !== undefined && { REDIS_URL: redis.url }),
  };
  const agency = await Agency.start(t);
  agency.knows(SECRET);
  const gateway = await startTestGateway(t, world, settings);
  const set = await gateway
    .client('om-social')
    .send('PUT', '/v1/webhook', { url: agency.url, secret: SECRET });
  t.equal(set.status, 200);
  const bank = gateway.client('bank');
  const isPoison = (number: string | undefined): boolean => number?.startsWith('POISON') === true;

  // Some stand aside and are tried again, some are under way, some wait.
  agency.answers((data) => (isPoison(data.bills[0]?.billNumber) ? 422 : 204));
  await startTestWorker(t, world, settings);
  for (const number of await addManyBills(db, 'om', 'POISON', 4, '10.000')) await pay(bank, number);
  await payThrice(bank, await addManyBills(db, 'om', 'BEFORE', 10, '10.000'));
  await until('four stand aside', async () => (await standingOf(db)).aside === 4);
  agency.answers((data) => (isPoison(data.bills[0]?.billNumber) ? 422 : undefined));
  await payThrice(bank, await addManyBills(db, 'om', 'UNDER', 10, '10.000'));
  await until('some are under way', () => agency.requests.length > 34);
  await db.transaction((tx) => tx.query('update delivery_aside set next_try_at = clock_timestamp()'));

  await postgres.kill();
  agency.answers(() => 204); // acknowledged, and nobody can note it
  await postgres.start();
  await recovered(bank);
  await payThrice(bank, await addManyBills(db, 'om', 'AFTER', 10, '10.000'));
  await assertConfirmed(t, db, agency);
  await assertBooksBalance(db);
}
