// Every no of POST /v1/payments: what was wrong, the code, and what the answer says beside it. The last table holds
// requests with two faults each: the earlier check of api.md answers (existence, state, currency, amount, fee, limits).
import t, { type Test } from 'tap';
import { bill, type Order } from '../support/client.ts';
import { startTestWorld, type TestWorld } from '../support/gateway.ts';
import { addBills } from '../support/world.ts';

interface Row {
  readonly given: string;
  readonly by?: string;
  readonly order: Order;
  readonly code: string;
  readonly says?: Record<string, unknown>;
}

const omr = (value: string) => ({ value, currency: 'OMR' });
const pay = (billNumber: string, value: string, more: Partial<Order> = {}): Order => ({
  bills: [bill(billNumber, value)],
  ...more,
});

const SINGLE: Row[] = [
  {
    given: 'an unknown agency',
    order: pay('OPEN', '10.000', { billerCode: 'nobody' }),
    code: 'biller-not-found',
    says: { billerCode: 'nobody' },
  },
  {
    given: 'a channel without an agreement',
    by: 'stranger',
    order: pay('OPEN', '10.000'),
    code: 'biller-not-served',
    says: { field: 'agreement' },
  },
  {
    given: 'a method that was not agreed',
    by: 'shop',
    order: pay('OPEN', '10.000', { method: 'card' }),
    code: 'biller-not-served',
    says: { field: 'method' },
  },
  {
    given: 'an outlet that was not agreed',
    by: 'shop',
    order: pay('OPEN', '10.000', { outlet: { kind: 'web', id: 'w' } }),
    code: 'biller-not-served',
    says: { field: 'outlet' },
  },
  { given: 'a suspended channel', by: 'closed', order: pay('OPEN', '10.000'), code: 'channel-suspended' },
  { given: 'an agency that pays', by: 'om-social', order: pay('OPEN', '10.000'), code: 'forbidden' },
  {
    given: 'an unknown bill',
    order: pay('NONE', '10.000'),
    code: 'bill-not-found',
    says: { bills: [{ billNumber: 'NONE', code: 'bill-not-found' }] },
  },
  { given: 'a bill number in another case', order: pay('open', '10.000'), code: 'bill-not-found' },
  { given: 'a cancelled bill', order: pay('CANCELLED', '10.000'), code: 'bill-cancelled' },
  {
    given: 'an expired bill',
    order: pay('EXPIRED', '10.000'),
    code: 'bill-expired',
    says: { expiresOn: '2026-11-21' },
  },
  {
    given: 'another currency',
    order: { bills: [bill('OPEN', '10.00', 'USD')] },
    code: 'currency-mismatch',
    says: { expected: 'OMR', given: 'USD' },
  },
  {
    given: 'one unit too little',
    order: pay('OPEN', '9.999'),
    code: 'underpayment',
    says: { amountDue: omr('10.000') },
  },
  {
    given: 'too much under exact',
    order: { billerCode: 'dz-social', bills: [bill('DZ', '1000.01', 'DZD')] },
    code: 'overpayment',
    says: { amountDue: { value: '1000.00', currency: 'DZD' } },
  },
  {
    given: 'an open amount off its steps',
    order: { billerCode: 'eg-local', bills: [bill('GIFT', '52.00', 'EGP')] },
    code: 'amount-out-of-range',
    says: {
      min: { value: '50.00', currency: 'EGP' },
      max: { value: '500.00', currency: 'EGP' },
      step: { value: '5.00', currency: 'EGP' },
    },
  },
  {
    given: 'a token that is no quote',
    order: { bills: [bill('OPEN', '10.000', 'OMR', 'AAAA')] },
    code: 'quote-invalid',
  },
  {
    given: 'another fee than ours',
    order: pay('OPEN', '10.000', { fee: omr('0.100') }),
    code: 'fee-changed',
    says: { fee: omr('0.200') },
  },
  {
    given: 'more than a payment may be',
    by: 'kiosk',
    order: pay('DEAR', '200.001'),
    code: 'limit-exceeded',
    says: { scope: 'payment', limit: omr('200.000') },
  },
  {
    given: 'more than the credit',
    by: 'shop',
    order: pay('DEAR', '500.001', { outlet: { kind: 'agent', id: 'a' } }),
    code: 'limit-exceeded',
    says: { scope: 'credit' },
  },
  {
    given: 'more than the float',
    by: 'agent',
    order: pay('DEAR', '1000.000'),
    code: 'insufficient-float',
    says: { available: omr('1000.000') },
  },
];

/** Two faults in one request, in the order of checks: the first named is the one that answers. */
const ORDER: Row[] = [
  {
    given: 'agreement before existence',
    by: 'stranger',
    order: pay('NONE', '1.000'),
    code: 'biller-not-served',
  },
  {
    given: 'existence before currency',
    order: { bills: [bill('NONE', '1.00', 'USD')] },
    code: 'bill-not-found',
  },
  {
    given: 'state before currency',
    order: { bills: [bill('CANCELLED', '1.00', 'USD')] },
    code: 'bill-cancelled',
  },
  {
    given: 'state before a bad quote',
    order: { bills: [bill('CANCELLED', '10.000', 'OMR', 'AAAA')] },
    code: 'bill-cancelled',
  },
  {
    given: 'currency before amount',
    order: { bills: [bill('OPEN', '1.00', 'USD')] },
    code: 'currency-mismatch',
  },
  { given: 'amount before fee', order: pay('OPEN', '9.000', { fee: omr('0.100') }), code: 'underpayment' },
  { given: 'amount before limits', by: 'kiosk', order: pay('DEARER', '250.000'), code: 'underpayment' },
  {
    given: 'fee before limits',
    by: 'kiosk',
    order: pay('DEAR', '250.000', { fee: omr('0.100') }),
    code: 'fee-changed',
  },
  { given: 'amount before float', by: 'agent', order: pay('DEARER', '1500.000'), code: 'underpayment' },
];

