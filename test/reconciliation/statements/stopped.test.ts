// The process stops while lines are placed: the lot at hand is placed, nothing is logged as a fault, the rest waits.
import t from 'tap';
import { newId } from '../../../src/kernel/ids.ts';
import { placeStatements } from '../../../src/reconciliation/statements/index.ts';
import { makeRemitWorld } from '../../support/remit-world.ts';
import { bringOurs, linesOf, statementParts } from '../../support/statement-world.ts';

t.test('placing ends behind the lot at hand, and goes on with whoever comes next', async (t) => {
  const world = await makeRemitWorld(t);
  const stopping = new AbortController();
  const whole = statementParts(world);
  const parts = {
    ...whole,
    signal: stopping.signal,
    placeDeposits: async (lines: Parameters<typeof whole.placeDeposits>[0]) => {
      stopping.abort();
      await whole.placeDeposits(lines);
    },
  };
  const bookings = Array.from({ length: 2_400 }, (_, i) => ({
    minor: 1_000n + BigInt(i),
    ref: `FT${i}-${newId(0, 0).slice(0, 8)}`,
    text: 'money of nobody',
  }));
  const { fileId } = await bringOurs(parts, bookings);
  const waiting = async () =>
    (await linesOf(world.db, fileId)).filter(({ outcome }) => outcome === null).length;
  const left = await waiting();
  t.ok(left > 0 && left < bookings.length, `${left} wait`);
  t.strictSame(
    world.lines.filter(({ level }) => level === 'error'),
    [],
  );
  await placeStatements(whole);
  t.equal(await waiting(), 0);
});
