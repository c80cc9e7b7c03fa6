// Each outcome of a deposit: paid, credit, suspense, with breaks and balances; the books are checked when a database closes.
import t from 'tap';
import { balances } from '../../support/remit-world.ts';
import { depositWorld } from '../../support/deposits.ts';
import { addBills, BILLERS } from '../../support/world.ts';

t.test('fits, over and short, at an agency that takes what is over', async (t) => {
  const world = await depositWorld(t);
  await addBills(world.db, 'om', [
    { number: 'OM-2026-000417', amount: '125.500', payer: 'E-20417' },
    { number: 'OM-2026-000418', amount: '100.000', payer: 'E-20418' },
    { number: 'OM-2026-000419', amount: '100.000', payer: 'E-20419' },
  ]);
  t.same(
    await world.deposit(
      { text: 'INV om 2026\n000417 AHMED', amount: '125.500' },
      { text: 'OM2026000418', amount: '130.000' },
      { text: 'فاتورة OM-٢٠٢٦-٠٠٠٤١٩', amount: '99.999' },
    ),
    [
      { outcome: 'deposit', parts: ['deposit om-social 125500 accepted OM-2026-000417=125500'], breaks: [] },
      { outcome: 'deposit', parts: ['deposit om-social 130000 accepted OM-2026-000418=130000'], breaks: [] },
      {
        outcome: 'deposit',
        parts: ['deposit om-social 99999 credited OM-2026-000419=99999'],
        breaks: ['deposit-short underpayment'],
      },
    ],
  );
  t.same(await balances(world.db, BILLERS.om.id), {
    'bank/1': 355_499n,
    'biller/payable': -255_500n,
    'payer/credit': -99_999n,
  });
  const [payment] = await world.sql(
    `select p.method, p.reference, p.occurred_at, c.code, e.type from payment p join channel c using (channel_id)
       join event e on e.event_id = p.payment_id order by p.reference limit 1`,
  );
  t.match(payment, {
    method: 'transfer',
    code: 'deposit',
    reference: /^dep:stm_.*:1$/,
    type: 'payment.accepted',
  });
  t.same(
    payment?.['occurred_at'],
    new Date('2026-11-22T08:00:00Z'),
    'noon in Muscat, as the bank tells no time',
  );
});

t.test('an agency that takes exactly what is due: the rest is credit', async (t) => {
  const world = await depositWorld(t);
  await addBills(world.db, 'dz', [{ number: 'DS-26-0001', amount: '1000.00', payer: 'P-1001' }]);
  const DZD = { currency: 'DZD' } as const;
  t.same(
    await world.deposit(
      { text: 'facture DS 26 0001', amount: '1200.00', ...DZD },
      { text: 'facture DS 26 0001', amount: '1000.00', ...DZD },
    ),
    [
      {
        outcome: 'deposit',
        parts: [
          'deposit dz-social 100000 accepted DS-26-0001=100000',
          'deposit dz-social 20000 credited DS-26-0001=20000',
        ],
        breaks: [],
      },
      {
        outcome: 'deposit',
        parts: ['deposit dz-social 100000 credited DS-26-0001=100000'],
        breaks: ['deposit-already-paid bill-already-paid'],
      },
    ],
  );
  t.same(await balances(world.db, BILLERS.dz.id), {
    'bank/2': 220_000n,
    'biller/payable': -100_000n,
    'payer/credit': -120_000n,
  });
});

