// Whoever closes a day is killed at every point of it: between its transactions, and inside each of them. The day is
// closed by whoever comes next, to the same settlement as if nothing had happened.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import type { Database } from '../../src/platform/db/index.ts';
import { findBatch } from '../../src/settlement/index.ts';
import { startTestWorld, type TestWorld } from '../support/gateway.ts';
import { close, EVENING, faultsOf, FIRST_DAY, pay } from '../support/settling.ts';
import { lockWaiters, until } from '../support/until.ts';
import { addManyBills, setClock } from '../support/world.ts';

const program = fileURLToPath(new URL('../support/run-close.ts', import.meta.url));
const BILLS = 9;
const PER_STEP = 4;

function run(t: Pick<Test, 'teardown'>, url: string, dieAfter: number): ChildProcess {
  const args = ['--import', 'tsx', program, '1', FIRST_DAY, String(PER_STEP), String(dieAfter)];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  return child;
}

async function aDueDay(t: Test): Promise<TestWorld> {
  const world = await startTestWorld(t);
  const numbers = await addManyBills(world.db, 'om', 'F-', BILLS, '1.000');
  for (const number of numbers) await pay(world, 'bank', [number, '1.000']);
  const undone = await pay(
    world,
    'bank',
    ...(await addManyBills(world.db, 'om', 'U-', 1, '1.000')).map((each) => [each, '1.000'] as const),
  );
  await world.client('bank').reverse(undone, 'undo');
  await setClock(world.db, EVENING);
  return world;
}

async function isSettled(t: Test, db: Database): Promise<void> {
  const { batch, isNew } = await close(db);
  t.equal(isNew, false, 'closed already, and once');
  t.equal(batch.netMinor, BigInt(BILLS) * 1000n);
  t.same(await faultsOf(db), []);
}

t.test('killed between seal, steps and batch', async (t) => {
  const { db, url } = await aDueDay(t);
  await once(run(t, url, 1), 'exit'); // right after the seal
  let kills = 0;
  for (;;) {
    // Each run gets one thing further than the one before it: what is committed is not done again.
    const [code, signal] = (await once(run(t, url, 2), 'exit')) as [number | null, string | null];
    if (signal !== 'SIGKILL') {
      t.equal(code, 0);
      break;
    }
    kills += 1;
    t.equal(await db.transaction((tx) => findBatch(tx, 1, FIRST_DAY)), undefined, 'not half a batch');
  }
  t.equal(kills, 4, 'three steps of payments, one of reversals');
  await isSettled(t, db);
});

const INSIDE = {
  'the seal': `select pg_advisory_xact_lock('configuration'::regclass::bigint)`,
  'a step': 'lock table settlement_step in access exclusive mode',
  'the batch': 'lock table settlement_split in exclusive mode',
  'its journal': 'lock table journal in exclusive mode',
  'its event': 'lock table event_outbox in exclusive mode',
};

t.test('killed inside each transaction', async (t) => {
  const { db, url } = await aDueDay(t);
  for (const [name, lock] of Object.entries(INSIDE)) {
    await db.transaction(async (tx) => {
      await tx.query(lock);
      const child = run(t, url, 0);
      await until(`it waits at ${name}`, async () => (await lockWaiters(db)) > 0, 60_000);
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    });
    await until('the server noticed', async () => (await lockWaiters(db)) === 0);
    t.equal(await db.transaction((tx) => findBatch(tx, 1, FIRST_DAY)), undefined, `killed inside ${name}`);
  }
  const [code] = (await once(run(t, url, 0), 'exit')) as [number | null];
  t.equal(code, 0);
  await isSettled(t, db);
});
