// Fees and commissions, given and expected, and what holds for every tariff: all parts add up to the whole.

import fc from 'fast-check';
import t from 'tap';
import {
  commissionFor,
  compileTerms,
  feeFor,
  type Fee,
  type FeeLine,
  type Terms,
} from '../../src/channels/index.ts';
import { exponentOf } from '../../src/kernel/currencies.ts';
import { formatMinor } from '../../src/kernel/money.ts';

type Given = Partial<Terms> & { currency?: string };
type Expected = [fee: bigint, billerFee: bigint, payerTax: bigint, billerTax: bigint, perBill: bigint[]];

function fee(
  { currency = 'OMR', ...terms }: Given,
  amounts: bigint[],
  how: Partial<Parameters<typeof feeFor>[0]> = {},
): Fee {
  const bills = amounts.map((amountMinor) => ({ amountMinor }));
  const compiled = compileTerms({ route: 'via-operator', ...terms }, currency);
  return feeFor({ terms: compiled, method: 'cash', date: '2026-11-22', bills, ...how });
}

function parts(of: Fee): Expected {
  return [of.feeMinor, of.billerFeeMinor, of.payerTaxMinor, of.billerTaxMinor, [...of.perBillMinor]];
}

const PAYER = { per: 'payment', bearer: 'payer' } as const;
const EACH = { per: 'bill', bearer: 'payer' } as const;

t.test('given a tariff and bills, the fee is', async (t) => {
  const table: [what: string, Given, bigint[], Expected][] = [
    ['no line', {}, [10_000n], [0n, 0n, 0n, 0n, [0n]]],
    ['no line, many bills', {}, [1n, 2n, 3n], [0n, 0n, 0n, 0n, [0n, 0n, 0n]]],
    ['flat', { fees: [{ ...PAYER, flat: '0.500' }] }, [10_000n], [500n, 0n, 0n, 0n, [500n]]],
    ['percent, half up', { fees: [{ ...PAYER, percent: '1.25' }] }, [10_040n], [126n, 0n, 0n, 0n, [126n]]],
    ['both', { fees: [{ ...PAYER, flat: '0.100', percent: '1' }] }, [10_000n], [200n, 0n, 0n, 0n, [200n]]],
    ['minimum', { fees: [{ ...PAYER, percent: '1', min: '0.300' }] }, [10_000n], [300n, 0n, 0n, 0n, [300n]]],
    ['maximum', { fees: [{ ...PAYER, percent: '1', max: '0.050' }] }, [10_000n], [50n, 0n, 0n, 0n, [50n]]],
    [
      'borne by the biller',
      { fees: [{ ...PAYER, flat: '0.500', bearer: 'biller' }] },
      [10_000n],
      [0n, 500n, 0n, 0n, [0n]],
    ],
    [
      'shared, the payer rounded down',
      { fees: [{ ...PAYER, flat: '0.101', bearer: 'shared', payerPercent: '50' }] },
      [10_000n],
      [50n, 51n, 0n, 0n, [50n]],
    ],
    [
      'tax on top and inside',
      { taxPercent: '5', fees: [{ ...PAYER, flat: '0.500' }] },
      [10_000n],
      [525n, 0n, 25n, 0n, [525n]],
    ],
    [
      'bounds are before tax',
      { taxPercent: '5', fees: [{ ...PAYER, percent: '1', max: '0.050' }] },
      [10_000n],
      [53n, 0n, 3n, 0n, [53n]],
    ],
    [
      'fee and tax are rounded together, once', // 0.4 + 0.06 of a unit: apart they would be nothing and nothing
      { taxPercent: '50', fees: [{ ...PAYER, percent: '0.4' }] },
      [100n],
      [1n, 0n, 0n, 0n, [1n]],
    ],
    [
      'shared with tax',
      {
        taxPercent: '19',
        currency: 'DZD',
        fees: [{ ...PAYER, flat: '10.00', bearer: 'shared', payerPercent: '33' }],
      },
      [500_00n],
      [392n, 798n, 63n, 127n, [392n]],
    ],
    [
      'per bill: each is rounded',
      { fees: [{ ...EACH, percent: '0.5' }] },
      [100n, 100n, 99n],
      [2n, 0n, 0n, 0n, [1n, 1n, 0n]],
    ],
    [
      'per payment: the sum is rounded',
      { fees: [{ ...PAYER, percent: '0.5' }] },
      [100n, 100n, 99n],
      [1n, 0n, 0n, 0n, [1n, 0n, 0n]],
    ],
    [
      'per payment: split by amount',
      { fees: [{ ...PAYER, flat: '0.100' }] },
      [1n, 1n, 1n],
      [100n, 0n, 0n, 0n, [34n, 33n, 33n]],
    ],
    [
      'currency without decimals',
      { currency: 'JPY', fees: [{ ...PAYER, flat: '110' }] },
      [5000n],
      [110n, 0n, 0n, 0n, [110n]],
    ],
    [
      'bands, both ends included',
      {
        fees: [
          { ...EACH, to: '10.000', flat: '0.100' },
          { ...EACH, from: '10.001', to: '20.000', flat: '0.200' },
        ],
      },
      [10_000n, 10_001n, 20_000n, 20_001n],
      [500n, 0n, 0n, 0n, [100n, 200n, 200n, 0n]],
    ],
    [
      'the first line that applies is the one',
      {
        fees: [
          { ...EACH, flat: '0.100' },
          { ...EACH, flat: '0.900' },
        ],
      },
      [10_000n],
      [100n, 0n, 0n, 0n, [100n]],
    ],
    [
      'per payment: the band looks at the sum',
      {
        fees: [
          { ...PAYER, from: '20.000', flat: '0.100' },
          { ...PAYER, flat: '0.900' },
        ],
      },
      [10_000n, 10_000n],
      [100n, 0n, 0n, 0n, [50n, 50n]],
    ],
    [
      'bills that a line has taken are not in the sum of a later one',
      {
        fees: [
          { ...EACH, to: '5.000', flat: '0.010' },
          { ...PAYER, percent: '1' },
        ],
      },
      [5_000n, 10_000n, 20_000n],
      [310n, 0n, 0n, 0n, [10n, 100n, 200n]],
    ],
  ];
  for (const [what, given, amounts, expected] of table) {
    const of = fee(given, amounts);
    t.same(parts(of), expected, what);
    t.equal(of.taxMinor, of.payerTaxMinor + of.billerTaxMinor, what);
  }
});

