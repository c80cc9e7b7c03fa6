// Single bills over HTTP: presented, changed, cancelled, reopened, read; versions in every order; who may see what.
import t from 'tap';
import type { BillAnswer } from '../../src/bills/bill-answer.ts';
import { startBillsGateway } from '../support/bills-gateway.ts';
import { clientsOf } from '../support/gateway.ts';
import { addBills, setClock } from '../support/world.ts';

const BODY = {
  payerId: 'E-1',
  payerName: 'شركة النور للتجارة',
  description: 'Contribution of November 2026',
  amount: { value: '125.500', currency: 'OMR' },
  dueOn: '2026-12-15',
};

void t.test('one bill through its life', async (t) => {
  const world = await startBillsGateway(t, { works: false });
  const om = clientsOf(world, world.baseUrl)('om-social');
  const put = (number: string, body: object) => om.send<BillAnswer>('PUT', `/v1/bills/${number}`, body);

  const made = await put('B-1', { ...BODY, version: 3 });
  t.equal(made.status, 201);
  t.match(made.body, {
    ...BODY,
    billNumber: 'B-1',
    status: 'open',
    version: 3,
    revision: 1,
    lines: null,
    paymentId: null,
  });
  t.match(
    await put('B-1', { ...BODY, version: 3 }),
    { status: 200, body: { revision: 1 } },
    'the same again',
  );
  t.match(
    await put('B-1', BODY),
    { status: 200, body: { revision: 1, version: 3 } },
    'the same without version',
  );
  t.match(await put('B-1', { ...BODY, version: 2 }), { status: 409, code: 'stale-version' });
  t.match(await put('B-1', { ...BODY, version: 3, description: 'Other' }), {
    status: 409,
    code: 'version-reused',
  });
  const other = { ...BODY, version: 4, amount: { value: '130.000', currency: 'OMR' } };
  t.match(await put('B-1', other), {
    status: 200,
    body: { revision: 2, version: 4, amount: { value: '130.000' } },
  });
  t.match(
    await put('B-1', { ...BODY, description: 'Later' }),
    { status: 200, body: { revision: 3, version: 4 } },
    'without version the latest counts',
  );
  t.match(await put('B-1', { ...BODY, version: 3 }), { code: 'stale-version' }, 'and versions never go back');

  const cancellation = { reference: 'c-1', reason: 'Issued twice' };
  const cancel = (number: string) =>
    om.send<BillAnswer>('POST', `/v1/bills/${number}/cancellation`, cancellation);
  t.match(await cancel('B-1'), { status: 200, body: { status: 'cancelled', revision: 3 } });
  t.match(await cancel('B-1'), { status: 200, body: { status: 'cancelled' } }, 'repeatable');
  t.match(await put('B-1', BODY), { status: 422, code: 'bill-cancelled' });
  t.match(await put('B-1', { ...BODY, version: 4 }), { status: 422, code: 'bill-cancelled' });
  t.match(
    await put('B-1', { ...BODY, version: 5 }),
    { status: 200, body: { status: 'open', revision: 4 } },
    'a higher version reopens',
  );
  t.match(await cancel('B-9'), { status: 404, code: 'bill-not-found' });

  const history = await world.db.transaction((tx) =>
    tx.query<{ reason: string; content: { amount_minor: number; status: string; note?: object } }>(
      `select reason, content from bill_history where bill_number = 'B-1' order by history_id, recorded_at`,
    ),
  );
  t.same(history.map((row) => row.reason).sort(), ['cancelled', 'reopened', 'replaced', 'replaced']);
  t.match(history.find((row) => row.reason === 'cancelled')?.content, { note: cancellation, status: 'open' });
  t.notOk(history.find((row) => row.reason === 'replaced')?.content.note);
});

