// What debits have paid a bank need not list in its day file; what it lists of them has to be right.
import t from 'tap';
import { endToEndIdOf } from '../../../src/mandates/debits/index.ts';
import { bill } from '../../support/client.ts';
import { reconcile, told } from '../../support/day-files.ts';
import { bookAll, debit, makeDebitWorld, say } from '../../support/debits.ts';
import { addBills } from '../../support/world.ts';

void t.test('a payment of a debit is no break where the bank leaves it out', async (t) => {
  const world = await makeDebitWorld(t);
  await addBills(world.db, 'om', [{ number: 'C-1', amount: '10.000' }]);
  const paid = await world
    .client('bank')
    .pay({ reference: 'at-the-counter', bills: [bill('C-1', '10.000')] });
  t.equal(paid.status, 201);
  const debitId = await debit(world, [
    { number: 'D-1', amount: '100.000' },
    { number: 'D-2', amount: '20.000', owedAsOf: '2026-11-20' },
  ]);
  await say(world, debitId, 'settled');
  await bookAll(world);
  await reconcile(world, []);
  t.same(await told(world), ['missing-there at-the-counter']);
  const counter = 'at-the-counter,10.000,OMR,accepted';
  const day = await reconcile(world, [counter]);
  t.match([day.totals, await told(world)], [[{ ours: { count: 1 }, theirs: { count: 1 } }], []]);
  await reconcile(world, [counter, `${endToEndIdOf(debitId)},21.000,OMR,accepted`]);
  t.same(await told(world), [`amount-differs ${endToEndIdOf(debitId)}`]);
});
