// The table against ISO 4217 list one, where it differs from what Intl believes above all.

import t from 'tap';
import { currencyCodes, exponentOf, numericOf } from '../../src/kernel/currencies.ts';

const known: [code: string, exponent: number | undefined, numeric: number | undefined][] = [
  ['OMR', 3, 512],
  ['KWD', 3, 414],
  ['BHD', 3, 48],
  ['JOD', 3, 400],
  ['TND', 3, 788],
  ['LYD', 3, 434],
  ['IQD', 3, 368],
  ['QAR', 2, 634],
  ['DZD', 2, 12],
  ['EGP', 2, 818],
  ['SAR', 2, 682],
  ['MGA', 2, 969],
  ['LBP', 2, 422],
  ['IRR', 2, 364],
  ['XCG', 2, 532],
  ['JPY', 0, 392],
  ['KRW', 0, 410],
  ['XOF', 0, 952],
  ['CLF', 4, 990],
  ['UYW', 4, 927],
  // Not, or no longer, a currency of list one that someone can owe.
  ['ANG', undefined, undefined],
  ['BGN', undefined, undefined],
  ['XAU', undefined, undefined],
  ['XXX', undefined, undefined],
  ['omr', undefined, undefined],
  ['', undefined, undefined],
  ['toString', undefined, undefined],
];

t.test('exponent and number of a code', async (t) => {
  for (const [code, exponent, numeric] of known) {
    t.equal(exponentOf(code), exponent, `exponent of "${code}"`);
    t.equal(numericOf(code), numeric, `number of "${code}"`);
  }
});

t.test('165 codes, each with its own number, in order', async (t) => {
  const codes = currencyCodes();
  t.equal(codes.length, 165);
  t.same(codes, [...new Set(codes)].sort());
  t.ok(codes.every((code) => /^[A-Z]{3}$/.test(code)));
  const numbers = codes.map((code) => numericOf(code) ?? 0);
  t.equal(new Set(numbers).size, codes.length);
  t.ok(numbers.every((number) => number > 0 && number < 1000));
});