void t.test('paid and expired bills', async (t) => {
  const world = await startBillsGateway(t, { works: false });
  const om = clientsOf(world, world.baseUrl)('om-social');
  await addBills(world.db, 'om', [{ number: 'P-1', amount: '1.000' }]);
  await world.db.transaction((tx) =>
    tx.query(`update bill set status = 'paid', payment_id = '018f0000-0000-0001-0000-000000000001'`),
  );
  t.match(await om.send('PUT', '/v1/bills/P-1', { ...BODY, version: 9 }), {
    status: 409,
    code: 'bill-already-paid',
  });
  t.match(await om.send('POST', '/v1/bills/P-1/cancellation', { reference: 'c', reason: 'r' }), {
    status: 409,
    code: 'bill-already-paid',
  });
  t.match(await om.send('GET', '/v1/bills/P-1'), {
    status: 200,
    body: { status: 'paid', paymentId: /^pay_/ },
  });

  // Nobody paid it: the books are checked when the test ends.
  await world.db.transaction((tx) => tx.query(`update bill set status = 'open', payment_id = null`));

  const expiring = { ...BODY, dueOn: '2026-11-20', expiresOn: '2026-11-22', version: 1 };
  t.match(await om.send('PUT', '/v1/bills/X-1', expiring), { status: 201, body: { status: 'open' } });
  // In Muscat the day ends four hours before UTC's.
  await setClock(world.db, '2026-11-22T19:59:00Z');
  t.match(await om.send('GET', '/v1/bills/X-1'), { body: { status: 'open' } }, 'its last day is inclusive');
  await setClock(world.db, '2026-11-22T20:00:00Z');
  t.match(await om.send('GET', '/v1/bills/X-1'), { body: { status: 'expired' } });
  t.match(await om.send('PUT', '/v1/bills/X-1', expiring), {
    status: 200,
    body: { status: 'expired', revision: 1 },
  });
  t.match(await om.send('PUT', '/v1/bills/X-1', { ...expiring, version: 2, expiresOn: '2026-12-31' }), {
    status: 200,
    body: { status: 'open', revision: 2 },
  });
});

void t.test('what is malformed, and where', async (t) => {
  const world = await startBillsGateway(t, { works: false });
  const clients = clientsOf(world, world.baseUrl);
  const om = clients('om-social');
  const cases: [string, object, string, string | undefined][] = [
    ['scale', { amount: { value: '1.5', currency: 'OMR' } }, 'malformed-request', '/amount/value'],
    ['zero', { amount: { value: '0.000', currency: 'OMR' } }, 'malformed-request', '/amount/value'],
    ['a number', { amount: { value: 1.5, currency: 'OMR' } }, 'malformed-request', '/amount/value'],
    ['currency', { amount: { value: '1.50', currency: 'QAR' } }, 'currency-mismatch', undefined],
    [
      'open amount',
      { amount: { min: '1.000', max: '2.000', currency: 'OMR' } },
      'malformed-request',
      '/amount',
    ],
    ['expiry', { expiresOn: '2026-12-14' }, 'malformed-request', '/expiresOn'],
    ['no such day', { dueOn: '2026-02-29' }, 'malformed-request', '/dueOn'],
    ['unknown field', { colour: 'red' }, 'malformed-request', '/colour'],
    ['a unit where there are none', { unit: 'cairo' }, 'unit-not-found', undefined],
    ['an unknown service', { service: 'gold' }, 'service-not-found', undefined],
    ['NUL', { payerName: 'a\u0000b' }, 'malformed-request', '/payerName'],
    ['a version that is no integer', { version: 1.5 }, 'malformed-request', '/version'],
    [
      'lines',
      { lines: [{ budgetLine: '70', amount: { value: '1.000', currency: 'OMR' } }] },
      'malformed-request',
      '/lines',
    ],
    ['penalty', { penalty: [{ every: 'once' }] }, 'malformed-request', '/penalty/0'],
  ];
  for (const [name, change, code, pointer] of cases) {
    const answer = await om.send('PUT', '/v1/bills/M-1', { ...BODY, ...change });
    t.equal(answer.code, code, name);
    if (pointer !== undefined) t.equal(answer.problem?.errors?.[0]?.pointer, pointer, name);
  }
  t.match(await om.send('PUT', '/v1/bills/a%2Fb', BODY), { status: 400, code: 'malformed-request' });
  t.match(await om.send('PUT', `/v1/bills/${'x'.repeat(65)}`, BODY), { status: 400 });
  t.match(await om.send('GET', '/v1/bills/M-1'), { status: 404, code: 'bill-not-found' }, 'nothing was kept');

  const full = {
    ...BODY,
    expiresOn: '2027-03-31',
    penalty: [
      { percent: '2.5', every: 'month', fromDay: 31, ceiling: { percent: '24' } },
      { flat: '1.000', every: 'once' },
    ],
    lines: [
      { budgetLine: '70/1', amount: { value: '100.000', currency: 'OMR' } },
      { budgetLine: '70/2', amount: { value: '25.500', currency: 'OMR' } },
    ],
    payer: { mobile: '+96824123456', email: 'payroll@example.com', language: 'ar' },
  };
  t.match(
    await om.send('PUT', '/v1/bills/M-2', full),
    { status: 201, body: full },
    'everything comes back as it was sent',
  );
  t.match(await om.send('PUT', '/v1/bills/M-2', structuredClone(full)), {
    status: 200,
    body: { revision: 1 },
  });

  const eg = clients('eg-local');
  const open = {
    ...BODY,
    amount: { min: '1.00', max: '20.00', step: '0.50', currency: 'EGP' },
    unit: 'cairo',
  };
  t.match(await eg.send('PUT', '/v1/bills/E-1', open), {
    status: 201,
    body: { amount: open.amount, unit: 'cairo' },
  });
  const upside = { ...open, amount: { ...open.amount, min: '30.00' } };
  t.equal((await eg.send('PUT', '/v1/bills/E-1', upside)).problem?.errors?.[0]?.pointer, '/amount/max');

  t.match(
    await eg.send('GET', '/v1/bills/M-2'),
    { status: 404, code: 'bill-not-found' },
    "another agency's bill does not exist",
  );
  t.match(await clients('bank').send('PUT', '/v1/bills/M-2', BODY), { status: 403, code: 'forbidden' });
});

