// What stands in the way of a debit's payments and must not keep its money from the bills: names that the bank has used up
// (no client may any more), an agreement that has ended meanwhile, more than one payment may be of.
import t from 'tap';
import { endToEndIdOf } from '../../../src/mandates/debits/index.ts';
import { burnReference } from '../../../src/payments/store-reverse.ts';
import { assertBooksBalance } from '../../support/books.ts';
import { bill } from '../../support/client.ts';
import { bookAll, debit, debitStanding, makeDebitWorld, say } from '../../support/debits.ts';

t.test('the bank has used the debit’s name for a payment, or cancelled it', async (t) => {
  const world = await makeDebitWorld(t);
  const { db } = world;
  const bank = world.client('bank');
  const burnt = await debit(world, [{ number: 'B-1', amount: '10.000', payer: 'E-1' }]);
  const paid = await debit(world, [
    { number: 'B-2', amount: '10.000', payer: 'E-1' },
    { number: 'B-3', amount: '10.000', payer: 'E-1' },
  ]);
  const send = (reference: string) =>
    bank.send('POST', '/v1/payments/cancellation', { reference, reason: 'a slip' });
  for (const nth of ['', ':2', ':17']) {
    const reference = `${endToEndIdOf(burnt)}${nth}`;
    const refused = {
      status: 400,
      problem: { errors: [{ pointer: '/reference', detail: /name of a debit/ }] },
    };
    t.match(await send(reference), refused, reference);
    t.match(await bank.pay({ reference, bills: [bill('B-2', '10.000')] }), refused, reference);
  }
  for (const reference of ['WSTD-1', `${endToEndIdOf(burnt)}X`])
    t.match(await send(reference), { status: 200 });
  t.match(await bank.pay({ reference: 'counter', bills: [bill('B-2', '10.000')] }), { status: 201 });
  await db.transaction(async (tx) => {
    await burnReference(tx, 1, endToEndIdOf(burnt));
    for (const table of ['payment_reference', 'payment'])
      await tx.query(`update ${table} set reference = $1 where reference = 'counter'`, [endToEndIdOf(paid)]);
  });
  for (const each of [burnt, paid]) await say(world, each, 'settled');
  await bookAll(world);
  t.match(await debitStanding(world, burnt), { state: 'collected', waiting: 0, bills: ['B-1 paid paid'] });
  t.match(await debitStanding(world, paid), {
    state: 'collected',
    bills: ['B-2 credited paid', 'B-3 paid paid'],
  });
  await say(world, paid, 'returned', 'MD06');
  await bookAll(world);
  t.match(await debitStanding(world, paid), {
    state: 'returned',
    bills: ['B-2 credited paid', 'B-3 returned open'],
  });
  t.same(
    world.told.filter((text) => text.includes('could not be booked')),
    [],
  );
  await assertBooksBalance(db);
});

t.test('the agreement with the bank has ended while the debit was there', async (t) => {
  const world = await makeDebitWorld(t);
  const { db, tools } = world;
  const one = await debit(world, [{ number: 'B-1', amount: '10.000', payer: 'E-1' }]);
  await db.transaction((tx) =>
    tx.query(
      'insert into agreement (biller_id, channel_id, version, recorded_at, terms) values (1, 1, 99, business_now(), null)',
    ),
  );
  await tools.directory.reload();
  t.match(await world.client('bank').pay({ bills: [bill('B-1', '10.000')] }), { code: 'biller-not-served' });
  await say(world, one, 'settled');
  await bookAll(world);
  t.match(await debitStanding(world, one), { state: 'collected', bills: ['B-1 paid paid'] });
  await assertBooksBalance(db);
});

t.test('twelve hundred bills, of more together than one payment may be', async (t) => {
  const world = await makeDebitWorld(t);
  const { db } = world;
  const numbers = Array.from({ length: 1_200 }, (_, i) => `N-${String(i).padStart(4, '0')}`);
  const one = await debit(
    world,
    numbers.map((number, i) => ({
      number,
      amount: i < 3 ? '9000000000.000' : '1.001',
      payer: 'E-1',
      ...(i % 2 === 1 && { owedAsOf: '2026-11-21' }),
    })),
  );
  t.match(await world.client('agent').pay({ bills: [bill('N-0600', '1.001')] }), { status: 201 });
  await say(world, one, 'settled');
  await bookAll(world);
  const { state, bills } = await debitStanding(world, one);
  t.equal(state, 'collected', world.told.join());
  t.same(
    bills.filter((each) => !each.endsWith(' paid paid')),
    ['N-0600 credited paid'],
  );
  await say(world, one, 'returned', 'AM04');
  await bookAll(world);
  t.equal((await debitStanding(world, one)).state, 'returned');
  await assertBooksBalance(db);
});
