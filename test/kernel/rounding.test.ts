// Rounding: a table for the reader, and the definition of each mode checked on random fractions.

import fc from 'fast-check';
import t from 'tap';
import { divideRounded, percentOf } from '../../src/kernel/rounding.ts';
import type { Rounding } from '../../src/kernel/rounding.ts';

const modes: Rounding[] = ['half-up', 'half-even', 'up', 'down'];

// minor, percent → in the order of the modes above
const table: [minor: bigint, percent: string, expected: bigint[]][] = [
  [100n, '2.5', [3n, 2n, 3n, 2n]],
  [300n, '2.5', [8n, 8n, 8n, 7n]],
  [-100n, '2.5', [-3n, -2n, -3n, -2n]],
  [100_000n, '0', [0n, 0n, 0n, 0n]],
  [125_500n, '100', [125_500n, 125_500n, 125_500n, 125_500n]],
  [333n, '1', [3n, 3n, 4n, 3n]],
  [366n, '1', [4n, 4n, 4n, 3n]],
  [1n, '0.000001', [0n, 0n, 1n, 0n]],
  [50_000_000n, '0.000001', [1n, 0n, 1n, 0n]],
  [10n ** 15n, '999999.999999', Array.from({ length: 4 }, () => 9_999_999_999_990_000_000n)],
];

t.test('percent of an amount', async (t) => {
  for (const [minor, percent, expected] of table) {
    t.same(
      modes.map((mode) => percentOf(minor, percent, mode)),
      expected,
      `${percent} % of ${minor}`,
    );
  }
  t.equal(percentOf(100n, '2.5'), 3n, 'half-up unless said otherwise');
});

t.test('what is no percentage is refused', async (t) => {
  for (const percent of [
    '',
    '.5',
    '5.',
    '-1',
    '+1',
    '1e2',
    '1.1234567',
    '1000000',
    '01',
    ' 1',
    '1,5',
    'NaN',
  ]) {
    t.throws(() => percentOf(100n, percent), RangeError, `"${percent}"`);
  }
  t.throws(() => divideRounded(1n, 0n, 'up'), RangeError);
});

t.test('each mode does what its name says', async () => {
  const numerator = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
  const denominator = fc.bigInt({ min: 1n, max: 10n ** 9n });
  fc.assert(
    fc.property(numerator, denominator, fc.constantFrom(...modes), (n, d, mode) => {
      const result = divideRounded(n, d, mode);
      // The exact value lies between the neighbours of the result; the error is kept as a fraction over d.
      const error = result * d - n;
      const outward = n < 0n ? -error : error;
      if (mode === 'up') return outward >= 0n && outward < d;
      if (mode === 'down') return outward <= 0n && -outward < d;
      if (2n * outward === d) return mode === 'half-up' || result % 2n === 0n;
      if (-2n * outward === d) return mode === 'half-even' && result % 2n === 0n;
      return 2n * outward < d && -2n * outward < d;
    }),
    { numRuns: 2000 },
  );
});

t.test('halves in particular', async () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), (whole) => {
      const half = 2n * whole + 1n;
      const even = whole % 2n === 0n ? whole : whole + 1n;
      return (
        divideRounded(half, 2n, 'half-up') === whole + 1n && divideRounded(half, 2n, 'half-even') === even
      );
    }),
  );
});

t.test('a percentage is the fraction that its text says', async () => {
  const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
  fc.assert(
    fc.property(
      amount,
      fc.bigInt({ min: 0n, max: 10n ** 9n }),
      fc.constantFrom(...modes),
      (minor, millionths, mode) => {
        const fraction = (millionths % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '');
        const percent = `${millionths / 1_000_000n}${fraction === '' ? '' : `.${fraction}`}`;
        return percentOf(minor, percent, mode) === divideRounded(minor * millionths, 100_000_000n, mode);
      },
    ),
  );
});
