// A debit that early word and a statement tell under references of their own is one booking: its end-to-end id is its alone.
import t from 'tap';
import type { Uuid } from '../../../src/kernel/ids.ts';
import { endToEndIdOf as e2e } from '../../../src/mandates/debits/index.ts';
import { bookAll, debit, debitStanding, makeDebitWorld, type DebitWorld } from '../../support/debits.ts';
import { inFile } from '../../support/debit-file.ts';
import { balances } from '../../support/remit-world.ts';
import { bringOurs, breaksOf, linesOf, outcomesOf, statementParts } from '../../support/statement-world.ts';

async function alone(world: DebitWorld, number: string): Promise<Uuid> {
  const debitId = await debit(world, [{ number, amount: '100.000' }]);
  await inFile(world.db, [debitId]);
  return debitId;
}

for (const early of [true, false])
  t.test(`under another reference, ${early ? 'early word first' : 'the statement first'}`, async (t) => {
    const world = await makeDebitWorld(t);
    const debits = [await alone(world, 'D-1'), await alone(world, 'D-2')];
    const parts = statementParts(world);
    const told = (prefix: string) =>
      debits.map((each, n) => ({ minor: 100_000n, e2e: e2e(each), ref: `${prefix}-${n}` }));
    const first = await bringOurs(parts, told('A'), { notification: early });
    t.same(await outcomesOf(world.db, first.fileId), ['debit', 'debit']);
    const back = { minor: -100_000n, e2e: e2e(debits[0] ?? ''), reason: 'AM04' };
    const second = await bringOurs(parts, [...told('B'), { ...back, ref: 'B-2' }], { notification: !early });
    const kind = early ? 'claims' : 'repeats';
    t.match(await linesOf(world.db, second.fileId), [
      { outcome: 'repeated', matches: [{ kind }] },
      { outcome: 'repeated', matches: [{ kind }] },
      { outcome: 'debit-returned' },
    ]);
    t.same(await breaksOf(world.db), []);
    await bookAll(world);
    await bookAll(world);
    t.match(await debitStanding(world, debits[0] ?? ''), { state: 'returned' });
    t.match(await balances(world.db, 0), { 'bank/1': 100_000n });
    const again = await bringOurs(parts, told('B'), { notification: true, id: 'N2' });
    t.same(
      await outcomesOf(world.db, again.fileId),
      early ? ['break', 'break'] : ['repeated', 'repeated'],
      'early word again: of another reference than before it is another booking',
    );
  });

t.test('two lines of one form are not one by it', async (t) => {
  const world = await makeDebitWorld(t);
  const one = await alone(world, 'D-1');
  const parts = statementParts(world);
  const { fileId } = await bringOurs(
    parts,
    ['A', 'B'].map((ref) => ({ minor: 100_000n, e2e: e2e(one), ref })),
    { sequence: 1 },
  );
  const next = await bringOurs(parts, [{ minor: 100_000n, e2e: e2e(one), ref: 'C' }], {
    sequence: 2,
    opening: 200_000n,
  });
  t.same(await outcomesOf(world.db, fileId), ['debit', 'break']);
  t.same(await outcomesOf(world.db, next.fileId), ['break']);
  const late = await bringOurs(
    parts,
    ['D', 'E'].map((ref) => ({ minor: 100_000n, e2e: e2e(one), ref })),
    { notification: true },
  );
  t.same(await outcomesOf(world.db, late.fileId), ['repeated', 'break'], 'each line is told again once');
});
