// An agency that is told through its live link: payments in order, its answer understood, the outage waited for. A
// payment on its last word that had been paid elsewhere ends as the payer's credit, never lost.
import t, { type Test } from 'tap';
import { messagesOf } from '../../src/confirmations/messages/show-messages.ts';
import { TOLD } from '../../src/confirmations/index.ts';
import { trace } from '../../src/desk/index.ts';
import { linkTo, startAgency } from '../support/agency-server.ts';
import { bill } from '../support/client.ts';
import { startTestWorker } from '../support/confirming.ts';
import { testWorld } from '../support/database.ts';
import { startTestGateway } from '../support/gateway.ts';
import { until } from '../support/until.ts';
import { setClock } from '../support/world.ts';

async function start(t: Test) {
  const world = await testWorld(t);
  const agency = await startAgency(t);
  await linkTo(world.db, agency, { whenDown: 'stale', notify: true });
  const gateway = await startTestGateway(t, world, { WASIT_PRIVATE_NETWORKS: '127.0.0.0/8' });
  for (let i = 1; i <= 5; i++) agency.has(`DZ-${i}`, { payerId: `P-${i}` });
  const pay = async (number: string): Promise<string> => {
    const bills = [bill(number, '100.00', 'DZD')];
    const payer = { mobile: '+213550000001' };
    const { body, text } = await gateway.client('bank').pay({ billerCode: 'dz-social', bills, payer });
    if (body === undefined) throw new Error(text);
    return body.paymentId;
  };
  const settings = { WASIT_DATA_DIR: t.testdir() };
  return { ...world, agency, pay, gateway, settings };
}

t.test('payments and reversals are told at the link, in order', async (t) => {
  const { agency, pay, gateway, settings, ...world } = await start(t);
  const paymentId = await pay('DZ-1');
  t.equal((await gateway.client('bank').reverse(paymentId, 'R-1')).status, 201);
  await startTestWorker(t, world, settings);
  await until('both are told', () => agency.told.length === 2);
  t.match(agency.told, [
    { type: 'payment.accepted', data: { paymentId, revision: 1 } },
    { type: 'payment.reversed', data: { paymentId, revision: 2 } },
  ]);
});

t.test('stored, forwarded, and paid elsewhere: the payer’s credit and a break for the desk', async (t) => {
  const { agency, pay, gateway, db, settings, ...world } = await start(t);
  const bank = gateway.client('bank');
  await bank.inquire({ billerCode: 'dz-social', billNumber: 'DZ-1' });
  await db.transaction((tx) => tx.query(`update bill_snapshot set asked_at = asked_at - interval '1 hour'`));
  await agency.stop();
  const paymentId = await pay('DZ-1');
  const worker = await startTestWorker(t, world, settings);
  await until('told in vain', async () => {
    const [row] = await db.transaction((tx) =>
      tx.query<{ failures: number }>('select failures from delivery'),
    );
    return (row?.failures ?? 0) > 0;
  });
  agency.outcome = { outcome: 'paid-elsewhere' };
  await agency.start();
  await until('the credit', async () => {
    const { body } = await gateway.client('dz-social').list('businessDate=2026-11-22');
    const [row] = await db.transaction((tx) => tx.query(`select from break where state = 'open'`));
    return body !== undefined && row !== undefined;
  });
  const [credit] = await db.transaction((tx) => tx.query('select payer_id, available_minor from credit'));
  t.same(credit, { payer_id: 'P-1', available_minor: 10_000n });
  t.equal((await bank.payment(paymentId)).status, 200, 'the channel’s payment stands');
  await until('the credit is told too', () => agency.told.some(({ type }) => type === 'payment.credited'));
  const kinds = await until('the payer is told of both', async () => {
    const rows = await db.transaction((tx) =>
      tx.query<{ kind: string; amount: string }>(
        `select kind, facts -> 'amount' ->> 'value' as amount from message order by event_id`,
      ),
    );
    return rows.length === 2 && rows;
  });
  t.same(kinds, [
    { kind: 'accepted', amount: '100.00' },
    { kind: 'credited', amount: '100.00' },
  ]);
  const shown = await messagesOf(db, paymentId);
  t.same(
    shown?.map(({ kind }) => kind),
    ['accepted', 'credited'],
    'the operator sees both messages of the payment',
  );
  const eventIds = [agency.told[0]?.data['eventId']];
  const resent = await gateway.client('dz-social').send('POST', '/v1/deliveries/resend', { eventIds });
  t.same(resent.body, { resent: 1 }, 'also without a webhook');
  t.match((await gateway.client('dz-social').send('GET', '/v1/webhook')).body, { batch: false });
  await worker.stop();
});

t.test('an answer that nobody can read is no acknowledgement', async (t) => {
  const { agency, pay, gateway, db, settings, ...world } = await start(t);
  agency.outcome = { outcome: 'perhaps' };
  await pay('DZ-2');
  await startTestWorker(t, world, settings);
  const failure = await until('it is noted', async () => {
    const [row] = await db.transaction((tx) =>
      tx.query<{ last_failure: string | null }>('select last_failure from delivery'),
    );
    return row?.last_failure ?? undefined;
  });
  t.equal(failure, 'status 200 with an answer that cannot be read');
  agency.outcome = {};
  await until('it is delivered', async () => {
    const [row] = await db.transaction((tx) =>
      tx.query<{ delivered_number: bigint }>('select delivered_number from delivery'),
    );
    return row?.delivered_number === 1n;
  });
});

t.test('what was before the link is in the feed alone, and the trace says so', async (t) => {
  const { agency, pay, gateway, settings, db, ...world } = await start(t);
  await linkTo(db, agency, { notify: false });
  const before = await pay('DZ-1');
  const worker = await startTestWorker(t, world, settings);
  await until('it is numbered', async () => {
    const rows = await db.transaction((tx) => tx.query('select from event_feed where biller_id = 2'));
    return rows.length === 1;
  });
  await setClock(db, '2026-11-22T09:00:00Z');
  await linkTo(db, agency, { notify: true });
  const toldBillers = (): Promise<unknown[]> =>
    db.transaction((tx) => tx.query(`select biller_id, url, events from ${TOLD} told`));
  t.same(await toldBillers(), [{ biller_id: 2, url: `${agency.url}/payments`, events: ['payment.*'] }]);
  await until('it begins', async () => {
    const rows = await db.transaction((tx) => tx.query('select from delivery where biller_id = 2'));
    return rows.length === 1;
  });
  const after = await pay('DZ-2');
  await until('the second is told', () => agency.told.length === 1);
  t.match(agency.told, [{ data: { paymentId: after } }]);
  const confirmationOf = async (paymentId: string): Promise<unknown> =>
    (await trace(db, paymentId))?.payments[0]?.events[0]?.confirmation;
  await until('the mark has moved', async () => {
    const rows = await db.transaction((tx) => tx.query('select from delivery where delivered_number = 2'));
    return rows.length === 1;
  });
  t.match(await confirmationOf(before), { state: 'feed' });
  t.match(await confirmationOf(after), { state: 'delivered' });
  await worker.stop();

  const url = 'https://dz.example/wasit';
  t.equal((await gateway.client('dz-social').send('PUT', '/v1/webhook', { url })).status, 200);
  t.match(await toldBillers(), [{ biller_id: 2, url, events: null }], 'a webhook goes before the link');
});
