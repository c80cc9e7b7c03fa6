// ISO 11649 with published references, good and bad, and its promise about errors.

import fc from 'fast-check';
import t from 'tap';
import { isCreditorReference, makeCreditorReference } from '../../src/kernel/creditor-reference.ts';
import { mod97 } from '../../src/kernel/mod97.ts';

const published = [
  'RF18539007547034',
  'RF18000000000539007547034',
  'RF712348231',
  'RF45G72UUR',
  'RF6518K5',
  'RF485000056789012345',
];

t.test('published references', async (t) => {
  for (const reference of published) {
    t.equal(isCreditorReference(reference), true, reference);
    t.equal(makeCreditorReference(reference.slice(4)), reference);
  }
});

t.test('not creditor references', async (t) => {
  for (const text of [
    'RF35C4',
    'RF214377',
    'RF19539007547034',
    'rf18539007547034',
    'RF18 5390 0754 7034',
    'RF18',
    'RF',
    '',
    '539007547034',
    `${makeCreditorReference('A'.repeat(21))}A`,
  ]) {
    t.equal(isCreditorReference(text), false, JSON.stringify(text));
  }
});

t.test('aliases of the check digits are refused though they leave remainder 1', async (t) => {
  const withCheck02 = Array.from({ length: 200 }, (_, n) => makeCreditorReference(String(n))).find((r) =>
    r.startsWith('RF02'),
  );
  const alias = `RF99${withCheck02?.slice(4)}`;
  t.equal(mod97(`${alias.slice(4)}RF99`), 1);
  t.equal(isCreditorReference(alias), false);
});

t.test('bodies refused', async (t) => {
  for (const body of ['', 'A'.repeat(22), 'a', 'A B', 'A-1', 'É', '١']) {
    t.throws(() => makeCreditorReference(body), RangeError, JSON.stringify(body));
  }
  t.equal(mod97('a'), undefined);
});

t.test('a wrong digit or two exchanged digits are found', async () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[0-9]{2,21}$/),
      fc.nat(),
      fc.integer({ min: 1, max: 9 }),
      (body, place, shift) => {
        const right = makeCreditorReference(body);
        const at = 4 + (place % (body.length - 1));
        const wrong = right.slice(0, at) + ((Number(right[at]) + shift) % 10) + right.slice(at + 1);
        const exchanged = `${right.slice(0, at)}${right[at + 1]}${right[at]}${right.slice(at + 2)}`;
        return (
          isCreditorReference(right) &&
          !isCreditorReference(wrong) &&
          (exchanged === right || !isCreditorReference(exchanged))
        );
      },
    ),
    { numRuns: 1000 },
  );
});
