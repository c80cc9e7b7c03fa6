// Bills of the right shape that nobody means: penalties beyond the principal, due dates of another century, steps
// that never fit. Refused with a pointer to the place.
import t from 'tap';
import { readBillBody, type BillerSettings } from '../../src/bills/read-bill-body.ts';
import type { BillBody } from '../../src/bills/schema.ts';

const BILLER: BillerSettings = {
  currency: 'EGP',
  policy: 'between',
  units: new Set(),
  services: new Map(),
  budgetLines: new Set(),
};
const BODY: BillBody = {
  payerId: 'P1',
  payerName: 'Name',
  description: 'Due',
  amount: { value: '20.00', currency: 'EGP' },
  dueOn: '2026-12-31',
};
const open = (min: string, max: string, step: string): Partial<BillBody> => ({
  amount: { min, max, step, currency: 'EGP' },
});

const cases: [what: string, change: Partial<BillBody>, pointer: string | undefined][] = [
  ['all of it each day', { penalty: [{ percent: '100', every: 'day' }] }, undefined],
  [
    'more than all of it each day, in the second part',
    {
      penalty: [
        { flat: '1.00', every: 'once' },
        { percent: '100.000001', every: 'day' },
      ],
    },
    '/penalty/1/percent',
  ],
  [
    'a ceiling above all of it',
    { penalty: [{ percent: '1', every: 'day', ceiling: { percent: '240' } }] },
    undefined,
  ],
  ['due on the first day', { dueOn: '2000-01-01' }, undefined],
  ['due the day before', { dueOn: '1999-12-31' }, '/dueOn'],
  ['one step fits', open('1.00', '20.00', '19.00'), undefined],
  ['no step fits', open('1.00', '20.00', '19.01'), '/amount/step'],
  ['one amount alone needs no step', open('1.00', '1.00', '19.00'), undefined],
];

for (const [what, change, pointer] of cases) {
  t.test(what, async (t) => {
    const read = readBillBody('B-1', { ...BODY, ...change }, BILLER);
    t.equal('refusal' in read ? read.refusal.errors?.[0]?.pointer : undefined, pointer);
    t.equal('bill' in read, pointer === undefined);
  });
}
