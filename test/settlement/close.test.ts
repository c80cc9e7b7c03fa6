// Closing a business day: one batch whatever happens, its sums by everything that it is split by, and what is carried.
import t from 'tap';
import { closeDay, readSplits, type Batch, type Closed } from '../../src/settlement/index.ts';
import { setServices, setUnits } from '../../src/billers/index.ts';
import { bill } from '../support/client.ts';
import { startTestWorld, type TestWorld } from '../support/gateway.ts';
import { ACTOR, addBills, done, setClock } from '../support/world.ts';

const EVENING = '2026-11-22T12:00:01Z'; // after om-social's cut-off, 16:00 in Muscat

async function close(world: TestWorld, businessDate: string, more = {}): Promise<Closed> {
  return done(await closeDay(world.db, { billerId: 1, businessDate, ...more }));
}

async function paid(world: TestWorld, channel: string, ...bills: ReturnType<typeof bill>[]): Promise<string> {
  const { body, text } = await world.client(channel).pay({ bills });
  if (body === undefined) throw new Error(text);
  return body.paymentId;
}

async function column(
  world: TestWorld,
  { billerId, settlementId }: Batch,
  dimension: string,
  name: 'netMinor' | 'grossMinor',
) {
  const splits = await world.db.transaction((tx) => readSplits(tx, billerId, settlementId));
  return Object.fromEntries(
    splits.filter((each) => each.dimension === dimension).map((each) => [each.key, each[name]]),
  );
}

t.test('a day is settled by what its bills belong to', async (t) => {
  const world = await startTestWorld(t);
  done(
    await setUnits(
      world.db,
      'om-social',
      [
        { code: 'north', name: { en: 'North' } },
        { code: 'south', name: { en: 'South' } },
      ],
      ACTOR,
    ),
  );
  done(
    await setServices(
      world.db,
      'om-social',
      [{ code: 'dues', name: { en: 'Dues' }, budgetLine: '4110' }],
      ACTOR,
    ),
  );
  await addBills(world.db, 'om', [
    { number: 'N-1', amount: '10.000', unit: 'north', service: 'dues' },
    { number: 'S-1', amount: '5.000', unit: 'south', budgetLine: '4200' },
    {
      number: 'L-1',
      amount: '1.000',
      lines: [
        { budgetLine: '4110', amount: '0.333' },
        { budgetLine: '4120', amount: '0.667' },
      ],
    },
    { number: 'P-1', amount: '2.000' },
    { number: 'T-1', amount: '7.000', unit: 'north' },
  ]);
  await paid(world, 'bank', bill('N-1', '10.000'), bill('S-1', '5.001'));
  await paid(world, 'bank', bill('L-1', '1.001'));
  await paid(world, 'agent', bill('P-1', '2.000'));
  await paid(world, 'transit', bill('T-1', '7.000'));
  await setClock(world.db, EVENING);
  const { batch, isNew } = await close(world, '2026-11-22');
  t.equal(isNew, true);
  t.equal(batch.netMinor, 18_002n);
  t.equal(batch.remittedMinor, 18_002n);
  t.equal(batch.valueDate, '2026-11-24');
  t.same(await column(world, batch, 'unit', 'grossMinor'), { '': 3_001n, north: 10_000n, south: 5_001n });
  t.same(await column(world, batch, 'budget-line', 'grossMinor'), {
    '': 2_000n,
    4110: 10_333n,
    4120: 668n,
    4200: 5_001n,
  });
  t.same(await column(world, batch, 'service', 'grossMinor'), { '': 8_002n, dues: 10_000n });
  t.same(await column(world, batch, 'channel', 'netMinor'), { agent: 2_000n, bank: 16_002n, transit: 0n });
  const again = await close(world, '2026-11-22');
  t.equal(again.isNew, false);
  t.same(again.batch, batch);
});
