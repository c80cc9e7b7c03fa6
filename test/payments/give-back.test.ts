// A reversal gives back what the payment took, whatever the channel's funding and limits have become meanwhile. The
// books are checked after each case: they know what a float and a day's total must be.
import t from 'tap';
import { setBiller } from '../../src/billers/index.ts';
import { setChannel, topUpChannel } from '../../src/channels/index.ts';
import { bill } from '../support/client.ts';
import { startTestWorld, type TestWorld } from '../support/gateway.ts';
import { ACTOR, addBills, done, setClock } from '../support/world.ts';

const OMR = (minor: bigint) => ({ minor, currency: 'OMR' });

await t.test('taken on credit, reversed as a prefunded channel: no float comes of it', async (t) => {
  const world = await startTestWorld(t);
  const paymentId = await payOne(world, 'bank');
  done(await setChannel(world.db, 'bank', { funding: 'prefunded' }, ACTOR));
  done(await topUpChannel(world.db, 'bank', OMR(1000n), 'first', ACTOR));
  t.equal((await world.client('bank').reverse(paymentId, 'undo')).status, 201);
  t.equal(await available(world, 'bank'), 1000n);
});

await t.test(
  'taken from the float, reversed as a postpaid channel with a limit: the limit stays',
  async (t) => {
    const world = await startTestWorld(t);
    const paymentId = await payOne(world, 'agent');
    done(
      await setChannel(world.db, 'agent', { funding: 'postpaid', creditLimit: { OMR: '500.000' } }, ACTOR),
    );
    t.equal((await world.client('agent').reverse(paymentId, 'undo')).status, 201);
    t.equal(await available(world, 'agent'), 500_000n);
    done(await setChannel(world.db, 'agent', { funding: 'prefunded', creditLimit: { OMR: null } }, ACTOR));
    t.equal(await available(world, 'agent'), 1_000_000n, 'and the float is whole again');
  },
);

await t.test('a credit limit set after the payment counts it, and its reversal', async (t) => {
  const world = await startTestWorld(t);
  const paymentId = await payOne(world, 'bank');
  done(await setChannel(world.db, 'bank', { creditLimit: { OMR: '500.000' } }, ACTOR));
  t.equal(await available(world, 'bank'), 399_800n);
  t.equal((await world.client('bank').reverse(paymentId, 'undo')).status, 201);
  t.equal(await available(world, 'bank'), 500_000n);
});

await t.test('a limit per day set days after the payment: its date has no total to fall', async (t) => {
  const world = await startTestWorld(t);
  done(await setBiller(world.db, 'om-social', { reversalMinutes: 20_000 }, ACTOR));
  const paymentId = await payOne(world, 'bank');
  await setClock(world.db, '2026-11-29T08:00:00Z');
  done(await setChannel(world.db, 'bank', { limitPerDay: { OMR: '300.000' } }, ACTOR));
  t.equal((await world.client('bank').reverse(paymentId, 'undo')).status, 201);
  t.strictSame(await world.db.transaction((tx) => tx.query('select * from channel_day')), []);
});

async function payOne(world: TestWorld, channel: string): Promise<string> {
  await addBills(world.db, 'om', [{ number: 'OM-1', amount: '100.000' }]);
  const { body, text } = await world.client(channel).pay({ bills: [bill('OM-1', '100.000')] });
  if (body === undefined) throw new Error(text);
  return body.paymentId;
}

async function available(world: TestWorld, channel: string): Promise<bigint | undefined> {
  const [row] = await world.db.transaction((tx) =>
    tx.query<{ available_minor: bigint }>(
      `select available_minor from channel_position join channel using (channel_id) where code = $1 and currency = 'OMR'`,
      [channel],
    ),
  );
  return row?.available_minor;
}
