// What a bill takes: policies, penalties, open amounts, many bills in one payment, pay codes.
import t from 'tap';
import { makeCreditorReference } from '../../src/kernel/creditor-reference.ts';
import { bill } from '../support/client.ts';
import { startTestWorld, type TestWorld } from '../support/gateway.ts';
import { addBills, addManyBills, BILLERS, type BillSpec } from '../support/world.ts';

type Row = [
  given: string,
  biller: keyof typeof BILLERS,
  spec: Omit<BillSpec, 'number'>,
  tender: string,
  expect: string,
  due?: string,
  penalty?: string,
];

const ROWS: Row[] = [
  ['at-least: the due', 'om', { amount: '10.000' }, '10.000', 'ok', '10.000', '0.000'],
  ['at-least: one unit short', 'om', { amount: '10.000' }, '9.999', 'underpayment'],
  ['at-least: over', 'om', { amount: '10.000' }, '10.001', 'ok', '10.000', '0.000'],
  ['at-least: far over', 'om', { amount: '0.001' }, '999999.999', 'ok', '0.001', '0.000'],
  ['exact: the due', 'dz', { amount: '1000.00' }, '1000.00', 'ok', '1000.00', '0.00'],
  ['exact: one unit short', 'dz', { amount: '1000.00' }, '999.99', 'underpayment'],
  ['exact: one unit over', 'dz', { amount: '1000.00' }, '1000.01', 'overpayment'],
  [
    'due today: no penalty',
    'dz',
    { amount: '1000.00', dueOn: '2026-11-22' },
    '1000.00',
    'ok',
    '1000.00',
    '0.00',
  ],
  ['a day late: 5 %', 'dz', { amount: '1000.00', dueOn: '2026-11-21' }, '1050.00', 'ok', '1050.00', '50.00'],
  [
    'a day late: the principal is not enough',
    'dz',
    { amount: '1000.00', dueOn: '2026-11-21' },
    '1000.00',
    'underpayment',
  ],
  ['late: rounded half-up once', 'dz', { amount: '0.10', dueOn: '2026-11-21' }, '0.11', 'ok', '0.11', '0.01'],
  [
    'far too late: the ceiling',
    'dz',
    { amount: '1000.00', dueOn: '2020-01-01' },
    '1290.00',
    'ok',
    '1290.00',
    '290.00',
  ],
  [
    'expires today: taken',
    'om',
    { amount: '1.000', expiresOn: '2026-11-22' },
    '1.000',
    'ok',
    '1.000',
    '0.000',
  ],
  ['expired yesterday', 'om', { amount: '1.000', expiresOn: '2026-11-21' }, '1.000', 'bill-expired'],
  ['open: the least', 'eg', { min: '50.00', max: '500.00', step: '5.00' }, '50.00', 'ok'],
  ['open: the most', 'eg', { min: '50.00', max: '500.00', step: '5.00' }, '500.00', 'ok'],
  ['open: a step', 'eg', { min: '50.00', max: '500.00', step: '5.00' }, '55.00', 'ok'],
  [
    'open: off the steps',
    'eg',
    { min: '50.00', max: '500.00', step: '5.00' },
    '54.99',
    'amount-out-of-range',
  ],
  ['open: below', 'eg', { min: '50.00', max: '500.00' }, '49.99', 'amount-out-of-range'],
  ['open: above', 'eg', { min: '50.00', max: '500.00' }, '500.01', 'amount-out-of-range'],
  [
    'between with a fixed amount: exactly',
    'eg',
    { amount: '70.00', unit: 'cairo' },
    '70.00',
    'ok',
    '70.00',
    '0.00',
  ],
  ['between with a fixed amount: over', 'eg', { amount: '70.00' }, '70.01', 'overpayment'],
  ['between with a fixed amount: under', 'eg', { amount: '70.00' }, '69.99', 'underpayment'],
];