void t.test('fifty at once make one bill', async (t) => {
  const world = await startBillsGateway(t, { works: false });
  const om = clientsOf(world, world.baseUrl)('om-social');
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => om.send('PUT', '/v1/bills/R-1', { ...BODY, version: 1 })),
  );
  t.equal(answers.filter(({ status }) => status === 201).length, 1);
  t.equal(answers.filter(({ status }) => status === 200).length, 49);
  const versions = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      om.send('PUT', '/v1/bills/R-1', { ...BODY, version: 2 + i, description: `v${2 + i}` }),
    ),
  );
  t.ok(versions.every(({ code }) => code === 'ok' || code === 'stale-version'));
  t.match(
    await om.send('GET', '/v1/bills/R-1'),
    { body: { version: 21, description: 'v21' } },
    'the highest version stands',
  );
});

void t.test('pay codes', async (t) => {
  const world = await startBillsGateway(t, { works: false });
  const clients = clientsOf(world, world.baseUrl);
  const om = clients('om-social');
  await addBills(world.db, 'om', [
    { number: 'C-1', amount: '1.000' },
    { number: 'C-2', amount: '2.000' },
  ]);
  await addBills(world.db, 'dz', [{ number: 'D-1', amount: '1.00' }]);
  const make = (reference: string, bills: string[]) =>
    om.send<{ payCode: string }>('POST', '/v1/pay-codes', { reference, bills });
  const made = await make('set-1', ['C-1', 'C-2']);
  t.match(made, {
    status: 201,
    body: { payCode: /^RF[0-9]{2}[0-9]{14}$/, reference: 'set-1', bills: ['C-1', 'C-2'] },
  });
  const again = await make('set-1', ['C-2', 'C-1']);
  t.same([again.status, again.text, again.headers.get('idempotent-replayed')], [201, made.text, 'true']);
  t.match(await make('set-1', ['C-1']), {
    status: 409,
    code: 'reference-reused',
    problem: { field: 'bills' },
  });
  t.match(await make('set-2', ['C-1', 'D-1', 'C-9']), {
    status: 404,
    code: 'bill-not-found',
    problem: { bills: [{ billNumber: 'D-1' }, { billNumber: 'C-9' }] },
  });
  t.match(await make('set-3', []), { status: 400 });
  t.match(await make('set-3', ['C-1', 'C-1']), { status: 400 });
  const at = await Promise.all(Array.from({ length: 20 }, () => make('set-4', ['C-1'])));
  t.equal(new Set(at.map(({ body }) => body?.payCode)).size, 1, 'twenty at once make one code');
});
