// Percentiles from counts, against the values that were counted.
import fc from 'fast-check';
import t from 'tap';
import { bucketOf, LIMITS, NO_LIMIT, percentile } from '../../../src/settlement/reports/buckets.ts';
import { ServiceCounts } from '../../../src/settlement/reports/service-counts.ts';

t.test('a percentile lies in the bucket of the value that it stands for', async (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 4_000_000 }), { minLength: 1, maxLength: 200 }),
      fc.constantFrom(0.5, 0.95, 0.99),
      (values, share) => {
        const counts = new Map<number, bigint>();
        for (const value of values) counts.set(bucketOf(value), (counts.get(bucketOf(value)) ?? 0n) + 1n);
        const sorted = [...values].sort((a, b) => a - b);
        const exact = sorted[Math.max(0, Math.ceil(values.length * share) - 1)] ?? 0;
        const found = percentile(counts, share) ?? -1;
        const limit = bucketOf(exact);
        const floor =
          limit === NO_LIMIT
            ? 3_600_000
            : (LIMITS[LIMITS.indexOf(limit as (typeof LIMITS)[number]) - 1] ?? 0);
        return found >= floor && found <= limit;
      },
    ),
  );
  t.equal(percentile(new Map(), 0.5), null);
});

t.test('counts are taken once, and what is given back is counted again', async (t) => {
  const counts = new ServiceCounts();
  counts.add(1, 'pay', 'ok', 3.4);
  counts.add(1, 'pay', 'ok', 4);
  counts.add(1, 'pay', 'underpayment', 7);
  const taken = counts.take();
  t.same(taken, [
    { billerId: 1, operation: 'pay', outcome: 'ok', bucket: 5, answers: 2 },
    { billerId: 1, operation: 'pay', outcome: 'underpayment', bucket: 10, answers: 1 },
  ]);
  t.same(counts.take(), []);
  counts.add(1, 'pay', 'ok', 5);
  counts.giveBack(taken);
  t.equal(counts.take()[0]?.answers, 3);
});