t.test('amounts', async (t) => {
  const world = await startTestWorld(t);
  const bank = world.client('bank');

  await t.test('policies, penalties, open amounts', async (t) => {
    for (const [i, [given, biller, spec, tender, expect, due, penalty]] of ROWS.entries()) {
      const { code: billerCode, currency } = BILLERS[biller];
      const number = `ROW-${i}`;
      await addBills(world.db, biller, [{ number, ...spec }]);
      const answer = await bank.pay({ billerCode, bills: [bill(number, tender, currency)] });
      t.equal(answer.code, expect, given);
      if (answer.body === undefined) {
        t.equal(await statusOf(world, biller, number), 'open', given);
        continue;
      }
      const [paid] = answer.body.bills;
      t.equal(paid?.amount.value, tender, given);
      t.equal(paid?.amountDue?.value, due, given);
      if (penalty !== undefined) t.equal(paid?.penalty?.value, penalty, given);
      t.same(paid?.over?.value, tender === due || due === undefined ? undefined : minus(tender, due), given);
    }
  });

  await t.test('many bills: all or nothing, each refusal in its place, the first one answers', async (t) => {
    await addManyBills(world.db, 'om', 'M', 6, '10.000');
    await addBills(world.db, 'om', [{ number: 'GONE', amount: '5.000', status: 'cancelled' }]);
    await bank.pay({ bills: [bill('M0006', '10.000')] });
    const bills = [
      bill('M0001', '10.000'),
      bill('GONE', '5.000'),
      bill('M0002', '9.000'),
      bill('M0006', '10.000'),
      bill('M0003', '10.000'),
    ];
    const refused = await bank.pay({ bills });
    t.equal(refused.code, 'bill-cancelled');
    t.same(
      refused.problem?.bills?.map(({ billNumber, code }) => [billNumber, code]),
      [
        ['GONE', 'bill-cancelled'],
        ['M0002', 'underpayment'],
        ['M0006', 'bill-already-paid'],
      ],
    );
    t.same(refused.problem?.bills?.[1]?.['amountDue'], { value: '10.000', currency: 'OMR' });
    for (const number of ['M0001', 'M0002', 'M0003']) t.equal(await statusOf(world, 'om', number), 'open');
    const paid = await bank.pay({
      bills: [bill('M0001', '10.000'), bill('M0002', '10.500'), bill('M0003', '10.000')],
    });
    t.equal(paid.body?.amount.value, '30.500');
    t.same(
      paid.body?.bills.map(({ billNumber }) => billNumber),
      ['M0001', 'M0002', 'M0003'],
      'in the order of the request',
    );
    for (const number of ['M0001', 'M0002', 'M0003']) t.equal(await statusOf(world, 'om', number), 'paid');
  });

  await t.test('500 bills are one payment, 501 none', async (t) => {
    const numbers = await addManyBills(world.db, 'om', 'H', 501, '1.001');
    const bills = numbers.map((number) => bill(number, '1.001'));
    const tooMany = await bank.pay({ bills });
    t.equal(tooMany.code, 'malformed-request');
    t.same(
      tooMany.problem?.errors?.map(({ pointer }) => pointer),
      ['/bills'],
    );
    const paid = await bank.pay({ bills: bills.slice(0, 500) });
    t.equal(paid.status, 201, paid.text);
    t.equal(paid.body?.amount.value, '500.500');
    t.equal(paid.body?.bills.length, 500);
  });

  await t.test('a pay code stands for its set', async (t) => {
    await addBills(world.db, 'om', [
      { number: 'S1', amount: '10.000' },
      { number: 'S2', amount: '20.000' },
      { number: 'S3', amount: '30.000' },
    ]);
    const code = makeCreditorReference('SET1');
    await world.db.transaction((tx) =>
      tx.query(
        `insert into pay_code values (1, $1, 'set-1', '{S1,S2}', business_now()), (1, $2, 'set-2', '{S2,NONE}', business_now())`,
        [code, makeCreditorReference('SET2')],
      ),
    );
    const asked = await bank.inquire({ billerCode: 'om-social', billNumber: code });
    t.same(
      asked.body?.bills.map(({ billNumber }) => billNumber),
      ['S1', 'S2'],
    );
    const short = await bank.pay({ bills: [bill(code, '29.999')] });
    t.equal(short.code, 'underpayment');
    t.same(short.problem?.['amountDue'], { value: '30.000', currency: 'OMR' });
    t.equal(
      (await bank.pay({ bills: [bill(code, '30.000'), bill('S1', '10.000')] })).code,
      'malformed-request',
      'a bill twice, once by the code',
    );
    const quoteId = asked.body?.bills[0]?.quoteId ?? '';
    t.equal(
      (await bank.pay({ bills: [bill(code, '30.000', 'OMR', quoteId)] })).code,
      'quote-invalid',
      'no quote speaks for a set',
    );
    const missing = await bank.pay({ bills: [bill(makeCreditorReference('SET2'), '20.000')] });
    t.equal(missing.code, 'bill-not-found');
    t.equal(missing.problem?.['memberBill'], 'NONE');
    const paid = await bank.pay({ bills: [bill(code, '31.000'), bill('S3', '30.000')] });
    t.same(
      paid.body?.bills.map(({ billNumber, amount, over }) => [billNumber, amount.value, over?.value]),
      [
        ['S1', '10.000', undefined],
        ['S2', '21.000', '1.000'],
        ['S3', '30.000', undefined],
      ],
    );
    t.equal((await bank.pay({ bills: [bill(code, '30.000')] })).code, 'bill-already-paid');
    t.equal(
      (await bank.pay({ bills: [bill(makeCreditorReference('SET9'), '30.000')] })).code,
      'bill-not-found',
      'a code that nobody made',
    );
  });
  t.same(world.faults, []);
});

async function statusOf(
  { db }: TestWorld,
  biller: keyof typeof BILLERS,
  number: string,
): Promise<string | undefined> {
  const rows = await db.transaction((tx) =>
    tx.query<{ status: string }>('select status from bill where biller_id = $1 and bill_number = $2', [
      BILLERS[biller].id,
      number,
    ]),
  );
  return rows[0]?.status;
}

/** Decimal strings of one scale. */
function minus(a: string, b: string): string {
  const scale = a.length - a.indexOf('.') - 1;
  const digits = (BigInt(a.replace('.', '')) - BigInt(b.replace('.', '')))
    .toString()
    .padStart(scale + 1, '0');
  return `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
