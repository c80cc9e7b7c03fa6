// The invariants of what channels owe are broken by hand, each in a transaction that is rolled back, and must be found.
import t from 'tap';
import { checkBooks } from '../../src/desk/index.ts';
import { POSITION_INVARIANTS } from '../../src/desk/store-books-position.ts';
import { brokenBy } from '../support/books.ts';
import { findOne, resolved } from '../support/breaks.ts';
import { closedDay, sweep, transfer } from '../support/owing.ts';
import { makeRemitWorld } from '../support/remit-world.ts';
import { deskOf } from '../support/statement-world.ts';
import { POSITION_CASES } from './broken-position.ts';

await t.test('books of what channels owe', async (t) => {
  const world = await makeRemitWorld(t);
  await closedDay(world, '2026-11-22', { kiosk: '10.000' });
  await transfer(world, 28_000n, { channel: 'kiosk' });
  await closedDay(world, '2026-11-23', { kiosk: '12.000' });
  const desk = await deskOf(world);
  const theirs = { line: 1, status: 'accepted', amount: { value: '3.000', currency: 'OMR' } };
  const id = await findOne(desk, {
    kind: 'missing-here',
    billerId: 0,
    channel: 'kiosk',
    amountMinor: 3_000n,
    theirs,
  });
  t.match(await resolved(desk, id, 'suspense'), { code: 'ok' });
  await sweep(world);
  t.strictSame(await checkBooks(world.db), [], 'they hold');
  for (const { broken, by, finds } of POSITION_CASES)
    t.strictSame(await brokenBy(world.db, by), new Set(finds), broken);
  const all = new Set(POSITION_CASES.flatMap(({ finds }) => finds));
  t.strictSame(
    POSITION_INVARIANTS.map(({ name }) => name).filter((name) => !all.has(name)),
    [],
    'none is without a case',
  );
});
