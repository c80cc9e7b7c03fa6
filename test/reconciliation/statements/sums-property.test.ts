// Random days of bookings that a bank tells as sums and as parts, early, in the statement, late and again, in any order: in
// the end each has moved its money once.
import fc from 'fast-check';
import t from 'tap';
import { addDays } from '../../../src/kernel/business-date.ts';
import { reconcileAccount } from '../../../src/reconciliation/bank-accounts/reconcile-account.ts';
import type { Booking } from '../../support/bank-statement.ts';
import { makeRemitWorld } from '../../support/remit-world.ts';
import { bringOurs, breaksOf, statementParts } from '../../support/statement-world.ts';

const partsOf = fc.array(fc.bigInt({ min: 1n, max: 4_000n }), { minLength: 1, maxLength: 3 });
const messageOf = fc.record({
  kind: fc.constantFrom('notification', 'statement', 'statement'),
  /** Which bookings it says (a statement all), and which of them as a sum. */
  says: fc.infiniteStream(fc.boolean()),
  sums: fc.infiniteStream(fc.boolean()),
});
const dayOf = fc.record({
  bookings: fc.array(partsOf, { minLength: 1, maxLength: 6 }),
  messages: fc.array(messageOf, { minLength: 1, maxLength: 4 }),
});

for (const seed of [1, 2, 3, 4])
  t.test(`days of seed ${seed}`, async (t) => {
    const world = await makeRemitWorld(t);
    const bank = statementParts(world);
    const [days = []] = fc.sample(fc.array(dayOf, { minLength: 3, maxLength: 5 }), { seed, numRuns: 1 });
    let opening = 1_000_000n;
    for (const [at, { bookings, messages }] of days.entries()) {
      const from = addDays('2026-11-20', at);
      const sum = (minors: readonly bigint[]): bigint => minors.reduce((all, minor) => all + minor, 0n);
      const said = (parts: readonly bigint[], n: number, asSum: boolean): Booking => ({
        minor: sum(parts),
        ref: `B${at}-${n}`,
        ...(!asSum && { parts: parts.map((minor, k) => ({ minor, ref: `P${at}-${n}-${k}`, text: 'x' })) }),
      });
      const all = [...messages, { kind: 'statement', says: [], sums: [] } as const];
      for (const [n, { kind, says, sums }] of all.entries()) {
        const [saying, summing] = [says, sums].map((stream) => stream[Symbol.iterator]());
        const isStatement = kind === 'statement';
        const told = bookings.flatMap((parts, k) => {
          const asSum = summing?.next().value === true;
          return isStatement || saying?.next().value === true ? [said(parts, k, asSum)] : [];
        });
        if (told.length === 0) continue;
        const as = isStatement ? { opening, sequence: at + 1 } : { notification: true };
        await bringOurs(bank, told, { from, id: `M${at}-${n}`, ...as });
      }
      opening += sum(bookings.flat());
    }
    const found = await reconcileAccount(world.db, 'ours-omr');
    const minor = (value: string | undefined): bigint => BigInt((value ?? '0').replace('.', ''));
    t.match(found, { gap: { value: '0.000' }, difference: { value: '0.000' } });
    t.equal(minor(found?.closing?.amount.value), opening);
    t.equal(
      minor(found?.books.value) + minor(found?.unbooked.amount.value) - minor(found?.early.amount.value),
      opening - 1_000_000n,
      'once, and all of it',
    );
    const doubts = (await breaksOf(world.db)).filter(({ kind }) => kind === 'doubtful-line').length;
    if (doubts === 0) t.match(found, { unbooked: { count: 0 }, early: { count: 0 } });
    t.comment(`${doubts} doubtful lines, ${found?.unbooked.count} not booked`);
  });
