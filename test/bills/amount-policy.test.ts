// Which amounts a bill takes, policy by policy.

import fc from 'fast-check';
import t from 'tap';
import { checkAmount, type AmountBounds } from '../../src/bills/index.ts';
import type { AmountPolicy } from '../../src/billers/index.ts';

const FIXED: AmountBounds = { currency: 'OMR', minMinor: null, maxMinor: null, stepMinor: null };
const omr = (value: string): { value: string; currency: string } => ({ value, currency: 'OMR' });

t.test('a fixed amount, 125.500 due', async (t) => {
  const due = { amountDue: omr('125.500') };
  const under = { code: 'underpayment', facts: due };
  const over = { code: 'overpayment', facts: due };
  const table: [AmountPolicy, bigint, unknown][] = [
    ['exact', 125_499n, under],
    ['exact', 125_500n, undefined],
    ['exact', 125_501n, over],
    ['at-least', 125_499n, under],
    ['at-least', 125_500n, undefined],
    ['at-least', 999_000n, undefined],
    ['between', 125_499n, under],
    ['between', 125_500n, undefined],
    ['between', 125_501n, over],
  ];
  for (const [policy, tendered, expected] of table) {
    t.same(checkAmount(policy, FIXED, tendered, 125_500n), expected, `${policy} ${tendered}`);
  }
});

t.test('an open amount, whatever the policy', async (t) => {
  const bounded = { currency: 'OMR', minMinor: 5_000n, maxMinor: 20_000n, stepMinor: 2_500n };
  const noTop = { ...bounded, maxMinor: null, stepMinor: null };
  const free = { ...noTop, minMinor: 0n };
  const out = {
    code: 'amount-out-of-range',
    facts: { min: omr('5.000'), max: omr('20.000'), step: omr('2.500') },
  };
  const table: [AmountBounds, bigint, unknown][] = [
    [bounded, 4_999n, out],
    [bounded, 5_000n, undefined],
    [bounded, 5_001n, out],
    [bounded, 7_500n, undefined],
    [bounded, 20_000n, undefined],
    [bounded, 22_500n, out],
    [bounded, 0n, out],
    [noTop, 4_999n, { code: 'amount-out-of-range', facts: { min: omr('5.000') } }],
    [noTop, 5_001n, undefined],
    [free, 0n, { code: 'amount-out-of-range', facts: { min: omr('0.000') } }],
    [free, 1n, undefined],
  ];
  for (const policy of ['exact', 'at-least', 'between'] as const) {
    for (const [bill, tendered, expected] of table) {
      t.same(
        checkAmount(policy, bill, tendered, null),
        expected,
        `${policy} ${tendered} of ${bill.minMinor}`,
      );
    }
  }
});

t.test('no policy ever takes less than is due', async () => {
  const policy = fc.constantFrom<AmountPolicy>('exact', 'at-least', 'between');
  const maybe = fc.option(fc.bigInt(0n, 10n ** 6n));
  const bill = fc.record({
    currency: fc.constant('OMR'),
    minMinor: maybe,
    maxMinor: maybe,
    stepMinor: maybe,
  });
  fc.assert(
    fc.property(
      policy,
      bill,
      fc.bigInt(1n, 10n ** 15n),
      fc.bigInt(1n, 10n ** 15n),
      (of, bounds, due, tendered) => {
        const refusal = checkAmount(of, bounds, tendered, due);
        if (tendered < due) return refusal?.code === 'underpayment';
        return refusal === undefined ? tendered === due || of === 'at-least' : refusal.code === 'overpayment';
      },
    ),
  );
});
