// The invariants of remittances are broken by hand, each in a transaction that is rolled back, and must be found.
import t from 'tap';
import { checkBooks } from '../../src/desk/index.ts';
import { REMITTANCE_INVARIANTS } from '../../src/desk/store-books-remittances.ts';
import { endRemittance, retryRemittance } from '../../src/settlement/remittances/index.ts';
import { brokenBy } from '../support/books.ts';
import { close, collect, EVENING, makeRemitWorld, work } from '../support/remit-world.ts';
import { BILLERS, setClock } from '../support/world.ts';
import { REMITTANCE_CASES } from './broken-remittances.ts';

await t.test('books of remittances', async (t) => {
  const world = await makeRemitWorld(t);
  await collect(world, { '': '10.000' });
  await collect(world, { '': '20.00' }, { biller: 'eg' });
  await setClock(world.db, EVENING);
  const [om] = (await close(world)).remittances;
  await close(world, BILLERS.eg);
  await work(world, '2026-11-23T06:00:00Z');
  if (om === undefined) throw new Error('nothing was planned');
  const which = { billerId: om.billerId, remittanceId: om.remittanceId };
  await world.db.transaction((tx) => endRemittance(tx, { ...which, to: 'rejected', reason: 'RJCT' }));
  await world.db.transaction((tx) => retryRemittance(tx, { ...which, askedBy: null }));
  t.strictSame(await checkBooks(world.db), [], 'they hold');
  for (const { broken, by, finds } of REMITTANCE_CASES) {
    t.strictSame(await brokenBy(world.db, by), new Set(finds), broken);
  }
  const all = new Set(REMITTANCE_CASES.flatMap(({ finds }) => finds));
  t.strictSame(
    REMITTANCE_INVARIANTS.map(({ name }) => name).filter((name) => !all.has(name)),
    [],
    'none is without a case',
  );
});
