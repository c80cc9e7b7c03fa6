// What a bank refuses leaves its bills open and is tried again by the biller's rule; what it takes back opens them again.
import t from 'tap';
import { bill } from '../../support/client.ts';
import { bookAll, debit, debitStanding, makeDebitWorld, say } from '../../support/debits.ts';
import { balances, close, EVENING } from '../../support/remit-world.ts';
import { BILLERS, setClock } from '../../support/world.ts';

const OM = BILLERS.om.id;

t.test('refused for now and for good', async (t) => {
  const world = await makeDebitWorld(t);
  const now = await debit(world, [{ number: 'D-1', amount: '1.000' }]);
  const good = await debit(world, [{ number: 'D-2', amount: '1.000' }], { state: 'built' });
  const last = await debit(world, [{ number: 'D-3', amount: '1.000' }]);
  await world.db.transaction((tx) =>
    tx.query('update debit_order set attempt = 3 where debit_id = $1', [last]),
  );
  await say(world, now, 'rejected', 'AM04');
  await say(world, good, 'rejected', 'AC04');
  await say(world, last, 'rejected', 'AM04');
  await bookAll(world);
  t.match(await debitStanding(world, now), {
    state: 'failed',
    why: 'insufficient-funds',
    retryOn: '2026-11-25',
    waiting: 0,
    bills: ['D-1 failed open'],
  });
  t.match(await debitStanding(world, good), { state: 'failed', why: 'account-closed', retryOn: null });
  t.match(await debitStanding(world, last), { state: 'failed', why: 'insufficient-funds', retryOn: null });
  t.same(world.givenUp, ['om-social account-closed', 'om-social insufficient-funds']);
  t.same(await balances(world.db, OM), {});
  t.equal(await say(world, now, 'rejected', 'AM04'), 'known');
});

t.test('returned after the seal: an adjustment, and the bill owes from its own day', async (t) => {
  const world = await makeDebitWorld(t);
  const debitId = await debit(world, [
    { number: 'D-1', amount: '10.000' },
    { number: 'D-2', amount: '5.000', owedAsOf: '2026-11-20' },
  ]);
  await say(world, debitId, 'settled');
  await bookAll(world);
  await setClock(world.db, EVENING);
  await close(world);
  await say(world, debitId, 'returned', 'MD06');
  await bookAll(world);
  t.match(await debitStanding(world, debitId), {
    state: 'returned',
    why: 'payer-took-back',
    retryOn: null,
    bills: ['D-1 returned open', 'D-2 returned open'],
  });
  const undone = await world.db.transaction((tx) => tx.query('select kind, reason from reversal'));
  t.same(undone, Array(2).fill({ kind: 'adjustment', reason: 'returned by the bank: MD06' }));
  t.equal((await balances(world.db, OM))['channel/receivable/1'], undefined);
});

t.test('returned before it was told to be collected, whichever comes first', async (t) => {
  const world = await makeDebitWorld(t);
  const one = await debit(world, [{ number: 'D-1', amount: '10.000' }]);
  const two = await debit(world, [{ number: 'D-2', amount: '10.000' }]);
  t.equal(await say(world, one, 'returned', 'AM04'), 'noted');
  await bookAll(world);
  t.equal(await say(world, one, 'settled'), 'known');
  await say(world, two, 'settled');
  await say(world, two, 'returned', 'AM04');
  await bookAll(world);
  t.match(await debitStanding(world, one), { state: 'failed', bills: ['D-1 failed open'], waiting: 0 });
  t.match(await debitStanding(world, two), { state: 'returned', bills: ['D-2 returned open'], waiting: 0 });
});

t.test('credit that it left is taken out again, and waits for a person when it is spent', async (t) => {
  const world = await makeDebitWorld(t);
  const elsewhere = async (number: string) => {
    const debitId = await debit(world, [
      { number, amount: '10.000' },
      { number: `${number}-2`, amount: '3.000' },
    ]);
    await world
      .client('agent')
      .pay({ billerCode: 'om-social', bills: [bill(number, '10.000', 'OMR')], method: 'cash' });
    await say(world, debitId, 'settled');
    await bookAll(world);
    await say(world, debitId, 'returned', 'AM04');
    return debitId;
  };
  const one = await elsewhere('D-1');
  await bookAll(world);
  t.match(await debitStanding(world, one), {
    state: 'returned',
    bills: ['D-1 credited paid', 'D-1-2 returned open'],
  });
  t.same(await world.db.transaction((tx) => tx.query('select available_minor from credit')), [
    { available_minor: 0n },
  ]);
  const two = await elsewhere('D-2');
  await world.db.transaction((tx) => tx.query('update credit set available_minor = 4000'));
  await bookAll(world);
  t.match(await debitStanding(world, two), {
    state: 'collected',
    waiting: 1,
    bills: ['D-2 credited paid', 'D-2-2 paid paid'],
  });
  t.match(world.told.at(-1), /could not be booked/);
  await world.db.transaction((tx) => tx.query('update credit set available_minor = 10000'));
  await bookAll(world);
  t.match(await debitStanding(world, two), { state: 'returned', waiting: 0 });
});

t.test('reversed by the bank’s own channel before: its return finds nothing to undo', async (t) => {
  const world = await makeDebitWorld(t);
  const debitId = await debit(world, [{ number: 'D-1', amount: '10.000' }]);
  await say(world, debitId, 'settled');
  await bookAll(world);
  const [paid] = await world.db.transaction((tx) =>
    tx.query<{ answer: { paymentId: string } }>(
      `select payload as answer from event where type = 'payment.accepted'`,
    ),
  );
  const reversed = await world
    .client('bank')
    .send('POST', `/v1/payments/${paid?.answer.paymentId}/reversal`, { reference: 'R-1', reason: 'a slip' });
  t.equal(reversed.status, 201, reversed.text);
  await say(world, debitId, 'returned', 'MD06');
  await bookAll(world);
  t.match(await debitStanding(world, debitId), { state: 'returned', bills: ['D-1 returned open'] });
});
