// Whose account takes the money of a unit: the nearest on the way up the tree.

import fc from 'fast-check';
import t from 'tap';
import { accountFor } from '../../../src/billers/bank/index.ts';

const UNITS = [
  { code: 'cairo' },
  { code: 'cairo/maadi', parent: 'cairo' },
  { code: 'cairo/maadi/south', parent: 'cairo/maadi' },
  { code: 'giza' },
];

t.test('given accounts and a unit, expect whose', async (t) => {
  const table: [accounts: string[], unit: string, expected: string | undefined][] = [
    [[''], '', ''],
    [[''], 'giza', ''],
    [['', 'cairo'], 'cairo/maadi/south', 'cairo'],
    [['', 'cairo', 'cairo/maadi'], 'cairo/maadi/south', 'cairo/maadi'],
    [['', 'cairo/maadi'], 'cairo', ''],
    [['', 'cairo'], 'giza', ''],
    [['cairo'], 'giza', undefined],
    [['cairo'], '', undefined],
    [['', 'nowhere'], 'nowhere', ''],
    [[], 'cairo', undefined],
  ];
  for (const [units, unit, expected] of table) {
    const accounts = units.map((of) => ({ unit: of }));
    t.equal(accountFor(UNITS, accounts, unit)?.unit, expected, `${unit} among ${units.join()}`);
  }
});

t.test('a circle that nobody should have made ends with the biller', async (t) => {
  const circle = [
    { code: 'a', parent: 'b' },
    { code: 'b', parent: 'a' },
  ];
  t.equal(accountFor(circle, [{ unit: '' }], 'a')?.unit, '');
});

t.test('with an account of the biller every unit has one, its own or an ancestor’s', async () => {
  const codes = fc.constantFrom(...UNITS.map(({ code }) => code));
  fc.assert(
    fc.property(fc.uniqueArray(codes), codes, (own, unit) => {
      const found = accountFor(UNITS, [{ unit: '' }, ...own.map((of) => ({ unit: of }))], unit);
      return found !== undefined && (found.unit === '' || `${unit}/`.startsWith(`${found.unit}/`));
    }),
  );
});
