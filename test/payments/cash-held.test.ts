// A machine that cannot give money back: what cannot be paid becomes the payer's credit, in the agency's currency alone.
import t from 'tap';
import { bill, type Order } from '../support/client.ts';
import { startTestWorld, type TestWorld } from '../support/gateway.ts';
import { addBills } from '../support/world.ts';

const held = (bills: Order['bills'], more: Partial<Order> = {}): Order => ({
  bills,
  cashHeld: true,
  ...more,
});

t.test('held cash', async (t) => {
  const world = await startTestWorld(t);
  const bank = world.client('bank');
  await addBills(world.db, 'om', [
    { number: 'OPEN', amount: '10.000', payer: 'E-1' },
    { number: 'OPEN-2', amount: '10.000', payer: 'E-2' },
    { number: 'GONE', amount: '10.000', payer: 'E-2', status: 'cancelled' },
    { number: 'OVER', amount: '10.000', payer: 'E-5', expiresOn: '2026-11-21' },
  ]);

  await t.test('what can be paid is paid', async (t) => {
    const { body } = await bank.pay(held([bill('OPEN', '12.000')]));
    t.equal(body?.status, 'accepted');
    t.equal(body?.fee.value, '0.200');
  });

  const rows: [
    given: string,
    order: Order,
    total: string,
    credited: (string | undefined)[],
    credits: Record<string, string>,
  ][] = [
    ['a paid bill', held([bill('OPEN', '10.000')]), '10.000', ['bill-already-paid'], { 'E-1 OMR': '10000' }],
    ['too little', held([bill('OPEN-2', '9.000')]), '9.000', ['underpayment'], { 'E-2 OMR': '9000' }],
    [
      'the fee that it took as well',
      held([bill('GONE', '10.000')], { fee: { value: '0.200', currency: 'OMR' } }),
      '10.200',
      ['bill-cancelled'],
      { 'E-2 OMR': '19200' },
    ],
    [
      'another fee than ours',
      held([bill('OPEN-2', '10.000')], { fee: { value: '0.100', currency: 'OMR' } }),
      '10.100',
      [undefined],
      { 'E-2 OMR': '29300' },
    ],
    [
      'an expired bill and one that nobody knows',
      held([bill('OVER', '10.000'), bill('NONE', '1.000')]),
      '11.000',
      ['bill-expired', 'bill-not-found'],
      { 'E-5 OMR': '10000', ' OMR': '1000' },
    ],
    [
      'one of two: nothing is paid',
      held([bill('OPEN-2', '10.000'), bill('GONE', '10.000')]),
      '20.000',
      [undefined, 'bill-cancelled'],
      { 'E-2 OMR': '49300' },
    ],
  ];
  for (const [given, order, total, credited, credits] of rows) {
    await t.test(given, async (t) => {
      const { status, body, text } = await bank.pay(order);
      t.equal(status, 201, text);
      t.equal(body?.status, 'credited');
      t.equal(body?.total.value, total);
      t.equal(body?.total.currency, 'OMR');
      t.same(
        body?.bills.map((each) => each.credited),
        credited,
      );
      t.match(await creditsOf(world), credits);
    });
  }

  await t.test('the payer sees his credit, of the bill’s currency', async (t) => {
    const asked = await bank.inquire({ billerCode: 'om-social', billNumber: 'OPEN-2' });
    t.same(asked.body?.credit, { value: '49.300', currency: 'OMR' });
    t.equal(asked.body?.bills[0]?.status, 'open');
    const payer = await bank.inquire({ billerCode: 'om-social', payerId: 'E-2' });
    t.same(payer.body?.credit, { value: '49.300', currency: 'OMR' });
  });

  await t.test('another currency is refused: no limit of the channel would hold for it', async (t) => {
    const order = held([bill('OPEN-2', '10.00', 'AED'), bill('NONE', '1.00', 'AED')]);
    const { status, code, problem } = await world.client('kiosk').pay(order);
    t.same([status, code], [422, 'currency-mismatch']);
    const facts = { field: 'amount', expected: 'OMR', given: 'AED' };
    t.match(problem, { ...facts, bills: [{ billNumber: 'OPEN-2' }, { billNumber: 'NONE', ...facts }] });
    t.notOk(Object.keys(await creditsOf(world)).some((key) => key.endsWith('AED')));
  });

  await t.test('limits hold for held cash too', async (t) => {
    t.equal((await world.client('kiosk').pay(held([bill('NONE', '200.001')]))).code, 'limit-exceeded');
    t.equal((await world.client('agent').pay(held([bill('NONE', '1000.001')]))).code, 'insufficient-float');
    t.equal((await world.client('agent').pay(held([bill('NONE', '1.000')]))).body?.status, 'credited');
    t.equal((await world.client('closed').pay(held([bill('NONE', '1.000')]))).code, 'channel-suspended');
  });

  await t.test('credit that is still there can be reversed; credit that was used cannot', async (t) => {
    const mine = await bank.pay(held([bill('GONE', '5.000'), bill('NONE', '2.000')]));
    t.equal((await bank.reverse(mine.body?.paymentId ?? '', 'CR-1')).status, 201);
    t.match(await creditsOf(world), { 'E-2 OMR': '49300', ' OMR': '2000' });
    const used = await bank.pay(held([bill('GONE', '5.000')]));
    await world.db.transaction((tx) =>
      tx.query(`update credit set available_minor = 4999 where payer_id = 'E-2' and currency = 'OMR'`),
    );
    const refused = await bank.reverse(used.body?.paymentId ?? '', 'CR-2');
    t.equal(refused.code, 'not-reversible');
    t.equal(refused.problem?.['reason'], 'credit-used');
    await world.db.transaction((tx) =>
      tx.query(`update credit set available_minor = 54300 where payer_id = 'E-2' and currency = 'OMR'`),
    );
    t.equal((await bank.reverse(used.body?.paymentId ?? '', 'CR-2')).status, 201);
  });
  t.same(world.faults, []);
});

async function creditsOf({ db }: TestWorld): Promise<Record<string, string>> {
  const rows = await db.transaction((tx) =>
    tx.query<{ payer_id: string; currency: string; available_minor: bigint }>(
      'select payer_id, currency, available_minor from credit',
    ),
  );
  return Object.fromEntries(
    rows.map((row) => [`${row.payer_id} ${row.currency}`, row.available_minor.toString()]),
  );
}