const MALFORMED: { given: string; order: object; pointer: string }[] = [
  { given: 'no reference', order: { reference: undefined }, pointer: '/reference' },
  { given: 'a reference with a space', order: { reference: 'a b' }, pointer: '/reference' },
  { given: 'an unknown field', order: { tip: 1 }, pointer: '/tip' },
  {
    given: 'an amount as a number',
    order: { bills: [{ billNumber: 'OPEN', amount: { value: 10, currency: 'OMR' } }] },
    pointer: '/bills/0/amount/value',
  },
  {
    given: 'two decimals of a currency with three',
    order: { bills: [bill('OPEN', '10.00')] },
    pointer: '/bills/0/amount/value',
  },
  {
    given: 'four decimals of a currency with three',
    order: { bills: [bill('OPEN', '10.0000')] },
    pointer: '/bills/0/amount/value',
  },
  {
    given: 'a currency that is none',
    order: { bills: [bill('OPEN', '10.00', 'XQQ')] },
    pointer: '/bills/0/amount/value',
  },
  { given: 'nothing to pay', order: { bills: [bill('OPEN', '0.000')] }, pointer: '/bills/0/amount/value' },
  { given: 'no bills', order: { bills: [] }, pointer: '/bills' },
  {
    given: 'a bill twice',
    order: { bills: [bill('OPEN', '10.000'), bill('OPEN', '10.000')] },
    pointer: '/bills/1/billNumber',
  },
  {
    given: 'two currencies',
    order: { bills: [bill('OPEN', '10.000'), bill('DEAR', '10.00', 'USD')] },
    pointer: '/bills/1/amount/currency',
  },
  {
    given: 'a fee of another currency',
    order: { fee: { value: '0.20', currency: 'USD' } },
    pointer: '/fee/currency',
  },
  { given: 'a method of its own', order: { method: 'barter' }, pointer: '/method' },
  { given: 'a time without a zone', order: { occurredAt: '2026-11-22T08:00:00' }, pointer: '/occurredAt' },
  {
    given: 'a time that the books cannot write',
    order: { occurredAt: '0000-01-01T00:00:00Z' },
    pointer: '/occurredAt',
  },
];

t.test('refusals', async (t) => {
  const world = await startTestWorld(t);
  await addBills(world.db, 'om', [
    { number: 'OPEN', amount: '10.000' },
    { number: 'DEAR', amount: '10.000' },
    { number: 'DEARER', amount: '2000.000' },
    { number: 'CANCELLED', amount: '10.000', status: 'cancelled' },
    { number: 'EXPIRED', amount: '10.000', expiresOn: '2026-11-21' },
    { number: 'PAID', amount: '10.000' },
  ]);
  await addBills(world.db, 'dz', [{ number: 'DZ', amount: '1000.00' }]);
  await addBills(world.db, 'eg', [{ number: 'GIFT', min: '50.00', max: '500.00', step: '5.00' }]);

  await t.test('one fault each', (t) => run(t, world, SINGLE));
  await t.test('the first of two faults answers', (t) => run(t, world, ORDER));

  await t.test('a paid bill, and since when', async (t) => {
    const paid = await world.client('bank').pay(pay('PAID', '10.000'));
    const again = await world.client('agent').pay(pay('PAID', '1.000'));
    t.equal(again.code, 'bill-already-paid');
    t.equal(again.problem?.['paidAt'], paid.body?.acceptedAt);
  });

  await t.test('malformed requests are told where, and recorded nowhere', async (t) => {
    for (const { given, order, pointer } of MALFORMED) {
      const reference = `malformed-${given.replaceAll(' ', '-')}`;
      const answer = await world.client('bank').pay({ ...pay('OPEN', '10.000'), reference, ...order });
      t.equal(answer.code, 'malformed-request', given);
      t.ok(
        answer.problem?.errors?.some((error) => error.pointer === pointer),
        `${given}: ${answer.text}`,
      );
      t.equal((await world.client('bank').status(reference)).code, 'payment-not-found', given);
    }
  });

  await t.test('what the channel says of its own time never refuses', async (t) => {
    const times = [
      '1970-01-01T00:00:00Z',
      '2999-12-31T23:59:60Z',
      '2026-11-22T08:00:00.123456789+23:59',
      '0001-01-01T00:00:00-23:59',
    ];
    await addBills(
      world.db,
      'om',
      times.map((_, i) => ({ number: `TIME-${i}`, amount: '1.000' })),
    );
    for (const [i, occurredAt] of times.entries()) {
      const { code, body, text } = await world.client('bank').pay(pay(`TIME-${i}`, '1.000', { occurredAt }));
      t.equal(code, 'ok', text);
      t.equal(body?.occurredAt, occurredAt);
    }
  });

  t.same(world.faults, []);
});

async function run(t: Test, world: TestWorld, rows: readonly Row[]): Promise<void> {
  for (const { given, by = 'bank', order, code, says = {} } of rows) {
    const answer = await world.client(by).pay(order);
    t.equal(answer.code, code, given);
    t.match(answer.problem ?? {}, says, given);
  }
}
