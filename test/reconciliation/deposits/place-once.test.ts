// A deposit is placed once: whoever places it, at the same time as whom, and wherever he dies; and what names nothing is
// never taken for something, nor placed where the operator does not want it. The books are checked when each database closes.
import t from 'tap';
import { dice, noiseText } from '../../../scripts/bench/deposit-texts.ts';
import { findPlans, placeDeposits } from '../../../src/reconciliation/deposits/index.ts';
import { depositWorld } from '../../support/deposits.ts';
import { balances } from '../../support/remit-world.ts';
import { lockWaiters, until } from '../../support/until.ts';
import { addBills, BILLERS } from '../../support/world.ts';

t.test('a line is placed once, whoever places it and however often', async (t) => {
  const world = await depositWorld(t);
  await addBills(world.db, 'om', [{ number: 'OM-26-0001', amount: '10.000' }]);
  const lines = await world.arrive([
    { text: 'OM-26-0001', amount: '10.000' },
    { text: 'OM-26-0001', amount: '10.000' },
    { text: 'nothing', amount: '1.000' },
  ]);
  await Promise.all([1, 2, 3, 4].map(() => placeDeposits(world.tools, lines)));
  await placeDeposits(world.tools, lines);
  t.match(await world.told(lines), [
    { parts: [/accepted/], breaks: [] },
    { parts: [/credited/], breaks: ['deposit-already-paid bill-already-paid'] },
    { parts: ['suspense 1000'] },
  ]);
  t.same(await balances(world.db, BILLERS.om.id), {
    'bank/1': 20_000n,
    'biller/payable': -10_000n,
    'payer/credit': -10_000n,
  });
});

t.test('two statements name one bill at once', async (t) => {
  const world = await depositWorld(t);
  await addBills(world.db, 'om', [{ number: 'OM-26-0001', amount: '10.000' }]);
  const each = [1, 2, 3].map(() => world.arrive([{ text: 'OM-26-0001', amount: '10.000' }]));
  const statements = await Promise.all(each);
  await Promise.all(statements.map((lines) => placeDeposits(world.tools, lines)));
  const told = (await Promise.all(statements.map((lines) => world.told(lines)))).flat();
  t.equal(told.filter(({ parts }) => parts[0]?.includes('accepted')).length, 1);
  t.equal(told.filter(({ breaks }) => breaks[0]?.startsWith('deposit-already-paid')).length, 2);
});

t.test('a line that cannot be placed leaves its neighbours alone', async (t) => {
  const world = await depositWorld(t);
  await addBills(world.db, 'om', [
    { number: 'OM-26-0001', amount: '10.000' },
    { number: 'OM-26-0002', amount: '10.000' },
    { number: 'OM-26-0003', amount: '10.000' },
  ]);
  const lines = await world.arrive(
    ['OM-26-0001', 'OM-26-0002', 'OM-26-0003'].map((text) => ({ text, amount: '10.000' })),
  );
  await world.sql(`create function poison() returns trigger language plpgsql as $$ begin
    if new.line = 2 then raise exception 'poison'; end if; return new; end $$`);
  await world.sql(
    'create trigger poison before insert on statement_match for each row execute function poison()',
  );
  await placeDeposits(world.tools, lines);
  t.match(await world.told(lines), [{ outcome: 'deposit' }, { outcome: null }, { outcome: 'deposit' }]);
  t.match(world.faults, [{ line: 2 }]);
  await world.sql('drop trigger poison on statement_match');
  await placeDeposits(world.tools, lines);
  t.match(await world.told(lines), [{}, { outcome: 'deposit', parts: [/accepted/] }, {}]);
});

t.test('a process that dies in the middle leaves all of it, and another does all of it', async (t) => {
  const world = await depositWorld(t);
  await addBills(world.db, 'om', [{ number: 'OM-26-0001', amount: '10.000' }]);
  const lines = await world.arrive([
    { text: 'nothing', amount: '1.000' },
    { text: 'OM-26-0001', amount: '10.000' },
  ]);
  await world.db.transaction(async (tx) => {
    await tx.query('select from bill for update');
    const placing = t.rejects(placeDeposits(world.tools, lines));
    await until('it waits for the bill', async () => (await lockWaiters(world.db)) === 1);
    await world.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    await placing;
  });
  t.match(await world.told(lines), [
    { outcome: null, parts: [] },
    { outcome: null, parts: [] },
  ]);
  // The dead one's locks go a moment after its connection; until then the lines are left to it.
  await until('the next round places them', async () => {
    await placeDeposits(world.tools, lines);
    return (await world.told(lines)).every(({ outcome }) => outcome !== null);
  });
  t.match(await world.told(lines), [{ parts: ['suspense 1000'] }, { parts: [/accepted/] }]);
});

t.test('what else banks write names nothing', async (t) => {
  const world = await depositWorld(t);
  const d = dice(3);
  await addBills(
    world.db,
    'om',
    Array.from({ length: 2000 }, (_, i) => ({
      number: [`OM-2026-${100_000 + i}`, String(417_000_000 + i * 31), `${20_261 + i}`][i % 3] ?? '',
      amount: '10.000',
      payer: [`E-${20_000 + i}`, String(90_000_000 + i * 17), String(i)][i % 3] ?? '',
    })),
  );
  const lines = Array.from({ length: 3000 }, () => ({
    text: noiseText(d),
    amountMinor: 10_000n,
    bookedOn: '2026-11-22',
    currency: 'OMR',
  }));
  const { billersById } = world.tools.directory.current;
  const plans = await world.db.transaction((tx) => findPlans(tx, lines, billersById));
  t.same(
    plans.flatMap((plan, at) => (plan.kind === 'nobody' && plan.why === 'none' ? [] : [lines[at]?.text])),
    [],
  );
});

t.test('a suspended channel, and limits that the operator has set', async (t) => {
  const world = await depositWorld(t);
  await addBills(world.db, 'om', [{ number: 'OM-26-0001', amount: '10.000', payer: 'E-1' }]);
  await world.sql(`update channel set limit_per_payment = '{"OMR":"5000"}' where code = 'deposit'`);
  t.same(await world.deposit({ text: 'OM-26-0001', amount: '10.000' }), [
    { outcome: 'deposit', parts: ['credit om-social 10000'], breaks: ['deposit-refused limit-exceeded'] },
  ]);
  await world.sql(`update channel set status = 'suspended' where code = 'deposit'`);
  t.match(await world.deposit({ text: 'OM-26-0001', amount: '10.000' }), [{ outcome: 'suspense' }]);
});

t.test('nothing is found where nobody takes deposits', async (t) => {
  const world = await depositWorld(t, {});
  const line = { text: 'OM-26-0001', amountMinor: 1n, bookedOn: '2026-11-22', currency: 'OMR' };
  t.same(await world.db.transaction((tx) => findPlans(tx, [line], new Map())), [
    { kind: 'nobody', why: 'none', hints: [] },
  ]);
});
