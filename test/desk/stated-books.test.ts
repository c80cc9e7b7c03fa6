// The invariants of bank statements are broken by hand, each in a transaction that is rolled back, and must be found.
import t from 'tap';
import { checkBooks } from '../../src/desk/index.ts';
import { BANK_INVARIANTS } from '../../src/desk/store-books-bank.ts';
import { STATEMENT_INVARIANTS } from '../../src/desk/store-books-statements.ts';
import { watchDirect } from '../../src/reconciliation/statements/index.ts';
import { brokenBy } from '../support/books.ts';
import { camt } from '../support/bank-statement.ts';
import { close, collect, EVENING, makeRemitWorld, setAccount, work } from '../support/remit-world.ts';
import { bring, bringOurs, statementParts } from '../support/statement-world.ts';
import { BILLERS, setClock } from '../support/world.ts';
import { STATEMENT_CASES } from './broken-statements.ts';

await t.test('books of bank statements', async (t) => {
  const world = await makeRemitWorld(t);
  const { db } = world;
  const number = '444000111222';
  await setAccount(db, 'om-social', '', { holder: 'Social', paysFrom: 'ours-omr', number });
  await collect(world, { '': '10.000' });
  await collect(world, { '': '7.000' }, { channel: 'transit' });
  await setClock(db, EVENING);
  const [one] = (await close(world)).remittances;
  await work(world, '2026-11-23T06:00:00Z');
  await watchDirect(db, [BILLERS.om.id]);
  const parts = statementParts(world);
  const charge = { minor: -100n, ref: 'A', code: ['PMNT', 'MDOP', 'CHRG'] as const };
  await bringOurs(parts, [charge], { notification: true });
  await bringOurs(parts, [
    charge,
    { minor: -10_000n, e2e: one?.endToEndId ?? '' },
    { minor: 5n, text: 'WASIT/bank' },
  ]);
  const bookings = [{ minor: 7_000n, text: 'WASIT/transit' }];
  await bring(parts, camt({ account: number, currency: 'OMR', bookings }));
  t.strictSame(await checkBooks(db), [], 'they hold');
  for (const { broken, by, finds } of STATEMENT_CASES)
    t.strictSame(await brokenBy(db, by), new Set(finds), broken);
  const all = new Set(STATEMENT_CASES.flatMap(({ finds }) => finds));
  t.strictSame(
    [...STATEMENT_INVARIANTS, ...BANK_INVARIANTS].map(({ name }) => name).filter((name) => !all.has(name)),
    [],
    'none is without a case',
  );
});
