// A worker killed after each thing that it commits, two workers at once, one that was taken for dead, and a server that
// forgot its unlogged tables: what is in the end is what one quiet worker makes.
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { matchDay, sweepChannelDays } from '../../../src/reconciliation/channel-days/index.ts';
import type { Database } from '../../../src/platform/db/index.ts';
import { bill } from '../../support/client.ts';
import { dayOf, HEADER, matched, reconcile, send } from '../../support/day-files.ts';
import { startTestWorld, type TestWorld } from '../../support/gateway.ts';
import { nodeArguments } from '../../support/node-arguments.ts';
import { addManyBills } from '../../support/world.ts';

const program = fileURLToPath(new URL('../../support/run-channel-day.ts', import.meta.url));

/** Three lots of breaks; one repeats a reference, some are of an earlier file and said no more. */
const LINES = [
  'r-1,10.000,OMR,accepted',
  'r-1,10.000,OMR,accepted',
  ...Array.from({ length: 2_100 }, (_, i) => `x-${i},1.000,OMR,accepted`),
];
/** Staging made, lines copied, matched, three lots, the repeated one, the unsaid ones. */
const THINGS = 8;

async function prepare(world: TestWorld): Promise<void> {
  const [number = ''] = await addManyBills(world.db, 'om', 'B-', 1, '10.000');
  await world.client('bank').pay({ reference: 'r-1', bills: [bill(number, '10.000')] });
  await reconcile(world, ['r-1,9.000,OMR,accepted', 'y-1,1.000,OMR,accepted']);
  await send(world, [HEADER, ...LINES, ''].join('\n'));
}

/** Every break with its steps. */
async function standing(db: Database): Promise<string[]> {
  const rows = await db.transaction((tx) =>
    tx.query<{ told: string }>(
      `select b.key || ' ' || b.state || ' ' || string_agg(s.action, ' ' order by s.recorded_at, s.step_id) as told
         from break b join break_step s using (biller_id, break_id) group by b.biller_id, b.break_id order by 1`,
    ),
  );
  return rows.map(({ told }) => told);
}

async function forgetClaim({ db }: TestWorld): Promise<void> {
  await db.transaction((tx) =>
    tx.query(`update reconciliation_day set touched_at = touched_at - interval '31 s' where is_claimed`),
  );
}

async function left({ db }: TestWorld): Promise<unknown[]> {
  return db.transaction((tx) => tx.query(`select tablename from pg_tables where schemaname = 'staging'`));
}

void t.test('killed after each thing that it commits', async (t) => {
  const world = await startTestWorld(t);
  await prepare(world);
  const { channelId, businessDate } = await dayOf(world, 'bank');
  const run = async (dieAfter: number): Promise<string> => {
    const child = spawn(
      process.execPath,
      [...nodeArguments(program), String(channelId), businessDate, String(dieAfter)],
      { env: { ...process.env, DATABASE_URL: world.url }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const said = await text(child.stdout);
    await forgetClaim(world);
    return said;
  };
  for (let dieAfter = 1; dieAfter <= THINGS; dieAfter++)
    t.equal(await run(dieAfter), '', `killed after ${dieAfter}`);
  t.equal(await run(0), 'matched');
  const day = await matched(world);
  t.match(day, {
    version: 2,
    breaks: [
      { kind: 'duplicate-there', open: 1 },
      { kind: 'missing-here', open: 2_100 },
    ],
    totals: [{ theirs: { count: 2_102 }, ours: { count: 1 }, matched: { count: 1 } }],
  });
  const told = await standing(world.db);
  t.equal(told.length, 2_103);
  t.same(
    told.filter(
      (line) => !/^day:[0-9]+:2026-11-22:(missing-here:x-[0-9]+|duplicate-there:r-1) open opened$/.test(line),
    ),
    told.filter((line) => line.endsWith(' gone opened gone')),
    'each was opened once, and what is said no more ended once',
  );
  t.same(await left(world), []);
});

void t.test('two at once, and one that was taken for dead', async (t) => {
  const world = await startTestWorld(t);
  await prepare(world);
  const day = await dayOf(world, 'bank');
  t.same((await Promise.all([matchDay(world.db, day), matchDay(world.db, day)])).sort(), [
    'elsewhere',
    'matched',
  ]);
  const quiet = await standing(world.db);

  for (const steps of [2, 5]) {
    await send(world, [HEADER, ...LINES, ...Array.from({ length: steps }, () => '')].join('\r\n'));
    let count = 0;
    let other: Promise<string> | undefined;
    const slow = matchDay(world.db, day, {
      onStep() {
        count += 1;
        if (count === steps) other = forgetClaim(world).then(() => matchDay(world.db, day));
      },
    });
    // The slow one may meet its tables gone: then it fails, and nobody has lost anything.
    await slow.catch(() => undefined);
    await other;
    t.match(await matched(world), { state: 'provisional' });
    t.same(await standing(world.db), quiet, `overtaken after ${steps}`);
    t.same(await left(world), []);
  }
});

void t.test('a server that came back without the staged lines', async (t) => {
  const world = await startTestWorld(t);
  await prepare(world);
  const day = await dayOf(world, 'bank');
  let count = 0;
  let emptied: Promise<unknown> = Promise.resolve();
  const outcome = await matchDay(world.db, day, {
    onStep() {
      count += 1;
      if (count === 4)
        emptied = world.db.transaction(async (tx) => {
          const tables = await tx.query<{ name: string }>(
            `select format('staging.%I', tablename) as name from pg_tables where schemaname = 'staging'`,
          );
          await tx.query(`truncate ${tables.map(({ name }) => name).join(', ')}`);
        });
    },
  });
  await emptied;
  t.equal(outcome, 'matched');
  t.ok(count > THINGS + 3, 'it began again');
  t.match(await matched(world), { breaks: [{ open: 1 }, { open: 2_100 }] });
});

void t.test('a stopping worker leaves the day to the next one', async (t) => {
  const world = await startTestWorld(t);
  await prepare(world);
  const day = await dayOf(world, 'bank');
  for (const steps of [1, 4]) {
    const stopping = new AbortController();
    let count = 0;
    const onStep = () => void (++count === steps && stopping.abort());
    t.equal(await matchDay(world.db, day, { signal: stopping.signal, onStep }), 'stopped');
  }
  t.match(await matched(world), { version: 2, breaks: [{ open: 1 }, { open: 2_100 }] });
});

void t.test('tables that died with their worker', async (t) => {
  const world = await startTestWorld(t);
  await prepare(world);
  const day = await dayOf(world, 'bank');
  const queue = { add: async () => undefined };
  const log = { info: () => undefined, warn: () => undefined };
  const stopping = new AbortController();
  const outcome = await matchDay(world.db, day, {
    signal: stopping.signal,
    onStep: () => stopping.abort(),
  });
  t.equal(outcome, 'stopped');
  t.ok((await left(world)).length > 0);
  await sweepChannelDays(queue, { database: world.db, log });
  t.same(await left(world), []);
});
