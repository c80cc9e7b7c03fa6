// The invariants of mandates and debits are broken by hand, each in a transaction that is rolled back, and must be found.
import t from 'tap';
import { checkBooks } from '../../src/desk/index.ts';
import { DEBIT_INVARIANTS } from '../../src/desk/store-books-debits.ts';
import type { Uuid } from '../../src/kernel/ids.ts';
import { endToEndIdOf, lockDebits, moveDebits } from '../../src/mandates/debits/index.ts';
import { brokenBy } from '../support/books.ts';
import { inFile } from '../support/debit-file.ts';
import { bookAll, debit, makeDebitWorld, say } from '../support/debits.ts';
import { bringOurs, statementParts } from '../support/statement-world.ts';
import { BILLERS } from '../support/world.ts';
import { DEBIT_CASES } from './broken-debits.ts';

await t.test('books of debits', async (t) => {
  const world = await makeDebitWorld(t);
  const { db } = world;
  const make = (...numbers: string[]) =>
    debit(
      world,
      numbers.map((number) => ({ number, amount: '10.000' })),
    );
  const back = async (debitId: Uuid, to: 'planned' | 'dropped') =>
    db.transaction(async (tx) => {
      const debits = await lockDebits(tx, [{ billerId: BILLERS.om.id, debitId }]);
      await moveDebits(
        tx,
        debits.map((each) => ({ debit: each, to })),
        { actor: 'worker', at: new Date() },
      );
    });
  const [both, refused, returned] = [await make('D-1', 'D-2'), await make('D-3'), await make('D-4')];
  const [dropped, planned] = [
    await debit(world, [{ number: 'D-5', amount: '10.000' }], { state: 'built' }),
    await debit(world, [{ number: 'D-6', amount: '10.000' }], { state: 'built' }),
  ];
  await back(dropped, 'dropped');
  await back(planned, 'planned');
  const sent = await make('D-7');
  await inFile(db, [both, refused, returned, sent]);
  await say(world, refused, 'rejected', 'AC04');
  await bringOurs(statementParts(world), [
    { minor: 20_000n, e2e: endToEndIdOf(both), ref: 'A' },
    { minor: 10_000n, e2e: endToEndIdOf(returned), ref: 'B' },
    { minor: -10_000n, e2e: endToEndIdOf(returned), ref: 'C', reason: 'MD06' },
  ]);
  await bookAll(world);
  await say(world, sent, 'settled');
  t.strictSame(await checkBooks(db), [], 'they hold');
  for (const { broken, by, finds } of DEBIT_CASES)
    t.strictSame(await brokenBy(db, by), new Set(finds), broken);
  const all = new Set(DEBIT_CASES.flatMap(({ finds }) => finds));
  t.strictSame(
    DEBIT_INVARIANTS.map(({ name }) => name).filter((name) => !all.has(name)),
    [],
    'none is without a case',
  );
});
