// What a bank has collected pays the bills, exactly as it was fixed, and is booked once whoever says it and however often.
import t from 'tap';
import { setChannel, suspendChannel, topUpChannel } from '../../../src/channels/index.ts';
import { bookDebit } from '../../../src/mandates/index.ts';
import { endToEndIdOf } from '../../../src/mandates/debits/index.ts';
import { bill } from '../../support/client.ts';
import { bookAll, debit, debitStanding, makeDebitWorld, say } from '../../support/debits.ts';
import { balances } from '../../support/remit-world.ts';
import { ACTOR, BILLERS, done } from '../../support/world.ts';

const OM = BILLERS.om.id;

t.test('collected: one payment for each day that amounts go by', async (t) => {
  const world = await makeDebitWorld(t);
  const debitId = await debit(world, [
    { number: 'D-1', amount: '100.000' },
    { number: 'D-2', amount: '50.500' },
    { number: 'D-3', amount: '20.000', owedAsOf: '2026-11-20' },
  ]);
  t.equal(await say(world, debitId, 'settled'), 'noted');
  t.equal(await say(world, debitId, 'settled'), 'known');
  await bookAll(world);
  t.match(await debitStanding(world, debitId), {
    state: 'collected',
    waiting: 0,
    bills: ['D-1 paid paid', 'D-2 paid paid', 'D-3 paid paid'],
  });
  const name = endToEndIdOf(debitId);
  const payments = await world.db.transaction((tx) =>
    tx.query(
      `select reference, status, amount_minor, fee_minor, biller_fee_minor, method from payment order by reference`,
    ),
  );
  t.same(
    payments,
    [
      {
        reference: name,
        status: 'accepted',
        amount_minor: 20_000n,
        fee_minor: 0n,
        biller_fee_minor: 200n,
        method: 'account',
      },
      {
        reference: `${name}:2`,
        status: 'accepted',
        amount_minor: 150_500n,
        fee_minor: 0n,
        biller_fee_minor: 200n,
        method: 'account',
      },
    ],
    'the fee that its payer would bear at the counter is the biller’s',
  );
  t.match(await balances(world.db, OM), { 'biller/payable': -170_500n, 'channel/receivable/1': 170_500n });
  const [event] = await world.db.transaction((tx) =>
    tx.query(`select payload from event where type = 'debit.collected'`),
  );
  t.match(event, {
    payload: {
      state: 'collected',
      bankReference: 'B-1',
      bills: [{ outcome: 'paid', paymentId: /^pay_/ }, {}, {}],
    },
  });
});

t.test('whoever the mandate names is told of what was paid and of what became credit', async (t) => {
  const world = await makeDebitWorld(t);
  const debitId = await debit(world, [
    { number: 'D-1', amount: '10.000' },
    { number: 'D-2', amount: '20.000' },
  ]);
  await world
    .client('agent')
    .pay({ billerCode: 'om-social', bills: [bill('D-1', '10.000', 'OMR')], method: 'cash' });
  await say(world, debitId, 'settled');
  await bookAll(world);
  const told = await world.db.transaction((tx) =>
    tx.query(
      `select p.status, p.details -> 'payer' as payer, o.for_payers
         from payment p join event_outbox o on o.biller_id = p.biller_id and o.event_id = p.payment_id
        where p.channel_id = 1 order by p.status`,
    ),
  );
  const payer = { mobile: '+96824123456', language: 'en' };
  t.same(told, [
    { status: 'accepted', payer, for_payers: true },
    { status: 'credited', payer, for_payers: true },
  ]);
});

t.test('paid elsewhere, cancelled, expired, changed penalties meanwhile', async (t) => {
  const world = await makeDebitWorld(t);
  const debitId = await debit(world, [
    { number: 'D-1', amount: '10.000' },
    { number: 'D-2', amount: '20.000' },
    { number: 'D-3', amount: '30.000' },
    { number: 'D-4', amount: '40.000', dueOn: '2026-11-01', expiresOn: '2026-11-20', owedAsOf: '2026-11-20' },
  ]);
  await world
    .client('agent')
    .pay({ billerCode: 'om-social', bills: [bill('D-1', '10.000', 'OMR')], method: 'cash' });
  await world.db.transaction((tx) =>
    tx.query(`update bill set status = 'cancelled' where bill_number = 'D-2'`),
  );
  await world.db.transaction((tx) =>
    tx.query(
      `update biller set penalty = '[{"percent":"10","every":"once"}]'; update configuration set revision = revision + 1`,
    ),
  );
  await say(world, debitId, 'settled');
  await bookAll(world);
  t.match(await debitStanding(world, debitId), {
    state: 'collected',
    bills: ['D-1 credited paid', 'D-2 credited cancelled', 'D-3 paid paid', 'D-4 paid paid'],
  });
  const credit = await world.db.transaction((tx) => tx.query('select payer_id, available_minor from credit'));
  t.same(credit, [{ payer_id: 'E-1', available_minor: 30_000n }]);
  const told = await world.db.transaction((tx) =>
    tx.query(
      `select o.for_payers from event e join event_outbox o using (biller_id, event_id) where e.type = 'payment.credited'`,
    ),
  );
  t.same(told, [{ for_payers: true }], 'the payer is told of his credit');
});

