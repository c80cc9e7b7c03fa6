// The demo agency, told by Wasit's own signature and asked as anybody would: it books each event once, undoes what was
// reversed, misses nothing while it is stopped, and answers the live link from its own bills.

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { presentedBill, sayIsBack } from '../../scripts/demo-agency/call-wasit.ts';
import { newWebhookSecret } from '../../src/kernel/standard-webhooks.ts';
import { startConfirmingWorld, startTestWorker } from '../support/confirming.ts';
import { openAgency } from '../support/demo-agency.ts';
import { until } from '../support/until.ts';

const ACCEPTED = 'payment.accepted';
const TO_OM = '/confirmations/om-social';

function event(n: number, more: object = {}): object {
  return {
    eventId: `evt_${n}`,
    revision: 1,
    paymentId: `pay_${n}`,
    reference: `R-${n}`,
    receiptNumber: `01-${n}`,
    channelCode: 'bank-one',
    businessDate: '2026-11-22',
    amount: { value: '125.500', currency: 'OMR' },
    bills: [
      { billNumber: `A-${n}`, payerId: 'E-1', amount: { value: '100.500', currency: 'OMR' } },
      { billNumber: `B-${n}`, payerId: 'E-1', amount: { value: '25.000', currency: 'OMR' } },
    ],
    ...more,
  };
}
const told = (type: string, data: object): object => ({ type, timestamp: '2026-11-22T08:00:00Z', data });
const reversed = (n: number): object =>
  event(n, { eventId: `evt_r${n}`, revision: 2, reference: `undo-${n}` });

t.test('an event is booked once, however often and however many at a time it comes', async (t) => {
  const agency = await openAgency(t);
  const send = () => agency.tell(TO_OM, told(ACCEPTED, event(1)));
  t.equal((await send()).status, 204);
  t.match(await agency.payment('pay_1'), {
    billerCode: 'om-social',
    state: 'booked',
    revision: 1,
    amount: { value: '125.500', currency: 'OMR' },
    bills: [
      { billNumber: 'A-1', payerId: 'E-1', amount: '100.500', state: 'booked' },
      { billNumber: 'B-1', amount: '25.000', state: 'booked' },
    ],
    events: [{ eventId: 'evt_1', type: ACCEPTED, revision: 1 }],
  });
  t.equal((await send()).status, 204, 'known already, so it is taken');

  const batch = (...numbers: number[]) =>
    agency.tell(
      TO_OM,
      told(
        ACCEPTED,
        numbers.map((n) => event(n)),
      ),
    );
  const both = await Promise.all([batch(2, 3, 4, 5), batch(5, 4, 3, 2), batch(3, 2), batch(4, 5)]);
  t.strictSame(
    both.map(({ status }) => status),
    [204, 204, 204, 204],
  );
  t.strictSame(
    [await agency.count('event'), await agency.count('payment'), await agency.count('booking')],
    [5, 5, 10],
  );
});

t.test('a reversal undoes the booking; what is older than what is known changes nothing', async (t) => {
  const agency = await openAgency(t);
  await agency.tell(TO_OM, told(ACCEPTED, event(1)));
  await agency.tell(TO_OM, told('payment.reversed', reversed(1)));
  t.match(await agency.payment('pay_1'), {
    state: 'undone',
    revision: 2,
    reference: 'R-1',
    bills: [{ state: 'undone' }, { state: 'undone' }],
    events: [{ eventId: 'evt_1' }, { eventId: 'evt_r1' }],
  });
  t.equal((await agency.tell(TO_OM, told(ACCEPTED, event(1)))).status, 204);
  t.match(await agency.payment('pay_1'), { state: 'undone' });

  await agency.tell(TO_OM, told('payment.reversed', reversed(2)));
  t.equal((await agency.tell(TO_OM, told(ACCEPTED, event(2)))).status, 204, 'the other way round');
  t.match(await agency.payment('pay_2'), { state: 'undone', revision: 2, bills: [] });
});

t.test('money that a bill could not take is credit, at once or after it was booked', async (t) => {
  const agency = await openAgency(t);
  const bill = (billNumber: string, value: string, more: object = {}) => ({
    billNumber,
    payerId: 'E-1',
    amount: { value, currency: 'OMR' },
    ...more,
  });
  const [taken, credited] = [
    bill('A-1', '100.500'),
    bill('B-1', '25.000', { credited: 'bill-already-paid' }),
  ];
  await agency.tell(TO_OM, told(ACCEPTED, event(1)));
  const late = event(1, { eventId: 'evt_c1', revision: 2, bills: [credited] });
  await agency.tell(TO_OM, told('payment.credited', late));
  t.match(await agency.payment('pay_1'), {
    state: 'booked',
    bills: [{ state: 'booked' }, { billNumber: 'B-1', state: 'credit' }],
  });
  await agency.tell(
    TO_OM,
    told('payment.credited', event(2, { bills: [{ ...taken, credited: 'bill-cancelled' }] })),
  );
  t.match(await agency.payment('pay_2'), { state: 'credit' });
  const { totals } = (await (await fetch(agency.url)).json()) as { totals: object[] };
  t.strictSame(totals, [{ billerCode: 'om-social', currency: 'OMR', payments: 1, amount: '100.500' }]);
});

