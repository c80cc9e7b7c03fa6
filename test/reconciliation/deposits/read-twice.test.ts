// Texts that can be read in two ways: the number of one bill and an amount, a page or a day behind it, or the number of
// another. Nobody's bill is paid by a guess.
import t from 'tap';
import { depositWorld } from '../../support/deposits.ts';
import { addBills } from '../../support/world.ts';

t.test('a number with something behind it is not a longer number', async (t) => {
  const { db, deposit } = await depositWorld(t);
  await addBills(db, 'om', [
    { number: 'INV-12', amount: '25.500', payer: 'A' },
    { number: 'INV-1225', amount: '9.000', payer: 'B' },
    { number: 'OM-2026-000001', amount: '10.000', payer: 'A' },
    { number: 'OM-2026-0000012', amount: '7.000', payer: 'B' },
  ]);
  const told = await deposit(
    { text: 'INV-12 25.500', amount: '25.500' },
    { text: 'OM-2026-000001/2', amount: '10.000' },
    { text: 'OM-2026-000001/2', amount: '17.000' },
  );
  for (const { outcome, breaks } of told) {
    t.equal(outcome, 'suspense');
    t.same(breaks, ['unplaced-deposit several']);
  }
  const [clear] = await deposit({ text: 'OM 2026 0000012', amount: '7.000' });
  t.same(clear?.parts, ['deposit om-social 7000 accepted OM-2026-0000012=7000']);
});

t.test('a number in which the other ends at its own joint is the longer one', async (t) => {
  const { db, deposit } = await depositWorld(t);
  await addBills(db, 'om', [
    { number: 'E-10001', amount: '3.000', payer: 'E-10001' },
    { number: 'E-10001-07', amount: '4.000', payer: 'E-10001' },
  ]);
  const [told] = await deposit({ text: 'E-10001-07', amount: '4.000' });
  t.same(told?.parts, ['deposit om-social 4000 accepted E-10001-07=4000']);
});

t.test(
  'what a bill is dated, and what it comes to, is not its number unless it is due exactly this',
  async (t) => {
    const { db, deposit } = await depositWorld(t);
    await addBills(db, 'om', [
      { number: '22112026', amount: '6.000' },
      { number: '125', amount: '3.000' },
      { number: '417', amount: '8.000' },
    ]);
    const told = await deposit(
      { text: 'facture du 22/11/2026', amount: '50.000' },
      { text: 'invoice of 125.500 OMR', amount: '125.500' },
      { text: 'facture 417 le 22/11/2026', amount: '9.000' },
      { text: 'invoice 22/11/2026', amount: '6.000' },
    );
    t.same(
      told.map(({ outcome, parts }) => [outcome, ...parts]),
      [
        ['suspense', 'suspense 50000'],
        ['suspense', 'suspense 125500'],
        ['deposit', 'deposit om-social 9000 accepted 417=9000'],
        ['deposit', 'deposit om-social 6000 accepted 22112026=6000'],
      ],
    );
  },
);

t.test('a number that goes on in letters is another, unless the amount says that it is this', async (t) => {
  const { db, deposit } = await depositWorld(t);
  await addBills(db, 'om', [{ number: 'OM-2026-000001', amount: '4.000' }]);
  const told = await deposit(
    { text: 'OM-2026-000001B', amount: '5.000' },
    { text: 'OM-2026-000001B', amount: '4.000' },
  );
  t.same(
    told.map(({ outcome }) => outcome),
    ['suspense', 'deposit'],
  );
});
