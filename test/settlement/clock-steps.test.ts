// The clock steps while days are closed: back between seal and record, and far ahead while a worker runs.
import t from 'tap';
import { readBatch } from '../../src/settlement/index.ts';
import { sealDay } from '../../src/settlement/seal-day.ts';
import { listBatches } from '../../src/settlement/store-batch.ts';
import { bill } from '../support/client.ts';
import { startTestWorker } from '../support/confirming.ts';
import { startTestWorld, type TestWorld } from '../support/gateway.ts';
import { close, EVENING, faultsOf, FIRST_DAY, pay, totalOf } from '../support/settling.ts';
import { until } from '../support/until.ts';
import { addManyBills, done, setClock } from '../support/world.ts';

const OM = 1;

async function dateOf(world: TestWorld, number: string): Promise<string | undefined> {
  return (await world.client('bank').pay({ bills: [bill(number, '1.000')] })).body?.businessDate;
}

t.test('back between seal and record', async (t) => {
  const world = await startTestWorld(t);
  const { db } = world;
  await addManyBills(db, 'om', 'S-', 4, '1.000');
  await pay(world, 'bank', ['S-0001', '1.000']);
  const undone = await pay(world, 'bank', ['S-0002', '1.000']);
  await setClock(db, EVENING);
  const sealedAt = done(await sealDay(db, { billerId: OM, businessDate: FIRST_DAY }));
  await setClock(db, '2026-11-22T08:00:30Z'); // four hours before the cut-off, as if the day were open
  t.equal(await dateOf(world, 'S-0003'), '2026-11-23', 'nothing enters the day that was sealed');
  t.equal((await world.client('bank').reverse(undone, 'undo')).code, 'ok');
  t.same(done(await sealDay(db, { billerId: OM, businessDate: FIRST_DAY })), sealedAt, 'sealed once');
  const { batch } = await close(db);
  t.ok(batch.recordedAt < batch.sealedAt, 'recorded, says the clock, before it was sealed');
  t.match(await totalOf(db, batch), { payments: 2, reversals: 0, adjustments: 0, netMinor: 2_000n });
  t.equal(batch.valueDate, '2026-11-24');
  t.same((await close(db)).batch, batch);
  t.equal(await dateOf(world, 'S-0004'), '2026-11-23');
  await setClock(db, '2026-11-23T12:00:01Z');
  const { batch: second } = await close(db, '2026-11-23');
  t.match(await totalOf(db, second), { payments: 2, reversals: 0, adjustments: 1, adjustedMinor: -1_000n });
  t.same(await db.transaction((tx) => readBatch(tx, OM, batch.settlementId)), batch);
  t.same(await faultsOf(db), []);
});

t.test('ahead over several days while a worker runs, also over days that nobody has opened', async (t) => {
  const world = await startTestWorld(t);
  const { db } = world;
  await addManyBills(db, 'om', 'W-', 4, '1.000');
  await pay(world, 'bank', ['W-0001', '1.000']);
  await startTestWorker(t, world);
  const settled = () =>
    db.transaction((tx) =>
      listBatches(tx, {
        billerId: OM,
        from: FIRST_DAY,
        to: '9999-12-31',
        after: '',
        order: 'asc',
        limit: 100,
      }),
    );
  const closedThrough = (date: string) =>
    until(
      `days through ${date} are settled`,
      async () => (await settled()).at(-1)?.businessDate === date,
      60_000,
    );
  await setClock(db, '2026-11-26T08:00:00Z');
  t.equal(await dateOf(world, 'W-0002'), '2026-11-26');
  await closedThrough('2026-11-25');
  await setClock(db, '2026-12-08T12:00:00Z'); // at the cut-off; days were open until 29 November or 3 December
  t.equal(await dateOf(world, 'W-0003'), '2026-12-09');
  await closedThrough('2026-12-08');
  const batches = await settled();
  t.same(
    batches.map(({ businessDate }) => businessDate),
    Array.from({ length: 17 }, (_, i) => new Date(Date.UTC(2026, 10, 22 + i)).toISOString().slice(0, 10)),
    'each day once, in order',
  );
  t.same(
    batches.map(({ previousDigest }) => previousDigest?.toString('hex')),
    [undefined, ...batches.slice(0, -1).map(({ digest }) => digest.toString('hex'))],
  );
  t.same(
    batches
      .filter(({ netMinor }) => netMinor !== 0n)
      .map(({ businessDate, netMinor }) => [businessDate, netMinor]),
    [
      [FIRST_DAY, 1_000n],
      ['2026-11-26', 1_000n],
    ],
  );
  t.same(await faultsOf(db), []);
});