t.test('what is not from Wasit, or cannot be booked, is not acknowledged', async (t) => {
  const agency = await openAgency(t);
  const one = told(ACCEPTED, event(1));
  t.equal((await agency.tell(TO_OM, one, { secret: newWebhookSecret() })).status, 401);
  t.equal((await agency.tell('/confirmations/nobody', one)).status, 401);
  t.equal((await agency.tell(TO_OM, 'no JSON')).status, 503);
  t.equal((await agency.tell(TO_OM, told(ACCEPTED, [event(1), { eventId: 'evt_2' }]))).status, 503);
  t.equal(await agency.count('event'), 0, 'all of a request or nothing of it');
  t.equal(agency.said.length, 2);
  const trial = told('webhook.test', { message: 'If you can read this …' });
  t.equal((await agency.tell(TO_OM, trial)).status, 204, 'a test is no event');
  t.equal(
    (await agency.tell(TO_OM, told('settlement.closed', { eventId: 'evt_9', revision: 1 }))).status,
    204,
  );
  t.strictSame([await agency.count('event'), await agency.count('payment')], [1, 0]);
  const page = await fetch(agency.url, { headers: { accept: 'text/html' } });
  t.match(await page.text(), /Nothing yet/);
});

t.test('it shows its books to people, and what stands in them cannot run', async (t) => {
  const agency = await openAgency(t);
  await agency.tell(TO_OM, told(ACCEPTED, event(1, { receiptNumber: '<script>alert(1)</script>' })));
  const page = await fetch(agency.url, { headers: { accept: 'text/html,*/*' } });
  t.match(page.headers.get('content-security-policy'), /default-src 'none'/);
  t.match(await page.text(), /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
});

t.test('it catches up after it was stopped', async (t) => {
  const world = await startConfirmingWorld(t);
  const agency = await openAgency(t);
  await world.setWebhook({ url: agency.url + TO_OM, secret: agency.secret });
  await startTestWorker(t, world);
  const pay = async (bill: string): Promise<string> => {
    await world.client('om-social').send('PUT', `/v1/bills/${bill}`, {
      payerId: 'E-1',
      payerName: 'Al Noor',
      description: 'November',
      amount: { value: '10.000', currency: 'OMR' },
      dueOn: '2026-12-15',
    });
    const answer = await world.client('bank').send('POST', '/v1/payments', {
      reference: `pay-${bill}`,
      billerCode: 'om-social',
      bills: [{ billNumber: bill, amount: { value: '10.000', currency: 'OMR' } }],
      occurredAt: '2026-11-22T08:00:00Z',
      method: 'account',
    });
    t.equal(answer.status, 201, answer.text);
    return (JSON.parse(answer.text) as { paymentId: string }).paymentId;
  };
  const booked = (paymentId: string) =>
    until(`${paymentId} booked`, async () => (await agency.payment(paymentId)) ?? false);

  await booked(await pay('UP'));
  await agency.stop();
  const missed = [await pay('DOWN-1'), await pay('DOWN-2')];
  await until('a delivery has failed', async () => {
    const { text } = await world.client('om-social').send('GET', '/v1/webhook');
    return /"failingSince":"/.test(text);
  });
  await agency.start();
  const key = world.keys.get('om-social') ?? '';
  const gateway = { baseUrl: world.baseUrl, keys: new Map([['om-social', key]]) };
  await sayIsBack(gateway, () => agency.url + TO_OM);
  for (const paymentId of missed) t.match(await booked(paymentId), { state: 'booked' });
  t.strictSame([await agency.count('event'), await agency.count('booking')], [3, 3]);

  t.match(await presentedBill(gateway, 'om-social', 'DOWN-1'), {
    billNumber: 'DOWN-1',
    payerId: 'E-1',
    amount: { value: '10.000', currency: 'OMR' },
  });
  t.equal(await presentedBill(gateway, 'om-social', 'NONE'), undefined);
});

t.test('the live link answers from its own bills, and with those presented in its name', async (t) => {
  const bill = (billNumber: string, payerId: string) => ({ billNumber, payerId, version: 1 });
  const billFile = path.join(t.testdir({}), 'bills.ndjson');
  const lines = [bill('EG-1', 'P-1'), bill('EG-2', 'P-1'), bill('EG-3', 'P-2')];
  await writeFile(billFile, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const presented = async (biller: string, billNumber: string) =>
    biller === 'eg-local' && billNumber === 'BY-HAND' ? bill('BY-HAND', 'P-9') : undefined;
  const agency = await openAgency(t, { billFile, presented });
  const ask = async (question: object, secret = agency.linkSecret): Promise<unknown> => {
    const response = await agency.tell('/inquiries', { billerCode: 'eg-local', ...question }, { secret });
    return response.status === 200 ? response.json() : response.status;
  };
  t.strictSame(await ask({ billNumber: 'EG-1' }), { bills: [bill('EG-1', 'P-1')] });
  t.strictSame(await ask({ payerId: 'P-1' }), { bills: [bill('EG-1', 'P-1'), bill('EG-2', 'P-1')] });
  t.strictSame(await ask({ billNumber: 'BY-HAND' }), { bills: [bill('BY-HAND', 'P-9')] });
  t.strictSame(await ask({ payerId: 'P-9' }), { bills: [bill('BY-HAND', 'P-9')] }, 'now it knows of it');
  t.strictSame(await ask({ billNumber: 'NONE' }), { bills: [] });
  t.strictSame(await ask({ payerId: 'P-7' }), { bills: [] });
  t.equal(await ask({ billNumber: 'EG-1' }, newWebhookSecret()), 401);
});
