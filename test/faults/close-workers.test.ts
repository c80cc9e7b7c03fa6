// Workers close days by the clock: one is killed while it does, two find the same day, the queue is away. One settlement.
import t, { type Test } from 'tap';
import type { Database } from '../../src/platform/db/index.ts';
import { findBatch } from '../../src/settlement/index.ts';
import { startTestWorld, type TestWorld } from '../support/gateway.ts';
import { close, EVENING, faultsOf, FIRST_DAY, pay } from '../support/settling.ts';
import { lockWaiters, until } from '../support/until.ts';
import { startWorkerProcess } from '../support/worker-process.ts';
import { addManyBills, setClock } from '../support/world.ts';

async function aDueDay(t: Test): Promise<TestWorld> {
  const world = await startTestWorld(t);
  const [first = ''] = await addManyBills(world.db, 'om', 'F-', 1, '9.000');
  await pay(world, 'bank', [first, '9.000']);
  await setClock(world.db, EVENING);
  return world;
}

async function isSettled(t: Test, db: Database): Promise<void> {
  const { batch, isNew } = await close(db);
  t.equal(isNew, false, 'closed already, and once');
  t.equal(batch.netMinor, 9_000n);
  t.same(await faultsOf(db), []);
}

t.test('a worker is killed while it closes, another goes on', async (t) => {
  const world = await aDueDay(t);
  const { db } = world;
  const first = await db.transaction(async (tx) => {
    await tx.query('lock table settlement_split in exclusive mode');
    const worker = await startWorkerProcess(t, world);
    await until('it is writing the batch', async () => (await lockWaiters(db)) > 0, 60_000);
    return worker.end('SIGKILL');
  });
  t.equal(first, null);
  await startWorkerProcess(t, world);
  await until('the day is settled', () => db.transaction((tx) => findBatch(tx, 1, FIRST_DAY)), 60_000);
  await isSettled(t, db);
});

t.test('two workers find a due day at once', async (t) => {
  const world = await aDueDay(t);
  await Promise.all([startWorkerProcess(t, world), startWorkerProcess(t, world)]);
  await until('the day is settled', () => world.db.transaction((tx) => findBatch(tx, 1, FIRST_DAY)), 60_000);
  await isSettled(t, world.db);
});

t.test('the queue is away', async (t) => {
  const world = await aDueDay(t);
  await startWorkerProcess(t, world, { REDIS_URL: 'redis://127.0.0.1:1' });
  await until('the day is settled', () => world.db.transaction((tx) => findBatch(tx, 1, FIRST_DAY)), 60_000);
  await isSettled(t, world.db);
});
