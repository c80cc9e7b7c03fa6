// Looking up: by reference, by id, by business date page by page, by receipt. Another's payment is not there.
import t from 'tap';
import { bill, requestOf, type PaymentAnswer } from '../support/client.ts';
import { startTestWorld } from '../support/gateway.ts';
import { addBills, addManyBills } from '../support/world.ts';

t.test('look-up', async (t) => {
  const world = await startTestWorld(t);
  const bank = world.client('bank');
  const agent = world.client('agent');
  const omNumbers = await addManyBills(world.db, 'om', 'U', 12, '10.000');
  await addBills(world.db, 'eg', [{ number: 'E1', amount: '70.00' }]);
  const paid: PaymentAnswer[] = [];
  for (const number of omNumbers.slice(0, 7)) {
    const { body } = await bank.pay({ bills: [bill(number, '10.000')] });
    if (body !== undefined) paid.push(body);
  }
  const foreign = await agent.pay({ bills: [bill(omNumbers[8] ?? '', '10.000')] });
  const egyptian = await bank.pay({ billerCode: 'eg-local', bills: [bill('E1', '70.00', 'EGP')] });

  await t.test('by reference', async (t) => {
    const request = requestOf({ bills: [bill(omNumbers[9] ?? '', '10.000')] });
    t.equal((await bank.status(request.reference)).code, 'payment-not-found');
    const accepted = await bank.pay(request);
    t.same((await bank.status(request.reference)).body, { status: 'accepted', payment: accepted.body });
    t.equal((await agent.status(request.reference)).code, 'payment-not-found');
    t.equal((await world.client('om-social').status(request.reference)).code, 'forbidden');
  });

  await t.test('by id: the channel that paid and the agency that is owed, nobody else', async (t) => {
    const [first] = paid;
    const paymentId = first?.paymentId ?? '';
    t.same((await bank.payment(paymentId)).body, first);
    t.same((await world.client('om-social').payment(paymentId)).body, first);
    for (const other of ['agent', 'dz-social', 'stranger', 'closed'])
      t.equal((await world.client(other).payment(paymentId)).code, 'payment-not-found', other);
    t.equal((await bank.payment('pay_00000000000000000000000000')).code, 'payment-not-found');
    t.equal((await bank.payment(paymentId.toUpperCase())).code, 'payment-not-found');
  });

  await t.test('by business date, page by page', async (t) => {
    const ids = (items: readonly { paymentId: string }[] = []): string[] =>
      items.map(({ paymentId }) => paymentId);
    const seen: string[] = [];
    let after = '';
    const pages: number[] = [];
    do {
      const { body } = await bank.list(`businessDate=2026-11-22&limit=4${after}`);
      seen.push(...ids(body?.items));
      pages.push(body?.items.length ?? 0);
      after = body?.next ? `&after=${body.next}` : '';
    } while (after !== '');
    const all = ids((await bank.list('businessDate=2026-11-22')).body?.items);
    t.same(seen, all);
    t.same(pages, [4, 4, 1]);
    t.equal(new Set(all).size, 9, 'seven, one by reference, one Egyptian');
    t.same(all.slice(0, 7), ids(paid), 'in order of acceptance, agency by agency');
    t.equal(all.at(-1), egyptian.body?.paymentId);
    t.same(ids((await agent.list('businessDate=2026-11-22')).body?.items), [foreign.body?.paymentId]);
    t.equal(
      (await world.client('om-social').list('businessDate=2026-11-22')).body?.items.length,
      9,
      'the agency sees every channel',
    );
    t.same(ids((await world.client('eg-local').list('businessDate=2026-11-22')).body?.items), [
      egyptian.body?.paymentId,
    ]);
    t.same((await bank.list('businessDate=2026-11-23')).body, { items: [], next: null });
  });

  await t.test('an identifier that names nothing is no reason to send a payment again', async (t) => {
    const unknown = 'pay_06fhp0c6dm000g8k2n5v7w9xqz';
    for (const [language, again] of [
      ['en', /same request/],
      ['fr', /même requête/],
      ['ar', /الطلب نفسه/],
    ] as const) {
      const headers = { 'accept-language': language };
      const { problem: byId } = await bank.send('GET', `/v1/payments/${unknown}`, undefined, headers);
      t.equal(byId?.code, 'payment-not-found');
      t.ok(byId?.detail.includes(unknown));
      t.notMatch(byId?.detail, again);
      const byReference = await bank.send('GET', '/v1/payments/by-reference/none', undefined, headers);
      t.match(byReference.problem?.detail, again);
    }
    t.ok((await bank.reverse(unknown, 'R-0')).problem?.detail.includes(unknown));
  });

  await t.test('a list that is asked wrongly', async (t) => {
    for (const query of [
      '',
      'businessDate=2026-02-30',
      'businessDate=today',
      'businessDate=2026-11-22&limit=0',
      'businessDate=2026-11-22&limit=1001',
      'businessDate=2026-11-22&after=x',
      'businessDate=2026-11-22&page=2',
    ]) {
      t.equal((await bank.list(query)).code, 'malformed-request', query);
    }
  });

  await t.test('a reversed payment says so everywhere', async (t) => {
    const { paymentId = '', receiptNumber = '' } = paid[0] ?? {};
    const valid = await receipt(world.baseUrl, receiptNumber, 'application/json');
    t.match(valid, { status: 200, text: JSON.stringify({ receiptNumber, status: 'valid' }) });
    const { body } = await bank.reverse(paymentId, 'R-1');
    const reversedAt = body?.reversedAt;
    t.match((await bank.payment(paymentId)).body, { status: 'reversed', reversedAt });
    t.match((await bank.list('businessDate=2026-11-22&limit=1')).body?.items, [
      { paymentId, status: 'reversed', reversedAt },
    ]);
    const reversed = await receipt(world.baseUrl, receiptNumber, 'application/json');
    t.same(JSON.parse(reversed.text), { receiptNumber, status: 'reversed', reversedAt });
  });

  await t.test('the page of a receipt: a word for people, nothing personal', async (t) => {
    const { receiptNumber = '' } = paid[1] ?? {};
    for (const [language, words] of [
      ['en', 'This receipt is valid.'],
      ['fr', 'Ce reçu est valable.'],
      ['ar', 'هذا الإيصال صحيح.'],
    ] as const) {
      const page = await receipt(world.baseUrl, receiptNumber, 'text/html', language);
      t.equal(page.status, 200);
      t.ok(page.text.includes(words), language);
      t.notOk(/Salim|E-1|10\.000|U0002/.test(page.text));
    }
    const typed = receiptNumber.toLowerCase().replaceAll('-', '');
    t.equal((await receipt(world.baseUrl, typed, 'application/json')).status, 200, 'as people type it');
    const [last = ''] = receiptNumber.slice(-1);
    const wrong = receiptNumber.slice(0, -1) + (last === '7' ? '8' : '7');
    t.equal((await receipt(world.baseUrl, wrong, 'application/json')).status, 404);
    t.equal((await receipt(world.baseUrl, wrong, 'text/html')).status, 404);
    t.equal((await receipt(world.baseUrl, 'nonsense', 'text/html')).status, 404);
  });
  t.same(world.faults, []);
});

async function receipt(
  baseUrl: string,
  number: string,
  accept: string,
  language = 'en',
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${baseUrl}/r/${number}`, {
    headers: { accept, 'accept-language': language },
  });
  return { status: response.status, text: await response.text() };
}
