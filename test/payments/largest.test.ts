// The ends of what the books can count: one payment's total, and a sum that has no room left.
import t from 'tap';
import { bill, requestOf } from '../support/client.ts';
import { startTestWorld } from '../support/gateway.ts';
import { addBills, addManyBills } from '../support/world.ts';

const max = { value: '10000000000.000', currency: 'OMR' };

t.test('the largest payment', async (t) => {
  const world = await startTestWorld(t);
  const { db } = world;
  const bank = world.client('bank');
  const numbers = await addManyBills(db, 'om', 'B', 30, '1.000');
  const next = (): string => numbers.shift() ?? '';
  const creditOf = (payer: string, minor: bigint) =>
    db.transaction((tx) =>
      tx.query('update credit set available_minor = $2 where payer_id = $1', [payer, String(minor)]),
    );

  await t.test('10^13 minor units, of however many bills', async (t) => {
    t.equal((await bank.pay({ bills: [bill(next(), max.value)] })).code, 'ok');
    const [one, two] = [next(), next()];
    for (const order of [
      { bills: [bill(one, '10000000000.001')] },
      { bills: [bill(one, '9999999999.000'), bill(two, '1.001')] },
      { bills: [bill(one, '9999999999.000'), bill(two, '1.001')], cashHeld: true },
      { bills: [bill('NONE', max.value)], cashHeld: true, fee: { value: '0.001', currency: 'OMR' } },
      { bills: Array.from({ length: 20 }, (_, i) => bill(`N-${i}`, '999999999999.999')), cashHeld: true },
    ]) {
      const request = requestOf(order);
      const { status, problem } = await bank.pay(request);
      t.equal(status, 422);
      t.match(problem, { code: 'amount-out-of-range', max, detail: /At most/ });
      t.equal((await bank.pay(request)).headers.get('idempotent-replayed'), 'true', 'it is kept');
    }
  });

  await t.test('a sum without room refuses the one payment, not its neighbours', async (t) => {
    await addBills(db, 'om', [{ number: 'GONE', amount: '1.000', payer: 'E-9', status: 'cancelled' }]);
    const held = () => bank.pay({ bills: [bill('GONE', '1.000')], cashHeld: true });
    t.equal((await held()).body?.status, 'credited');
    await creditOf('E-9', 2n ** 63n - 10n);
    const [guilty, ...others] = await Promise.all([
      held(),
      ...Array.from({ length: 20 }, () => bank.pay({ bills: [bill(next(), '1.000')] })),
    ]);
    t.match(guilty?.problem, { code: 'limit-exceeded', scope: 'ledger', retry: 'new-reference' });
    t.same([...new Set(others.map(({ code }) => code))], ['ok']);
    await creditOf('E-9', 1000n);
    t.equal((await held()).body?.status, 'credited');
  });
  t.same(world.faults, []);
});
