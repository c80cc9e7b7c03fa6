// The same line twice: by a notification and then the statement, by statements of the same days, by a file sent again. How
// statements follow each other is told.
import t from 'tap';
import {
  bringOurs,
  breaksOf,
  continuities,
  outcomesOf,
  statementParts,
} from '../../support/statement-world.ts';
import { balances, makeRemitWorld } from '../../support/remit-world.ts';

const CHARGE = ['PMNT', 'MDOP', 'CHRG'] as const;
const charge = (minor: bigint, ref?: string, text?: string) => ({
  minor,
  code: CHARGE,
  ...(ref !== undefined && { ref }),
  ...(text !== undefined && { text }),
});

t.test('a notification and then the statement are one booking', async (t) => {
  const world = await makeRemitWorld(t);
  const parts = statementParts(world);
  const told = await bringOurs(parts, [charge(-100n, 'A'), charge(-100n)], { notification: true, id: 'N1' });
  const again = await bringOurs(parts, [charge(-100n, 'A')], { notification: true, id: 'N2' });
  const { fileId } = await bringOurs(parts, [
    charge(-100n, 'A'),
    charge(-100n),
    charge(-100n),
    charge(-7n, 'Z'),
  ]);
  t.same(await outcomesOf(world.db, told.fileId), ['charge', 'charge']);
  t.same(await outcomesOf(world.db, again.fileId), ['repeated']);
  t.same(await outcomesOf(world.db, fileId), ['repeated', 'repeated', 'charge', 'charge']);
  t.match(await balances(world.db, 0), { 'bank/charges': 307n });
  t.same(await continuities(world.db), ['unknown', 'unknown', 'first']);
});

t.test('the same amount of the same day in other words is doubtful, and no money moves', async (t) => {
  const world = await makeRemitWorld(t);
  const parts = statementParts(world);
  await bringOurs(parts, [charge(-100n, 'A')], { notification: true, id: 'N1' });
  const { fileId } = await bringOurs(parts, [charge(-100n, 'B'), charge(-101n, 'C')]);
  t.same(await outcomesOf(world.db, fileId), ['break', 'charge']);
  t.match(await breaksOf(world.db), [{ kind: 'doubtful-line', ours: { alike: { outcome: 'charge' } } }]);
  t.match(await balances(world.db, 0), { 'bank/charges': 201n });
});

t.test('statements that follow each other repeat nothing; one of the same days does', async (t) => {
  const world = await makeRemitWorld(t);
  const parts = statementParts(world);
  const day = (from: string, sequence: number, opening: bigint, ...bookings: ReturnType<typeof charge>[]) =>
    bringOurs(parts, bookings, { from, sequence, opening });
  await day('2026-11-20', 1, 1000n, charge(-10n));
  await day('2026-11-21', 2, 990n, charge(-10n), charge(-10n));
  const twice = await day('2026-11-21', 2, 990n, charge(-10n), charge(-10n), charge(-10n));
  await day('2026-11-25', 6, 500n, charge(-10n));
  await bringOurs(parts, [charge(-10n, 'early'), charge(-5n, 'x')], {
    from: '2026-11-21',
    to: '2026-11-25',
    opening: 990n,
  });
  t.same(await continuities(world.db), ['first', 'continues', 'overlap', 'gap', 'overlap']);
  t.same(await outcomesOf(world.db, twice.fileId), ['repeated', 'repeated', 'charge']);
});

t.test('pages of one day follow each other by their balances', async (t) => {
  const world = await makeRemitWorld(t);
  const parts = statementParts(world);
  await bringOurs(parts, [charge(-10n)], { opening: 100n, sequence: 1 });
  await bringOurs(parts, [charge(-10n)], { opening: 90n, sequence: 2 });
  await bringOurs(parts, [charge(-10n)], { opening: 80n, sequence: 3 });
  t.same(await continuities(world.db), ['first', 'continues', 'continues']);
  t.match(await balances(world.db, 0), { 'bank/charges': 30n });
});
