// The invariants of deposits, each broken by hand in a transaction that is rolled back.
import t from 'tap';
import { checkBooks } from '../../src/desk/index.ts';
import { DEPOSIT_INVARIANTS } from '../../src/desk/store-books-deposits.ts';
import { brokenBy } from '../support/books.ts';
import { depositWorld } from '../support/deposits.ts';
import { addBills } from '../support/world.ts';
import { DEPOSIT_CASES } from './broken-deposits.ts';

t.test('deposits', async (t) => {
  const { db, deposit } = await depositWorld(t);
  await addBills(db, 'om', [
    { number: 'OM-26-0001', amount: '10.000' },
    { number: 'OM-26-0002', amount: '10.000' },
  ]);
  await deposit(
    { text: 'OM-26-0001', amount: '10.000' },
    { text: 'OM-26-0002', amount: '10.000' },
    { text: 'nothing', amount: '10.000' },
  );
  t.strictSame(await checkBooks(db), [], 'they hold');
  for (const { broken, by, finds } of DEPOSIT_CASES)
    t.strictSame(await brokenBy(db, by), new Set(finds), broken);
  const all = new Set(DEPOSIT_CASES.flatMap(({ finds }) => finds));
  t.strictSame(
    DEPOSIT_INVARIANTS.map(({ name }) => name).filter((name) => !all.has(name)),
    [],
    'none is without a case',
  );
});