t.test('the penalty is that of the bank’s booking date', async (t) => {
  const world = await depositWorld(t);
  const late = { amount: '1000.00', dueOn: '2026-11-20', payer: 'P-1' };
  await addBills(world.db, 'dz', [
    { number: 'DS-26-0001', ...late },
    { number: 'DS-26-0002', ...late },
    { number: 'DS-26-0003', amount: '10.00', expiresOn: '2026-11-20', dueOn: '2026-11-20' },
  ]);
  const told = await world.deposit(
    { text: 'DS-26-0001', amount: '1000.00', currency: 'DZD', bookedOn: '2026-11-20' },
    { text: 'DS-26-0002', amount: '1000.00', currency: 'DZD', bookedOn: '2026-11-21' },
    { text: 'DS-26-0003', amount: '10.00', currency: 'DZD', bookedOn: '2026-11-20' },
    { text: 'DS-26-0003', amount: '10.00', currency: 'DZD', bookedOn: '2026-11-21' },
  );
  t.match(told, [
    { parts: [/accepted/], breaks: [] },
    { parts: [/credited/], breaks: ['deposit-short underpayment'] },
    { parts: [/accepted/], breaks: [] },
    { parts: [/credited/], breaks: ['deposit-already-paid bill-already-paid'] },
  ]);
});

t.test('what a bill is refused for otherwise', async (t) => {
  const world = await depositWorld(t);
  await addBills(world.db, 'om', [
    { number: 'OM-26-0001', amount: '10.000', status: 'cancelled' },
    { number: 'OM-26-0002', amount: '10.000', expiresOn: '2026-11-01', dueOn: '2026-11-01' },
  ]);
  await addBills(world.db, 'eg', [{ number: 'EG-26-0001', min: '10.00', max: '20.00' }]);
  t.match(
    await world.deposit(
      { text: 'OM-26-0001', amount: '10.000' },
      { text: 'OM-26-0002', amount: '10.000' },
      { text: 'EG-26-0001', amount: '25.00', currency: 'EGP' },
      { text: 'EG-26-0001', amount: '15.00', currency: 'EGP' },
    ),
    [
      { parts: [/credited/], breaks: ['deposit-refused bill-cancelled'] },
      { parts: [/credited/], breaks: ['deposit-refused bill-expired'] },
      { parts: [/credited/], breaks: ['deposit-refused amount-out-of-range'] },
      { parts: [/accepted/], breaks: [] },
    ],
  );
});

t.test('a payer, several bills, a pay code', async (t) => {
  const world = await depositWorld(t);
  await addBills(world.db, 'om', [
    { number: 'OM-26-0001', amount: '10.000', payer: 'E-20417' },
    { number: 'OM-26-0002', amount: '20.000', payer: 'E-20417' },
    { number: 'OM-26-0003', amount: '30.000', payer: 'E-20417' },
    { number: 'OM-26-0004', amount: '40.000', payer: 'E-20418' },
    { number: 'OM-26-0005', amount: '50.000', payer: 'E-20418' },
    { number: '417002233', amount: '7.000', payer: 'E-20419' },
  ]);
  await world.sql(
    `insert into pay_code values (1, 'RF18539007547034', 'r', '{OM-26-0004,OM-26-0005}', business_now())`,
  );
  t.same(
    await world.deposit(
      { text: 'OM-26-0001 and OM-26-0002', amount: '30.000' },
      { text: 'employer E 20417', amount: '30.000' },
      { text: 'employer E 20417', amount: '5.000' },
      { text: 'RF18 5390 0754 7034', amount: '90.000' },
      { text: '417002233', amount: '7.000' },
      { text: '417002233', amount: '6.000' },
    ),
    [
      {
        outcome: 'deposit',
        parts: ['deposit om-social 30000 accepted OM-26-0001=10000 OM-26-0002=20000'],
        breaks: [],
      },
      { outcome: 'deposit', parts: ['deposit om-social 30000 accepted OM-26-0003=30000'], breaks: [] },
      { outcome: 'deposit', parts: ['credit om-social 5000'], breaks: [] },
      {
        outcome: 'deposit',
        parts: ['deposit om-social 90000 accepted OM-26-0004=40000 OM-26-0005=50000'],
        breaks: [],
      },
      { outcome: 'deposit', parts: ['deposit om-social 7000 accepted 417002233=7000'], breaks: [] },
      { outcome: 'suspense', parts: ['suspense 6000'], breaks: ['unplaced-deposit none'] },
    ],
  );
});

