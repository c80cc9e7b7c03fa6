// Parts that add up: a table, and the three laws of the largest-remainder method on random splits.

import fc from 'fast-check';
import t from 'tap';
import { splitByLargestRemainder } from '../../src/kernel/split.ts';

const table: [total: bigint, weights: bigint[], parts: bigint[], why: string][] = [
  [100n, [1n, 1n, 1n], [34n, 33n, 33n], 'equal remainders: the earlier'],
  [10n, [1n, 2n, 7n], [1n, 2n, 7n], 'exact'],
  [7n, [70n, 20n, 10n], [5n, 1n, 1n], 'the largest remainders: 4.9, 1.4, 0.7'],
  [-100n, [1n, 1n, 1n], [-34n, -33n, -33n], 'a reversal mirrors'],
  [5n, [0n, 1n, 0n], [0n, 5n, 0n], 'a zero weight gets nothing'],
  [5n, [0n, 0n], [5n, 0n], 'all zero: the first'],
  [0n, [3n, 4n], [0n, 0n], 'nothing to share'],
  [9n, [1n], [9n], 'alone'],
];

t.test('given a total and weights, expect parts', async (t) => {
  for (const [total, weights, parts, why] of table)
    t.same(splitByLargestRemainder(total, weights), parts, why);
});

t.test('refused', async (t) => {
  t.throws(() => splitByLargestRemainder(1n, []), RangeError);
  t.throws(() => splitByLargestRemainder(1n, [2n, -1n]), RangeError);
});

t.test('the parts add up, and each is its exact share rounded down or up', async () => {
  const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
  const shares = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(amount, shares, (total, weights) => {
      const parts = splitByLargestRemainder(total, weights);
      const sum = weights.reduce((a, b) => a + b, 0n);
      if (parts.length !== weights.length || parts.reduce((a, b) => a + b, 0n) !== total) return false;
      if (sum === 0n) return parts[0] === total;
      return parts.every((part, index) => {
        const error = part * sum - total * (weights[index] ?? 0n);
        return error < sum && -error < sum;
      });
    }),
    { numRuns: 1000 },
  );
});
