// Float, credit and limits, to the last unit; and that what the operator changes holds for the very next payment.
import t, { type Test } from 'tap';
import {
  setAgreement,
  setChannel,
  suspendChannel,
  resumeChannel,
  topUpChannel,
} from '../../src/channels/index.ts';
import { bill, type Client } from '../support/client.ts';
import { startTestWorld, type TestWorld } from '../support/gateway.ts';
import { ACTOR, addBills, addManyBills, done, setClock } from '../support/world.ts';

const omr = (value: string) => ({ value, currency: 'OMR' });
const outlet = { kind: 'agent', id: 'a-1' } as const;

t.test('limits', async (t) => {
  const world = await startTestWorld(t);
  const numbers = await addManyBills(world.db, 'om', 'L', 60, '0.001');
  const next = (): string => numbers.shift() ?? '';

  /** Pays one bill after the other; each step is an amount and what must come of it. */
  const run = async (
    t: Test,
    client: Client,
    steps: [amount: string, expect: string, facts?: object][],
  ): Promise<void> => {
    for (const [amount, expect, facts] of steps) {
      const answer = await client.pay({ bills: [bill(next(), amount)], outlet });
      t.equal(answer.code, expect, amount);
      t.match(answer.problem ?? {}, facts ?? {}, amount);
    }
  };

  await t.test('a float covers amount and fee to the last unit; a refusal spends nothing', async (t) => {
    await run(t, world.client('agent'), [
      ['999.771', 'insufficient-float', { available: omr('1000.000') }],
      ['500.000', 'ok'],
      ['499.541', 'insufficient-float', { available: omr('499.770') }],
      ['499.540', 'ok'],
      ['0.001', 'insufficient-float', { available: omr('0.000') }],
    ]);
    t.equal(await available(world, 'agent'), 0n);
    done(await topUpChannel(world.db, 'agent', { minor: 231n, currency: 'OMR' }, 'float-2', ACTOR));
    await run(t, world.client('agent'), [['0.001', 'ok']]);
    t.equal(await available(world, 'agent'), 0n);
    const other = await world
      .client('agent')
      .pay({ billerCode: 'dz-social', bills: [bill('NONE', '1.00', 'DZD')], cashHeld: true });
    t.equal(other.code, 'insufficient-float', 'a float is of one currency');
  });

  await t.test('a credit limit, and money that the channel has paid back', async (t) => {
    await run(t, world.client('shop'), [
      ['500.001', 'limit-exceeded', { scope: 'credit', limit: omr('500.000') }],
      ['300.000', 'ok'],
      ['200.001', 'limit-exceeded', { scope: 'credit' }],
      ['200.000', 'ok'],
    ]);
    done(await setChannel(world.db, 'shop', { creditLimit: { OMR: '500.001' } }, ACTOR));
    await run(t, world.client('shop'), [
      ['0.002', 'limit-exceeded'],
      ['0.001', 'ok'],
    ]);
  });

  await t.test('limits per payment and per business date', async (t) => {
    const kiosk = world.client('kiosk');
    await run(t, kiosk, [
      ['200.001', 'limit-exceeded', { scope: 'payment', limit: omr('200.000') }],
      ['200.000', 'ok'],
      ['100.001', 'limit-exceeded', { scope: 'day', limit: omr('300.000') }],
      ['100.000', 'ok'],
      ['0.001', 'limit-exceeded', { scope: 'day' }],
    ]);
    await setClock(world.db, '2026-11-22T12:00:00Z'); // Muscat's cut-off: the next business date
    await run(t, kiosk, [
      ['200.000', 'ok'],
      ['100.001', 'limit-exceeded', { scope: 'day' }],
    ]);
  });

  await t.test('a payment given back counts no longer', async (t) => {
    const kiosk = world.client('kiosk');
    const paid = await kiosk.pay({ bills: [bill(next(), '100.000')] });
    await run(t, kiosk, [['0.001', 'limit-exceeded']]);
    t.equal((await kiosk.reverse(paid.body?.paymentId ?? '', 'KR-1')).status, 201);
    await run(t, kiosk, [
      ['100.001', 'limit-exceeded'],
      ['100.000', 'ok'],
    ]);
  });

  await t.test('changes of the operator hold for the very next payment', async (t) => {
    const bank = world.client('bank');
    const { db } = world;
    await run(t, bank, [['900.000', 'ok']]);
    const parties = { billerCode: 'om-social', channelCode: 'bank' };
    const changes: [change: () => Promise<unknown>, amount: string, expect: string][] = [
      [
        () => setChannel(db, 'bank', { limitPerPayment: { OMR: '50.000' } }, ACTOR),
        '50.000',
        'limit-exceeded',
      ],
      [() => setChannel(db, 'bank', { limitPerPayment: { OMR: '50.200' } }, ACTOR), '50.000', 'ok'],
      [() => setChannel(db, 'bank', { limitPerPayment: { OMR: null } }, ACTOR), '60.000', 'ok'],
      [() => suspendChannel(db, 'bank', ACTOR), '1.000', 'channel-suspended'],
      [() => resumeChannel(db, 'bank', ACTOR), '1.000', 'ok'],
      [
        () => setAgreement(db, parties, { route: 'via-operator', methods: ['card'] }, ACTOR),
        '1.000',
        'biller-not-served',
      ],
      [() => setAgreement(db, parties, { route: 'via-operator' }, ACTOR), '1.000', 'ok'],
    ];
    for (const [change, amount, expect] of changes) {
      await change();
      await run(t, bank, [[amount, expect]]);
    }
    // A limit per day counts what was accepted before there was one: 60.200 + 50.200 + 900.200 + 1.200 + 1.000.
    done(await setChannel(db, 'bank', { limitPerDay: { OMR: '1012.801' } }, ACTOR));
    await run(t, bank, [
      ['0.002', 'limit-exceeded', { scope: 'day' }],
      ['0.001', 'ok'],
    ]);
  });

  await t.test('a postpaid bank that becomes prefunded spends what it is given', async (t) => {
    const { db } = world;
    done(await setChannel(db, 'bank', { funding: 'prefunded', limitPerDay: { OMR: null } }, ACTOR));
    await run(t, world.client('bank'), [['1.000', 'insufficient-float', { available: omr('0.000') }]]);
    done(await topUpChannel(db, 'bank', { minor: 1_000n, currency: 'OMR' }, 'float-1', ACTOR));
    const paid = await world.client('bank').pay({ bills: [bill(next(), '1.000')] });
    t.equal(paid.code, 'ok');
    t.equal(await available(world, 'bank'), 0n);
    t.equal((await world.client('bank').reverse(paid.body?.paymentId ?? '', 'BR-1')).status, 201);
    t.equal(await available(world, 'bank'), 1_000n);
  });

  await t.test('on the direct route only the fee is owed', async (t) => {
    await addBills(world.db, 'om', [{ number: 'DIRECT', amount: '100.000' }]);
    done(await setChannel(world.db, 'transit', { creditLimit: { OMR: '0.262' } }, ACTOR));
    const paid = await world.client('transit').pay({ bills: [bill('DIRECT', '100.000')] });
    t.equal(paid.body?.fee.value, '0.262', paid.text);
    t.equal(await available(world, 'transit'), 0n);
  });
  t.same(world.faults, []);
});

async function available({ db }: TestWorld, channel: string): Promise<bigint | undefined> {
  const rows = await db.transaction((tx) =>
    tx.query<{ available_minor: bigint }>(
      `select available_minor from channel_position join channel using (channel_id) where code = $1 and currency = 'OMR'`,
      [channel],
    ),
  );
  return rows[0]?.available_minor;
}
