// Inquiring and paying at a linked agency, through the gateway: what is asked when, and what holds when it is down.
import t, { type Test } from 'tap';
import type { LinkWish } from '../../src/billers/index.ts';
import { linkTo, MISBEHAVIOURS, startAgency, type Agency } from '../support/agency-server.ts';
import { bill, type Client } from '../support/client.ts';
import { testWorld } from '../support/database.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { addBills, setClock, type World } from '../support/world.ts';

interface LinkedWorld extends World, TestGateway {
  readonly agency: Agency;
  readonly bank: Client;
}

async function linkedWorld(t: Test, wish: LinkWish = {}): Promise<LinkedWorld> {
  const world = await testWorld(t);
  const agency = await startAgency(t);
  await linkTo(world.db, agency, wish);
  const gateway = await startTestGateway(t, world, { WASIT_PRIVATE_NETWORKS: '127.0.0.0/8' });
  return { ...world, ...gateway, agency, bank: gateway.client('bank') };
}

const dz = (billNumber: string, value = '100.00', quoteId?: string) => ({
  billerCode: 'dz-social',
  bills: [bill(billNumber, value, 'DZD', quoteId)],
});
const of = (billNumber: string) => ({ billerCode: 'dz-social', billNumber });

t.test('an inquiry asks the agency and is answered like any other', async (t) => {
  const world = await linkedWorld(t);
  const { agency, bank } = world;
  agency.has('DZ-1');
  const { body } = await bank.inquire(of('DZ-1'));
  t.match(body, {
    stale: false,
    bills: [
      {
        billNumber: 'DZ-1',
        status: 'open',
        amountDue: { value: '100.00' },
        payerName: 'N**** B****',
        policy: 'exact',
      },
    ],
  });
  const quoteId = body?.bills[0]?.quoteId ?? '';
  agency.has('DZ-1', { amount: { value: '120.00', currency: 'DZD' } });
  t.match((await bank.inquire(of('DZ-1'))).body?.bills, [{ amountDue: { value: '120.00' } }]);
  t.equal((await bank.pay(dz('DZ-1', '100.00', quoteId))).code, 'bill-replaced', 'a quote of before');
  t.equal((await bank.inquire(of('DZ-NOBODY'))).code, 'bill-not-found');
  agency.has('DZ-2', { status: 'paid', paidAt: '2026-11-20T10:00:00Z' });
  t.match((await bank.inquire(of('DZ-2'))).body?.bills, [
    { status: 'paid', paidAt: '2026-11-20T10:00:00.000Z', quoteId: null },
  ]);
  agency.has('DZ-3', { status: 'cancelled' });
  t.match((await bank.inquire(of('DZ-3'))).body?.bills, [{ status: 'cancelled' }]);
  const list = await bank.inquire({ billerCode: 'dz-social', payerId: 'P-1' });
  t.match(list.body, { stale: false, bills: [{ billNumber: 'DZ-1' }], next: null });
  const asked = agency.questions.length;
  for (const stranger of ['stranger', 'closed']) await world.client(stranger).inquire(of('DZ-1'));
  t.equal(agency.questions.length, asked, 'who may not ask does not trouble the agency');
});

t.test('a payment goes by a fresh word, and asks again when it is old', async (t) => {
  const { agency, bank, db } = await linkedWorld(t, { freshForSeconds: 60 });
  for (const number of ['DZ-1', 'DZ-2', 'DZ-3', 'DZ-4']) agency.has(number);
  await bank.inquire(of('DZ-1'));
  const { body } = await bank.pay(dz('DZ-1'));
  t.match(body, { status: 'accepted', agencySaidAt: undefined });
  t.equal(agency.questions.length, 1, 'not asked again');
  t.equal((await bank.pay(dz('DZ-2'))).code, 'ok', 'a bill that was never inquired');
  t.equal(agency.questions.length, 2);
  await bank.inquire(of('DZ-3'));
  agency.has('DZ-3', { amount: { value: '150.00', currency: 'DZD' } });
  t.equal((await bank.pay(dz('DZ-3', '150.00'))).code, 'overpayment', 'within a minute the last word holds');
  await setClock(db, '2026-11-22T08:01:30Z');
  const paid = await bank.pay({ ...dz('DZ-3', '150.00'), reference: 'after-a-minute' });
  t.equal(paid.code, 'ok');
  t.equal((await bank.pay({ ...dz('DZ-3', '150.00') })).code, 'bill-already-paid');
  t.equal(agency.questions.length, 4, 'what is paid here needs no asking');
});

t.test('what the agency says of a bill is why it cannot be paid', async (t) => {
  const { agency, bank } = await linkedWorld(t);
  agency.has('DZ-2', { status: 'paid', paidAt: '2026-11-20T10:00:00Z' });
  agency.has('DZ-3', { status: 'cancelled' });
  t.equal((await bank.pay(dz('DZ-1'))).code, 'bill-not-found');
  const paid = await bank.pay(dz('DZ-2'));
  t.match([paid.code, paid.problem?.['paidAt']], ['bill-already-paid', '2026-11-20T10:00:00.000Z']);
  t.equal((await bank.pay(dz('DZ-3'))).code, 'bill-cancelled');
  agency.has('DZ-4');
  await bank.inquire(of('DZ-4'));
  agency.bills.delete('DZ-4');
  await bank.inquire(of('DZ-4'));
  t.equal((await bank.pay(dz('DZ-4'))).code, 'bill-not-found', 'it was here, and the agency took it away');
});

