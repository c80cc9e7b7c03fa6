// What tables keep of either side of a break, and what persons see of it.
import t from 'tap';
import { newId, showId } from '../../../src/kernel/ids.ts';
import type { Json } from '../../../src/kernel/errors.ts';
import { showSide, valuesOf } from '../../../src/reconciliation/breaks/show-side.ts';

const REMITTANCE = newId(1_000, 3);
const STATEMENT = newId(2_000, 0);
const NAMES = {
  billers: new Map([[3, 'eg-water']]),
  channels: new Map([[5, 'transit']]),
  accounts: new Map([[1, 'ours-omr']]),
  currencies: new Map([[REMITTANCE, 'EGP']]),
};

const CASES: readonly [string, Json, Json][] = [
  ['nothing', null, null],
  ['words', { why: 'none', candidates: [] }, { why: 'none', candidates: [] }],
  [
    'a remittance in its own currency',
    {
      why: 'x',
      remittanceId: REMITTANCE,
      endToEndId: 'W1',
      billerId: 3,
      amountMinor: '977017',
      state: 'sent',
    },
    {
      why: 'x',
      remittanceId: showId('rmt', REMITTANCE),
      endToEndId: 'W1',
      billerCode: 'eg-water',
      amount: { value: '9770.17', currency: 'EGP' },
      state: 'sent',
    },
  ],
  [
    'candidates, a line like it',
    {
      candidates: [{ remittanceId: REMITTANCE, billerId: 9 }],
      alike: { statementId: STATEMENT, line: 2, partsOf: 0 },
    },
    {
      candidates: [{ remittanceId: showId('rmt', REMITTANCE), billerCode: null }],
      alike: { statementId: showId('stm', STATEMENT), line: 2, partsOf: 0 },
    },
  ],
  [
    'a line, an order, a date',
    {
      amountMinor: '-33000',
      accountId: 1,
      liveMinor: '0',
      owedMinor: '5',
      openMinor: '-5',
      dueOn: '2026-11-22',
    },
    {
      amount: { value: '-33.000', currency: 'OMR' },
      account: 'ours-omr',
      live: { value: '0.000', currency: 'OMR' },
      owed: { value: '0.005', currency: 'OMR' },
      open: { value: '-0.005', currency: 'OMR' },
      dueOn: '2026-11-22',
    },
  ],
  [
    'of no account, of a channel, and what is shown already',
    { accountId: null, channelId: 5, paymentId: showId('pay', STATEMENT), statementId: 'free text' },
    { account: null, channelCode: 'transit', paymentId: showId('pay', STATEMENT), statementId: 'free text' },
  ],
];

for (const [name, kept, shown] of CASES) {
  t.test(name, (t) => {
    t.strictSame(showSide(kept, 'OMR', NAMES), shown);
    t.strictSame(showSide(shown, 'OMR', NAMES), shown, 'shown twice is shown once');
    t.end();
  });
}

t.test('what is named anywhere', (t) => {
  t.strictSame(valuesOf([null, { a: 1, b: [{ a: 2 }, { c: { a: 'x' } }] }], 'a'), [1, 2, 'x']);
  t.end();
});