t.test('a line is for its methods, outlets and dates', async (t) => {
  const line: FeeLine = { ...PAYER, flat: '0.100' };
  const table: [Partial<FeeLine>, Parameters<typeof fee>[2], bigint][] = [
    [{ methods: ['card'] }, { method: 'cash' }, 0n],
    [{ methods: ['card', 'cash'] }, { method: 'cash' }, 100n],
    [{ outletKinds: ['kiosk'] }, { outletKind: 'kiosk' }, 100n],
    [{ outletKinds: ['kiosk'] }, { outletKind: 'atm' }, 0n],
    [{ outletKinds: ['kiosk'] }, {}, 0n],
    [{}, {}, 100n],
    [{ validFrom: '2026-11-22' }, {}, 100n],
    [{ validFrom: '2026-11-23' }, {}, 0n],
    [{ validTo: '2026-11-22' }, {}, 100n],
    [{ validTo: '2026-11-21' }, {}, 0n],
  ];
  for (const [more, how, expected] of table) {
    t.equal(
      fee({ fees: [{ ...line, ...more }] }, [10_000n], how).feeMinor,
      expected,
      JSON.stringify([more, how]),
    );
  }
});

t.test('commission: of the sum, by the first line that applies, half up', async (t) => {
  const commission = (lines: Terms['commission'], amounts: bigint[]): bigint =>
    commissionFor({
      terms: compileTerms({ route: 'via-operator', commission: lines, taxPercent: '5' }, 'OMR'),
      method: 'cash',
      date: '2026-11-22',
      bills: amounts.map((amountMinor) => ({ amountMinor })),
    });
  t.equal(commission(undefined, [10_000n]), 0n);
  t.equal(commission([{ flat: '0.050', percent: '0.5' }], [5_050n, 5_050n]), 101n);
  t.equal(commission([{ percent: '1', max: '0.030' }], [5_000n]), 30n);
  t.equal(commission([{ from: '10.000', flat: '0.900' }, { flat: '0.020' }], [5_000n, 4_999n]), 20n);
  t.equal(commission([{ methods: ['card'], flat: '0.900' }], [5_000n]), 0n);
});

