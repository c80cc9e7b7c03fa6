// Bills within the ceilings of a mandate: none divided, none lost, the oldest first.
import fc from 'fast-check';
import t from 'tap';
import { splitDebit, type Collectable } from '../../../src/mandates/planning/split-debit.ts';

const bill = (billNumber: string, dueMinor: bigint, dueOn = '2026-11-30'): Collectable => ({
  billNumber,
  dueMinor,
  dueOn,
});
const names = (bills: readonly Collectable[]): string => bills.map(({ billNumber }) => billNumber).join('');
const told = (
  bills: readonly Collectable[],
  perDebitMinor: bigint,
  leftMinor: bigint,
  over: 'split' | 'hold' = 'split',
) => {
  const { debits, held } = splitDebit(bills, { perDebitMinor, leftMinor, over });
  return {
    debits: debits.map(names),
    held: held.map(({ bill: { billNumber }, why }) => `${billNumber} ${why}`),
  };
};

t.test('within the ceilings', (t) => {
  const bills = [bill('A', 40n), bill('B', 40n), bill('C', 30n)];
  t.same(told(bills, 110n, 110n), { debits: ['ABC'], held: [] }, 'all in one, however many');
  t.same(told(bills, 80n, 1_000n), { debits: ['AB', 'C'], held: [] });
  t.same(told(bills, 40n, 1_000n), { debits: ['A', 'B', 'C'], held: [] });
  t.same(told(bills, 39n, 1_000n), { debits: ['C'], held: ['A per-debit', 'B per-debit'] });
  t.same(
    told(bills, 110n, 79n),
    { debits: ['A'], held: ['B per-month', 'C per-month'] },
    'C would fit, and waits behind B',
  );
  t.same(told(bills, 109n, 1_000n, 'hold'), {
    debits: [],
    held: ['A per-debit', 'B per-debit', 'C per-debit'],
  });
  t.same(told(bills, 110n, 0n), { debits: [], held: ['A per-month', 'B per-month', 'C per-month'] });
  t.same(told([bill('A', 5n, '2026-12-02'), bill('B', 5n, '2026-12-01')], 5n, 5n), {
    debits: ['B'],
    held: ['A per-month'],
  });
  t.same(told([], 1n, 1n), { debits: [], held: [] });
  t.end();
});

t.test('none is lost, divided or collected twice, and no ceiling is passed', (t) => {
  const amount = fc.bigInt({ min: 1n, max: 100n });
  fc.assert(
    fc.property(
      fc.array(amount, { maxLength: 30 }),
      amount,
      fc.bigInt({ min: 0n, max: 1_000n }),
      (amounts, perDebitMinor, leftMinor) => {
        const bills = amounts.map((minor, n) => bill(String(n), minor, `2026-11-${10 + (n % 3)}`));
        const { debits, held } = splitDebit(bills, { perDebitMinor, leftMinor, over: 'split' });
        const sums = debits.map((each) => each.reduce((sum, { dueMinor }) => sum + dueMinor, 0n));
        const all = [...debits.flat(), ...held.map((each) => each.bill)].map(({ billNumber }) => billNumber);
        return (
          sums.every((sum) => sum > 0n && sum <= perDebitMinor) &&
          sums.reduce((total, sum) => total + sum, 0n) <= leftMinor &&
          all.length === bills.length &&
          new Set(all).size === bills.length
        );
      },
    ),
  );
  t.end();
});