t.test('one reference, one answer, whether the agency answers or not', async (t) => {
  const { agency, bank } = await linkedWorld(t, { freshForSeconds: 0 });
  agency.has('DZ-1');
  const first = await bank.pay({ ...dz('DZ-1'), reference: 'once' });
  const refused = await bank.pay({ ...dz('DZ-2'), reference: 'never' });
  t.strictSame([first.code, refused.code], ['ok', 'bill-not-found']);
  await agency.stop();
  agency.has('DZ-2');
  const again = await bank.pay({ ...dz('DZ-1'), reference: 'once' });
  t.strictSame([again.code, again.text], ['ok', first.text]);
  t.equal(again.headers.get('idempotent-replayed'), 'true');
  t.equal((await bank.pay({ ...dz('DZ-2'), reference: 'never' })).code, 'bill-not-found');
  const down = await bank.pay({ ...dz('DZ-2'), reference: 'later' });
  t.strictSame([down.code, down.status], ['agency-unavailable', 503]);
  await agency.start();
  t.equal(
    (await bank.pay({ ...dz('DZ-2'), reference: 'later' })).code,
    'ok',
    'nothing was kept of the refusal',
  );
});

t.test('a wrong answer is called one, not an outage', async (t) => {
  const { agency, bank } = await linkedWorld(t, { freshForSeconds: 0, whenDown: 'stale' });
  agency.has('DZ-1', { amount: { value: '100.00', currency: 'EUR' } });
  const wrong = await bank.pay({ ...dz('DZ-1'), reference: 'wrong' });
  t.match(wrong.problem, {
    code: 'agency-unavailable',
    status: 503,
    reason: 'wrong-answer',
    fault: 'wrong-currency',
  });
  t.match(wrong.problem, { detail: /answered, but its answer cannot be used \(wrong-currency\)/ });
  await agency.stop();
  const down = await bank.pay({ ...dz('DZ-1'), reference: 'down' });
  t.match(down.problem, { detail: /cannot be reached/, reason: 'no-answer' });
});

t.test('down, by the policy of the last word: stale, accepted, and said so', async (t) => {
  const { agency, bank, db } = await linkedWorld(t, { freshForSeconds: 60, whenDown: 'stale' });
  for (const number of ['DZ-1', 'DZ-2', 'DZ-3']) agency.has(number);
  await bank.inquire(of('DZ-1'));
  await bank.inquire(of('DZ-2'));
  await setClock(db, '2026-11-22T09:00:00Z');
  await agency.stop();
  const { body } = await bank.inquire(of('DZ-1'));
  t.match(body, { stale: true, asOf: /^2026-11-22T08:00:/, bills: [{ amountDue: { value: '100.00' } }] });
  t.match((await bank.inquire({ billerCode: 'dz-social', payerId: 'P-1' })).body, {
    stale: true,
    bills: [{ billNumber: 'DZ-1' }, { billNumber: 'DZ-2' }],
  });
  const paid = await bank.pay({ ...dz('DZ-1'), reference: 'stored' });
  t.match(paid.body, { status: 'accepted', agencySaidAt: /^2026-11-22T08:00:/ });
  const [event] = await db.transaction((tx) =>
    tx.query<{ payload: { agencySaidAt?: string } }>(`select payload from event where biller_id = 2`),
  );
  t.match(event?.payload, { agencySaidAt: /^2026-11-22T08:00:/ }, 'the agency will read it');
  const unheard = await bank.pay(dz('DZ-3'));
  t.equal(unheard.code, 'agency-unavailable', 'a bill of which it never spoke');
  t.ok(Number(unheard.headers.get('retry-after')) >= 1);
  t.equal((await bank.inquire(of('DZ-3'))).code, 'agency-unavailable');
  await agency.start();
  agency.has('DZ-1', { status: 'paid' });
  t.match((await bank.pay({ ...dz('DZ-1'), reference: 'stored' })).body, { status: 'accepted' });
});

t.test('down, by the policy of nothing: refused, nothing kept', async (t) => {
  const { agency, bank, db } = await linkedWorld(t, { freshForSeconds: 0, whenDown: 'refuse' });
  agency.has('DZ-1');
  await bank.inquire(of('DZ-1'));
  agency.misbehave(MISBEHAVIOURS['answers 500']);
  for (const code of [
    (await bank.inquire(of('DZ-1'))).code,
    (await bank.inquire({ billerCode: 'dz-social', payerId: 'P-1' })).code,
    (await bank.pay({ ...dz('DZ-1'), cashHeld: true })).code,
  ])
    t.equal(code, 'agency-unavailable');
  const kept = await db.transaction((tx) =>
    tx.query(
      `select from payment_reference where biller_id = 2 union all select from payment where biller_id = 2`,
    ),
  );
  t.equal(kept.length, 0);
});

t.test('a bill that was reversed is asked for, and paid again', async (t) => {
  const { agency, bank } = await linkedWorld(t, { freshForSeconds: 3600 });
  agency.has('DZ-1');
  const { body } = await bank.pay(dz('DZ-1'));
  agency.has('DZ-1', { status: 'paid' });
  t.match((await bank.inquire(of('DZ-1'))).body?.bills, [{ status: 'paid' }], 'by us, says the agency too');
  await bank.reverse(body?.paymentId ?? '', 'undo');
  agency.has('DZ-1', { status: 'open' });
  t.match((await bank.pay(dz('DZ-1'))).body, { status: 'accepted' });
});

t.test('another agency that is local is never asked', async (t) => {
  const { agency, bank, db } = await linkedWorld(t);
  await addBills(db, 'om', [{ number: 'OM-1', amount: '100.000' }]);
  t.match((await bank.inquire({ billerCode: 'om-social', billNumber: 'OM-1' })).body, { stale: false });
  t.equal((await bank.pay({ bills: [bill('OM-1', '100.000')] })).code, 'ok');
  t.equal(agency.questions.length, 0);
});