t.test('terms with amounts of another currency are not compiled', async (t) => {
  const terms: Terms = { route: 'direct', fees: [{ ...PAYER, flat: '0.500' }] };
  t.throws(() => compileTerms(terms, 'DZD'), { message: 'tariff amount 0.500 is no amount of DZD' });
});

const percent = fc
  .tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 999_999 }))
  .map(([whole, rest]) => `${whole}.${String(rest).padStart(6, '0')}`);

/** Tariffs in a currency's own scale, with the terms and bills to try them on. */
const cases = fc.constantFrom('OMR', 'DZD', 'JPY').chain((currency) => {
  const amount = fc
    .bigInt(0n, 10n ** BigInt(3 + (exponentOf(currency) ?? 0)))
    .map((minor) => formatMinor(minor, currency));
  const line = fc.record(
    {
      per: fc.constantFrom('bill' as const, 'payment' as const),
      bearer: fc.constantFrom('payer' as const, 'biller' as const, 'shared' as const),
      payerPercent: percent,
      flat: amount,
      percent,
      from: amount,
      to: amount,
      min: amount,
      max: amount,
    },
    { requiredKeys: ['per', 'bearer', 'payerPercent'] },
  );
  return fc.record({
    currency: fc.constant(currency),
    fees: fc.array(line, { maxLength: 4 }),
    taxPercent: fc.option(percent, { nil: undefined }),
    amounts: fc.array(fc.bigInt(1n, 10n ** 8n), { minLength: 1, maxLength: 6 }),
  });
});

t.test('every part adds up to the whole, in every currency', async (t) => {
  fc.assert(
    fc.property(cases, ({ amounts, ...given }) => {
      const of = fee(given, amounts);
      t.equal(
        of.perBillMinor.reduce((a, b) => a + b, 0n),
        of.feeMinor,
        'the bills’ fees are the fee',
      );
      t.equal(of.payerTaxMinor + of.billerTaxMinor, of.taxMinor);
      t.ok(of.payerTaxMinor >= 0n && of.payerTaxMinor <= of.feeMinor, 'the tax is inside');
      t.ok(of.billerTaxMinor >= 0n && of.billerTaxMinor <= of.billerFeeMinor, 'the tax is inside');
      t.equal(of.perBillMinor.length, amounts.length);
    }),
    { numRuns: 300 },
  );
});

t.test('who bears it changes no total, and its tax is the agreed share to the unit', async (t) => {
  fc.assert(
    fc.property(cases, ({ amounts, ...given }) => {
      const [first] = given.fees;
      fc.pre(first !== undefined);
      const line = { ...first, per: 'payment', from: undefined, to: undefined } as const;
      const borne = (['payer', 'biller', 'shared'] as const).map((bearer) =>
        fee({ ...given, fees: [{ ...line, bearer }] }, amounts),
      );
      const [all] = borne;
      const gross = all?.feeMinor ?? 0n;
      const rate = BigInt((given.taxPercent ?? '0.000000').replace('.', ''));
      for (const of of borne) {
        t.equal(of.feeMinor + of.billerFeeMinor, gross);
        t.equal(of.taxMinor, all?.taxMinor);
        const offBy = of.taxMinor * (100_000_000n + rate) - gross * rate;
        t.ok(
          2n * (offBy < 0n ? -offBy : offBy) <= 100_000_000n + rate,
          'at most half a unit from the exact tax',
        );
      }
    }),
    { numRuns: 200 },
  );
});

t.test('without tax, minimum and maximum hold to the unit', async (t) => {
  fc.assert(
    fc.property(
      fc.bigInt(0n, 500n),
      fc.bigInt(0n, 500n),
      percent,
      fc.bigInt(1n, 10n ** 6n),
      (least, more, rate, amount) => {
        const [min, max] = [formatMinor(least, 'OMR'), formatMinor(least + more, 'OMR')];
        const { feeMinor } = fee({ fees: [{ ...PAYER, percent: rate, min, max }] }, [amount]);
        t.ok(feeMinor >= least && feeMinor <= least + more);
      },
    ),
  );
});