t.test('limits of the channel and its suspension come too late', async (t) => {
  const world = await makeDebitWorld(t);
  const debitId = await debit(world, [{ number: 'D-1', amount: '100.000' }], { state: 'built' });
  const limits = { limitPerPayment: { OMR: '1.000' }, limitPerDay: { OMR: '1.000' } };
  done(await setChannel(world.db, 'bank', limits, ACTOR));
  done(await suspendChannel(world.db, 'bank', ACTOR));
  await say(world, debitId, 'settled');
  await bookAll(world);
  t.match(await debitStanding(world, debitId), { state: 'collected' }, world.told.join());
});

t.test('so do the limits of a bank that pays beforehand; its float has to cover the debit', async (t) => {
  const world = await makeDebitWorld(t);
  const { db } = world;
  const one = await debit(world, [{ number: 'D-1', amount: '100.000' }]);
  const limits = { limitPerPayment: { OMR: '1.000' }, limitPerDay: { OMR: '1.000' } };
  await db.transaction((tx) => tx.query(`update channel set funding = 'prefunded' where channel_id = 1`));
  done(await setChannel(db, 'bank', limits, ACTOR));
  await say(world, one, 'settled');
  await bookAll(world);
  t.match(await debitStanding(world, one), { state: 'sent', waiting: 1 });
  t.match(world.told, [/insufficient-float/]);
  done(await topUpChannel(db, 'bank', { minor: 200_000n, currency: 'OMR' }, 'float-2', ACTOR));
  await bookAll(world);
  t.match(await debitStanding(world, one), { state: 'collected', waiting: 0 }, world.told.join());
});

t.test('one that cannot be booked stops none of its neighbours', async (t) => {
  const world = await makeDebitWorld(t);
  const debits = [];
  for (let n = 1; n <= 5; n++) debits.push(await debit(world, [{ number: `D-${n}`, amount: '1.000' }]));
  const [, , third = ''] = debits;
  for (const debitId of debits) await say(world, debitId, 'settled');
  await world.db.transaction((tx) =>
    tx.query('update debit_order set amount_minor = 999 where debit_id = $1', [third]),
  );
  await bookAll(world);
  const states = await Promise.all(debits.map((debitId) => debitStanding(world, debitId)));
  t.same(
    states.map(({ state, waiting }) => `${state} ${waiting}`),
    ['collected 0', 'collected 0', 'sent 1', 'collected 0', 'collected 0'],
  );
  t.match(world.told, [/could not be booked .*of 999 .* 1000 would be booked/]);
  await world.db.transaction((tx) =>
    tx.query('update debit_order set amount_minor = 1000 where debit_id = $1', [third]),
  );
  await bookAll(world);
  t.match(await debitStanding(world, third), { state: 'collected', waiting: 0 });
});

t.test('accepted pays only where the agency takes it for paid', async (t) => {
  const later = await makeDebitWorld(t);
  const one = await debit(later, [{ number: 'D-1', amount: '1.000' }]);
  await say(later, one, 'accepted');
  await bookAll(later);
  t.match(await debitStanding(later, one), { state: 'sent', waiting: 0 });
  await say(later, one, 'settled');
  await bookAll(later);
  t.match(await debitStanding(later, one), { state: 'collected', waiting: 0 });
});

t.test('one whose outcome somebody waits for', async (t) => {
  const world = await makeDebitWorld(t, { paidAt: 'accepted' });
  const [one, other] = [
    await debit(world, [{ number: 'D-1', amount: '1.000' }]),
    await debit(world, [{ number: 'D-2', amount: '1.000' }]),
  ];
  for (const verdict of ['accepted', 'settled'] as const) await say(world, one, verdict);
  await say(world, other, 'settled');
  await bookDebit(world.tools, { billerId: OM, debitId: one });
  t.match(await debitStanding(world, one), { state: 'collected', waiting: 0 });
  t.match(await debitStanding(world, other), { state: 'sent', waiting: 1 });
});

t.test('paid on acceptance, refused later: it is returned', async (t) => {
  const world = await makeDebitWorld(t, { paidAt: 'accepted' });
  const one = await debit(world, [{ number: 'D-1', amount: '1.000' }]);
  await say(world, one, 'accepted');
  await bookAll(world);
  t.match(await debitStanding(world, one), { state: 'collected', bills: ['D-1 paid paid'] });
  await say(world, one, 'rejected', 'AM04');
  await bookAll(world);
  t.match(await debitStanding(world, one), {
    state: 'returned',
    why: 'insufficient-funds',
    retryOn: '2026-11-25',
    bills: ['D-1 returned open'],
  });
});
