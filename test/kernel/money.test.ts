// Money between minor units and decimal strings: exactly the currency's scale, nothing repaired.

import fc from 'fast-check';
import t from 'tap';
import { currencyCodes } from '../../src/kernel/currencies.ts';
import { add, formatMinor, LARGEST_MINOR, money, parseMinor, toText } from '../../src/kernel/money.ts';

const anyCurrency = fc.constantFrom(...currencyCodes());

t.test('parse and format are each other’s inverse in every currency', async () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: LARGEST_MINOR - 1n }), anyCurrency, (minor, currency) => {
      const text = formatMinor(minor, currency);
      return (
        parseMinor(text, currency) === minor &&
        formatMinor(parseMinor(text, currency) ?? -1n, currency) === text
      );
    }),
  );
});

t.test('what parses is written back as it was', async () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{1,6}(\.[0-9]{0,4})?$/), anyCurrency, (text, currency) => {
      const minor = parseMinor(text, currency);
      return minor === undefined || formatMinor(minor, currency) === text;
    }),
  );
});

const parsing: [value: string, currency: string, minor: bigint | undefined][] = [
  ['125.500', 'OMR', 125_500n],
  ['0.001', 'OMR', 1n],
  ['125.50', 'OMR', undefined],
  ['125.5000', 'OMR', undefined],
  ['125', 'OMR', undefined],
  ['0.00', 'DZD', 0n],
  ['1000.00', 'DZD', 100_000n],
  ['500', 'JPY', 500n],
  ['500.', 'JPY', undefined],
  ['1.2345', 'CLF', 12_345n],
  ['01.00', 'DZD', undefined],
  ['-1.00', 'DZD', undefined],
  ['+1.00', 'DZD', undefined],
  [' 1.00', 'DZD', undefined],
  ['1,00', 'DZD', undefined],
  ['.50', 'DZD', undefined],
  ['1e2', 'JPY', undefined],
  ['١٢.٠٠', 'DZD', undefined],
  ['1.00', 'ZZZ', undefined],
  ['1000000000000.000', 'OMR', LARGEST_MINOR],
  ['1000000000000.001', 'OMR', undefined],
  ['', 'OMR', undefined],
];

t.test('given a text and a currency, expect minor units or nothing', async (t) => {
  for (const [value, currency, minor] of parsing)
    t.equal(parseMinor(value, currency), minor, `${value} ${currency}`);
});

t.test('negative amounts keep their sign when written', async (t) => {
  t.equal(formatMinor(-5n, 'OMR'), '-0.005');
  t.equal(formatMinor(-500n, 'JPY'), '-500');
  t.same(toText(money(125_500n, 'OMR')), { value: '125.500', currency: 'OMR' });
});

t.test('currencies do not mix', async (t) => {
  t.same(add(money(1n, 'OMR'), money(2n, 'OMR')), money(3n, 'OMR'));
  t.throws(() => add(money(1n, 'OMR'), money(2n, 'QAR')), { message: /QAR/ });
});
