// Whoever closes a day is killed between its transactions, or loses the database inside one, at every point of it. The day is
// closed by whoever comes next, to the same settlement as if nothing had happened.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { openDatabase, type Database } from '../../src/platform/db/index.ts';
import { findBatch } from '../../src/settlement/index.ts';
import { startTestWorld, type TestWorld } from '../support/gateway.ts';
import { nodeArguments } from '../support/node-arguments.ts';
import { close, EVENING, faultsOf, FIRST_DAY, pay } from '../support/settling.ts';
import { lockWaiters, until } from '../support/until.ts';
import { addManyBills, setClock } from '../support/world.ts';

const program = fileURLToPath(new URL('../support/run-close.ts', import.meta.url));
const BILLS = 9;
const PER_STEP = 5;

function run(t: Pick<Test, 'teardown'>, url: string, dieAfter: number): ChildProcess {
  const args = [...nodeArguments(program), '1', FIRST_DAY, String(PER_STEP), String(dieAfter)];
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
  t.equal(kills, 3, 'two steps of payments, one of reversals');
  await isSettled(t, db);
});

const INSIDE = {
  'the seal': `select pg_advisory_xact_lock('configuration'::regclass::bigint)`,
  'a step': 'lock table settlement_step in access exclusive mode',
  'the batch': 'lock table settlement_split in exclusive mode',
  'its journal': 'lock table journal in exclusive mode',
  'its event': 'lock table event_outbox in exclusive mode',
};

t.test('cut off inside each transaction', async (t) => {
  const { db, url } = await aDueDay(t);
  for (const [name, lock] of Object.entries(INSIDE)) {
    const closing = await db.transaction(async (tx) => {
      await tx.query(lock);
      const own = openDatabase(url);
      const outcome = close(own, FIRST_DAY, { billsPerStep: PER_STEP }).then(
        () => 'closed',
        () => 'cut off',
      );
      await until(`it waits at ${name}`, async () => (await lockWaiters(db)) > 0, 60_000);
      await tx.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return { outcome: await outcome.finally(() => own.close()) };
    });
    t.equal(closing.outcome, 'cut off', name);
    t.equal(await db.transaction((tx) => findBatch(tx, 1, FIRST_DAY)), undefined, `nothing of ${name}`);
  }
  const { isNew } = await close(db, FIRST_DAY, { billsPerStep: PER_STEP });
  t.equal(isNew, true);
  await isSettled(t, db);
});
