// Closing a business day: one batch whatever happens, its sums by everything that it is split by, and what is carried.
import t from 'tap';
import { setServices, setUnits } from '../../src/billers/index.ts';
import { closeDay } from '../../src/settlement/index.ts';
import { startTestWorld, type TestWorld } from '../support/gateway.ts';
import { close, column, EVENING, faultsOf, FIRST_DAY, pay, totalOf } from '../support/settling.ts';
import { ACTOR, addBills, addManyBills, done, setClock } from '../support/world.ts';

t.test('a day is settled by what its bills belong to', async (t) => {
  const world = await startTestWorld(t);
  const { db } = world;
  const units = ['north', 'south'].map((code) => ({ code, name: { en: code } }));
  done(await setUnits(db, 'om-social', units, ACTOR));
  done(
    await setServices(db, 'om-social', [{ code: 'dues', name: { en: 'Dues' }, budgetLine: '4110' }], ACTOR),
  );
  const lines = [
    { budgetLine: '4110', amount: '0.333' },
    { budgetLine: '4120', amount: '0.667' },
  ];
  await addBills(db, 'om', [
    { number: 'N-1', amount: '10.000', unit: 'north', service: 'dues' },
    { number: 'S-1', amount: '5.000', unit: 'south', budgetLine: '4200' },
    { number: 'L-1', amount: '1.000', lines },
    { number: 'P-1', amount: '2.000' },
    { number: 'T-1', amount: '7.000', unit: 'north' },
  ]);
  await pay(world, 'bank', ['N-1', '10.000'], ['S-1', '5.001']);
  await pay(world, 'bank', ['L-1', '1.001']);
  await pay(world, 'agent', ['P-1', '2.000']);
  await pay(world, 'transit', ['T-1', '7.000']);
  await setClock(db, EVENING);
  const { batch, isNew } = await close(db);
  t.equal(isNew, true);
  t.equal(batch.netMinor, 18_002n);
  t.equal(batch.remittedMinor, 18_002n);
  t.equal(batch.valueDate, '2026-11-24');
  t.same(await column(db, batch, 'unit', 'grossMinor'), { '': 3_001n, north: 10_000n, south: 5_001n });
  t.same(await column(db, batch, 'unit', 'directGrossMinor'), { '': 0n, north: 7_000n, south: 0n });
  t.same(await column(db, batch, 'budget-line', 'grossMinor'), {
    '': 2_000n,
    4110: 10_333n,
    4120: 668n,
    4200: 5_001n,
  });
  t.same(await column(db, batch, 'service', 'grossMinor'), { '': 8_002n, dues: 10_000n });
  t.same(await column(db, batch, 'channel', 'netMinor'), { agent: 2_000n, bank: 16_002n, transit: 0n });
  t.same(batch.facts.units, { north: { en: 'north' }, south: { en: 'south' } });
  t.same(await faultsOf(db), []);
  const again = await close(db);
  t.equal(again.isNew, false);
  t.same(again.batch, batch);
});

t.test('a day that is not over is closed early only by who says so', async (t) => {
  const world = await startTestWorld(t);
  const { db } = world;
  await addManyBills(db, 'om', 'E-', 2, '1.000');
  await pay(world, 'bank', ['E-0001', '1.000']);
  t.match(await closeDay(db, { billerId: 1, businessDate: FIRST_DAY }), { ok: false, reason: /--early/ });
  t.match(await closeDay(db, { billerId: 1, businessDate: '2026-11-01', early: true }), {
    ok: false,
    reason: /no business day/,
  });
  const { batch } = await close(db, FIRST_DAY, { early: true, actor: ACTOR });
  t.equal(batch.netMinor, 1_000n);
  const { body } = await world.client('bank').pay({
    bills: [{ billNumber: 'E-0002', amount: { value: '1.000', currency: 'OMR' } }],
  });
  t.equal(body?.businessDate, '2026-11-23', 'later payments take the next date');
  const [audit] = await db.transaction((tx) =>
    tx.query<{ actor: string }>(`select actor from audit_log where action = 'day.seal'`),
  );
  t.equal(audit?.actor, 'test');
});

t.test('missed days are closed in their order, empty ones too', async (t) => {
  const world = await startTestWorld(t);
  const { db } = world;
  await addManyBills(db, 'om', 'M-', 2, '1.000');
  await pay(world, 'bank', ['M-0001', '1.000']);
  await setClock(db, '2026-11-24T13:00:00Z');
  await pay(world, 'bank', ['M-0002', '1.000']);
  const { batch, before } = await close(db, '2026-11-24');
  t.same(
    before.map((each) => [each.businessDate, each.netMinor]),
    [
      [FIRST_DAY, 1_000n],
      ['2026-11-23', 0n],
    ],
  );
  t.equal(before[0]?.previousDigest, null);
  t.same(before[1]?.previousDigest, before[0]?.digest);
  t.same(batch.previousDigest, before[1]?.digest);
  t.equal(batch.netMinor, 0n, 'the payment of the evening is of the next day');
  t.same(await faultsOf(db), []);
});