t.test('none, or things that do not go together: suspense, and a person', async (t) => {
  const world = await depositWorld(t);
  await addBills(world.db, 'om', [
    { number: 'OM-26-0001', amount: '10.000', payer: 'E-20417' },
    { number: 'OM-26-0002', amount: '20.000', payer: 'E-20418' },
    { number: 'AB-12-3456', amount: '20.000', payer: 'E-20419' },
    { number: 'AB-123-456', amount: '20.000', payer: 'E-20419' },
  ]);
  const told = await world.deposit(
    { text: 'thank you', amount: '10.000' },
    { text: 'OM-26-0001 OM-26-0002', amount: '30.000' },
    { text: 'OM-26-0001 of E-20418', amount: '10.000' },
    { text: 'OM-26-0001 of E-20417', amount: '10.000' },
    { text: 'AB123456', amount: '20.000' },
    { text: 'OM-26-0002', amount: '20.00', currency: 'DZD' },
  );
  const unplaced = (why: string) => ({ outcome: 'suspense', breaks: [`unplaced-deposit ${why}`] });
  t.match(told, [
    unplaced('none'),
    unplaced('several'),
    unplaced('several'),
    { outcome: 'deposit', breaks: [] },
    unplaced('several'),
    unplaced('none'),
  ]);
  const [row] = await world.sql(`select ours from break where line = 5 and statement_id is not null`);
  t.same((row?.['ours'] as { candidates: object[] }).candidates.slice(0, 2), [
    { billerCode: 'om-social', billNumber: 'AB-12-3456', payerId: 'E-20419' },
    { billerCode: 'om-social', billNumber: 'AB-123-456', payerId: 'E-20419' },
  ]);
  t.same(await balances(world.db, 0), {
    'bank/1': 70_000n,
    'bank/2': 2000n,
    'channel/float/2': -1_000_000n,
    bank: 1_000_000n,
    suspense: -72_000n,
  });
});

t.test('whose deposits are taken: by agreement, with its fees', async (t) => {
  const world = await depositWorld(t, {
    om: { route: 'via-operator', fees: [{ per: 'payment', bearer: 'payer', flat: '0.500' }] },
    dz: { route: 'via-operator', fees: [{ per: 'payment', bearer: 'payer', percent: '1' }] },
    eg: { route: 'direct' },
  });
  await addBills(world.db, 'om', [
    { number: 'OM-26-0001', amount: '10.000' },
    { number: 'OM-26-0002', amount: '10.000' },
  ]);
  await addBills(world.db, 'dz', [
    { number: 'DS-26-0001', amount: '1000.00' },
    { number: 'DS-26-0002', amount: '1000.00' },
  ]);
  await addBills(world.db, 'eg', [{ number: 'EG-26-0001', amount: '10.00' }]);
  const DZD = { currency: 'DZD' } as const;
  t.match(
    await world.deposit(
      { text: 'OM-26-0001', amount: '10.500' },
      { text: 'OM-26-0002', amount: '10.000' },
      { text: 'DS-26-0001', amount: '1100.00', ...DZD },
      { text: 'DS-26-0002', amount: '1000.00', ...DZD },
      { text: 'EG-26-0001', amount: '10.00', currency: 'EGP' },
    ),
    [
      { parts: ['deposit om-social 10500 accepted OM-26-0001=10000'], breaks: [] },
      {
        parts: ['deposit om-social 10000 credited OM-26-0002=10000'],
        breaks: ['deposit-short underpayment'],
      },
      {
        parts: [
          'deposit dz-social 101000 accepted DS-26-0001=100000',
          'deposit dz-social 9000 credited DS-26-0001=9000',
        ],
        breaks: [],
      },
      { parts: [/credited/], breaks: ['deposit-short underpayment'] },
      { outcome: 'suspense', breaks: ['unplaced-deposit none'] },
    ],
  );
});
