// What of a batch goes to which account, to the last unit, whatever the days were like.
import fc from 'fast-check';
import t from 'tap';
import type { Split } from '../../../src/settlement/index.ts';
import { endToEndId } from '../../../src/settlement/remittances/end-to-end-id.ts';
import { splitNet } from '../../../src/settlement/remittances/split-net.ts';

const units = (nets: Record<string, bigint>): Split[] =>
  Object.entries(nets).map(([key, netMinor]) => ({ dimension: 'unit', key, netMinor }) as Split);

/** cairo → egypt; maadi → cairo; giza → egypt. */
const PARENTS = new Map([
  ['cairo', 'egypt'],
  ['maadi', 'cairo'],
  ['giza', 'egypt'],
]);

const cases = [
  { says: 'nothing', nets: {}, remitted: 0n, accounts: [''], parts: {} },
  { says: 'the biller alone', nets: { '': 5n }, remitted: 5n, accounts: [''], parts: { '': 5n } },
  {
    says: 'the nearest ancestor',
    nets: { maadi: 7n, giza: 2n },
    remitted: 9n,
    accounts: ['', 'cairo'],
    parts: { '': 2n, cairo: 7n },
  },
  { says: 'no account anywhere', nets: { maadi: 7n }, remitted: 7n, accounts: [], parts: { '': 7n } },
  { says: 'an unknown unit', nets: { atlantis: 7n }, remitted: 7n, accounts: ['cairo'], parts: { '': 7n } },
  {
    says: 'carried by all in proportion',
    nets: { cairo: 60n, '': 40n },
    remitted: 50n,
    accounts: ['cairo'],
    parts: { '': 20n, cairo: 30n },
  },
  {
    says: 'the largest remainder',
    nets: { cairo: 2n, '': 1n },
    remitted: 2n,
    accounts: ['cairo'],
    parts: { '': 1n, cairo: 1n },
  },
  {
    says: 'a unit below zero',
    nets: { cairo: -10n, '': 40n },
    remitted: 30n,
    accounts: ['cairo'],
    parts: { '': 30n },
  },
  { says: 'less than nothing', nets: { '': -5n }, remitted: 0n, accounts: [''], parts: {} },
] as const;

t.test('each case', async (t) => {
  for (const { says, nets, remitted, accounts, parts } of cases) {
    const split = splitNet(remitted, units(nets), PARENTS, new Set(accounts));
    t.same(Object.fromEntries(split.map((part) => [part.unit, part.amountMinor])), parts, says);
  }
});

t.test('a tree that goes in a circle ends at the biller', async (t) => {
  const circle = new Map([
    ['a', 'b'],
    ['b', 'a'],
  ]);
  t.same(splitNet(3n, units({ a: 3n }), circle, new Set()), [{ unit: '', amountMinor: 3n }]);
});

t.test('the parts are the batch, and none is nothing', async () => {
  const net = fc.bigInt({ min: -1_000_000n, max: 10n ** 13n });
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('', 'cairo', 'maadi', 'giza', 'egypt', 'x'), net),
      fc.subarray(['', 'cairo', 'giza', 'egypt']),
      fc.bigInt({ min: 0n, max: 100n }),
      (nets, accounts, percentOff) => {
        const gross = Object.values(nets).reduce((sum, each) => sum + each, 0n);
        const remitted = gross <= 0n ? 0n : gross - (gross * percentOff) / 100n;
        const parts = splitNet(remitted, units(nets), PARENTS, new Set(accounts));
        return (
          parts.reduce((sum, part) => sum + part.amountMinor, 0n) === remitted &&
          parts.every((part) => part.amountMinor > 0n && (part.unit === '' || accounts.includes(part.unit)))
        );
      },
    ),
  );
});

t.test('an end-to-end id is that of its batch, unit and attempt', async (t) => {
  const id = '019aab00-0000-0001-0000-000000000000';
  t.match(endToEndId(id, '', 0), /^W[0-9A-Z]{14}0$/);
  t.equal(endToEndId(id, '', 0), endToEndId(id, '', 0));
  t.not(endToEndId(id, '', 0), endToEndId(id, 'cairo', 0));
  t.equal(
    endToEndId(id, '', 1).slice(0, 15),
    endToEndId(id, '', 0).slice(0, 15),
    'attempts differ in a digit',
  );
  t.throws(() => endToEndId(id, '', 10), RangeError);
});