t.test('reversals before the seal and after it', async (t) => {
  const world = await startTestWorld(t);
  const { db } = world;
  await addManyBills(db, 'om', 'R-', 4, '10.000');
  const same = await pay(world, 'bank', ['R-0001', '10.000']);
  await setClock(db, '2026-11-22T11:50:00Z'); // ten minutes before the cut-off
  const unsealed = await pay(world, 'bank', ['R-0002', '10.000']);
  const late = await pay(world, 'bank', ['R-0003', '10.000']);
  const direct = await pay(world, 'transit', ['R-0004', '10.000']);
  const undo = async (channel: string, id: string): Promise<void> =>
    void (await world.client(channel).reverse(id, `undo-${id.slice(-20)}`));
  await undo('bank', same);
  await setClock(db, EVENING);
  await undo('bank', unsealed);
  const { batch: first } = await close(db);
  t.match(await totalOf(db, first), {
    payments: 3,
    grossMinor: 30_000n,
    reversals: 1,
    reversedMinor: 10_000n,
    directGrossMinor: 10_000n,
    payerFeeMinor: 426n, // three of 0.200 less one, and the payer's half of 0.050 with the tax on it
    netMinor: 20_000n,
  });
  await undo('bank', late);
  await undo('transit', direct);
  await setClock(db, '2026-11-23T12:00:01Z');
  const { batch: second } = await close(db, '2026-11-23');
  t.match(await totalOf(db, second), {
    payments: 0,
    reversals: 1,
    reversedMinor: 10_000n,
    adjustments: 2,
    adjustedMinor: -10_000n,
    directAdjustedMinor: -10_000n,
    netMinor: -20_000n,
  });
  t.equal(second.remittedMinor, 0n);
  t.equal(second.carriedOutMinor, -20_000n);
  await addManyBills(db, 'om', 'N-', 1, '30.000');
  await pay(world, 'bank', ['N-0001', '30.000']);
  await setClock(db, '2026-11-24T12:00:01Z');
  const { batch: third } = await close(db, '2026-11-24');
  t.equal(third.carriedInMinor, -20_000n);
  t.equal(third.remittedMinor, 10_000n);
  t.same(await faultsOf(db), []);
});

t.test('fees settled net are set off', async (t) => {
  const world = await startTestWorld(t);
  const { db } = world;
  await db.transaction((tx) => tx.query(`update biller set fees_settled = 'net' where code = 'dz-social'`));
  await addBills(db, 'dz', [
    { number: 'DZ-1', amount: '100.00' },
    { number: 'DZ-2', amount: '10.00' },
  ]);
  const bills = [
    { billNumber: 'DZ-1', amount: { value: '100.00', currency: 'DZD' } },
    { billNumber: 'DZ-2', amount: { value: '10.00', currency: 'DZD' } },
  ];
  await world.client('bank').pay({ billerCode: 'dz-social', bills });
  await setClock(db, '2026-11-22T16:00:01Z');
  const { batch } = await close(db, FIRST_DAY, { billerId: 2 });
  t.equal(batch.feesSetOffMinor, 2_000n);
  t.equal(batch.netMinor, 9_000n);
  t.equal(batch.remittedMinor, 9_000n);
  t.same(await faultsOf(db, 2), []);
});

t.test('several who close at once come to one batch', async (t) => {
  const world = await startTestWorld(t);
  const { db } = world;
  const numbers = await addManyBills(db, 'om', 'C-', 40, '1.000');
  for (const number of numbers) await pay(world, 'bank', [number, '1.000']);
  await setClock(db, EVENING);
  const closed = await Promise.all(
    Array.from({ length: 6 }, (_, i) => close(db, FIRST_DAY, { billsPerStep: 3 + i })),
  );
  t.equal(new Set(closed.map(({ batch }) => batch.settlementId)).size, 1);
  t.equal(closed.filter(({ isNew }) => isNew).length, 1);
  t.equal(closed[0]?.batch.netMinor, 40_000n);
  t.same(await faultsOf(db), []);
});

t.test('a credited payment and its reversal, a rejection', async (t) => {
  const world: TestWorld = await startTestWorld(t);
  const { db } = world;
  await addManyBills(db, 'om', 'H-', 1, '1.000');
  const held = async (value: string) => {
    const bills = [{ billNumber: 'H-NONE', amount: { value, currency: 'OMR' } }];
    const { body, text } = await world.client('kiosk').pay({ bills, cashHeld: true });
    if (body === undefined) throw new Error(text);
    return body.paymentId;
  };
  await held('5.000');
  await world.client('kiosk').reverse(await held('7.000'), 'undo-held');
  await setClock(db, EVENING);
  const { batch } = await close(db);
  t.match(await totalOf(db, batch), {
    credited: 2,
    creditedMinor: 5_000n,
    reversals: 1,
    reversedMinor: 0n,
    netMinor: 0n,
  });
  t.same(await faultsOf(db), []);
});

t.test('the clock goes back after a seal, and far ahead', async (t) => {
  const world = await startTestWorld(t);
  const { db } = world;
  await addManyBills(db, 'om', 'B-', 3, '1.000');
  await pay(world, 'bank', ['B-0001', '1.000']);
  await setClock(db, '2026-11-22T07:00:00Z'); // an hour before that payment
  await close(db, FIRST_DAY, { early: true });
  await pay(world, 'bank', ['B-0002', '1.000']);
  await setClock(db, '2026-11-27T08:00:00Z');
  await pay(world, 'bank', ['B-0003', '1.000']);
  const { before } = await close(db, '2026-11-26');
  t.same(
    before.map((each) => each.netMinor),
    [1_000n, 0n, 0n],
  );
  t.same(await faultsOf(db), []);
});
