// Deliveries as an agency sees them: signed, once, in order per bill; a poisoned event aside without stopping the
// others; an endpoint that is down waited for behind one probe.
import t, { type Test } from 'tap';
import { bill } from '../support/client.ts';
import { startConfirmingWorld, startTestWorker, type ConfirmingWorld } from '../support/confirming.ts';
import { until } from '../support/until.ts';
import { addManyBills } from '../support/world.ts';

async function start(t: Test, webhook: object = {}, settings: Record<string, string> = {}) {
  const world = await startConfirmingWorld(t, settings);
  await world.setWebhook(webhook);
  const numbers = await addManyBills(world.db, 'om', 'D', 60, '10.000');
  const pay = async (number: string): Promise<string> => {
    const { body, text } = await world.client('bank').pay({ bills: [bill(number, '10.000')] });
    if (body === undefined) throw new Error(text);
    return body.paymentId;
  };
  return { world, numbers, pay };
}

interface Standing {
  readonly waiting: number;
  readonly aside: number;
  readonly parked: number;
  readonly lastFailure: string | null;
}

async function standing(world: ConfirmingWorld): Promise<Standing> {
  const { body } = await world.client('om-social').send<{ delivery: Standing }>('GET', '/v1/webhook');
  if (body === undefined) throw new Error('no webhook');
  return body.delivery;
}

async function settled(world: ConfirmingWorld): Promise<Standing> {
  return until('everything delivered', async () => {
    const now = await standing(world);
    return now.waiting === 0 && now.aside === 0 && now;
  });
}

t.test('a payment is confirmed: signed, with its id and all that the channel was answered', async (t) => {
  const { world, pay } = await start(t);
  const worker = await startTestWorker(t, world);
  const paymentId = await pay('D0001');
  const [told] = [...(await world.agency.books(1)).values()];
  const answer = (await world.client('bank').payment(paymentId)).body;
  t.match(told, {
    type: 'payment.accepted',
    data: {
      paymentId,
      revision: 1,
      status: 'accepted',
      receiptNumber: answer?.receiptNumber,
      total: { value: '10.200' },
    },
  });
  t.equal(told?.id, told?.data.eventId, 'webhook-id is the id of the event');
  t.same(world.agency.strange, [], 'every signature holds');
  await settled(world);
  const metrics = await worker.registry.metrics();
  t.match(metrics, /wasit_deliveries_total\{outcome="acknowledged"\} 1/);
});

t.test('events of a bill come in their order, however often it is paid and reversed', async (t) => {
  const { world, numbers, pay } = await start(t);
  const bank = world.client('bank');
  await Promise.all(
    numbers.slice(0, 12).map(async (number) => {
      for (let i = 0; i < 3; i++) {
        const paymentId = await pay(number);
        t.equal((await bank.reverse(paymentId, `R-${number}-${i}`)).status, 201);
      }
      await pay(number);
    }),
  );
  await startTestWorker(t, world);
  await world.agency.books(12 * 7);
  for (const number of numbers.slice(0, 12)) {
    const types = world.agency.told
      .filter(({ data }) => data.bills.some((each) => each.billNumber === number))
      .map(({ type }) => type);
    const pair = ['payment.accepted', 'payment.reversed'];
    t.same(types, [...pair, ...pair, ...pair, 'payment.accepted'], number);
  }
  await settled(world);
});

t.test('a poisoned event stands aside, those of its bill behind it, and the others go on', async (t) => {
  const { world, numbers, pay } = await start(t);
  const bank = world.client('bank');
  world.agency.answers((data) => (data.bills.some((each) => each.billNumber === 'D0003') ? 422 : 204));
  const ids = [];
  for (const number of numbers.slice(0, 20)) ids.push(await pay(number));
  t.equal((await bank.reverse(ids[2] ?? '', 'R-3')).status, 201);
  await startTestWorker(t, world);
  await world.agency.books(19);
  const { body } = await until('the refused one and what is behind it stand aside', async () => {
    const list = await world
      .client('om-social')
      .send<{ items: { type: string; attempts: number; lastFailure: string | null }[] }>(
        'GET',
        '/v1/deliveries',
      );
    return list.body?.items.length === 2 && list;
  });
  t.match(body?.items, [
    { type: 'payment.accepted', state: 'aside', lastFailure: 'status 422' },
    { type: 'payment.reversed', state: 'aside', attempts: 0, lastFailure: null },
  ]);
  t.notOk(
    world.agency.requests.some(({ type }) => type === 'payment.reversed'),
    'what is behind it was never sent',
  );
  await pay('D0021');
  await world.agency.books(20);
  world.agency.answers(() => 204);
  await makeDue(world);
  await world.agency.books(22);
  t.same(
    world.agency.told.slice(-2).map(({ type }) => type),
    ['payment.accepted', 'payment.reversed'],
  );
  await settled(world);
});

/** The pauses of what stands aside are over. */
async function makeDue(world: ConfirmingWorld): Promise<void> {
  await world.db.transaction((tx) => tx.query('update delivery_aside set next_try_at = clock_timestamp()'));
}

t.test('an endpoint that is down is probed, and everything comes when it is back', async (t) => {
  const { world, numbers, pay } = await start(t);
  world.agency.answers(() => 500);
  for (const number of numbers.slice(0, 30)) await pay(number);
  await startTestWorker(t, world);
  const down = await until('several tries in vain', async () => {
    const now = await standing(world);
    return world.agency.requests.length > 17 && now.lastFailure !== null && now;
  });
  t.match(down, { aside: 0, lastFailure: 'status 500' }, 'nobody is singled out for an outage');
  t.equal(new Set(world.agency.requests.map(({ id }) => id)).size, 16, 'the others wait behind the probes');
  world.agency.answers(() => 204);
  await world.agency.books(30);
  await settled(world);
});

t.test('many events in one request, of one type, in order', async (t) => {
  const { world, numbers, pay } = await start(t, { batch: true });
  for (const number of numbers) await pay(number);
  await startTestWorker(t, world);
  await world.agency.books(60);
  t.ok(world.agency.requests.length < 10, `${world.agency.requests.length} requests`);
  t.same(
    world.agency.told.map(({ data }) => data.bills[0]?.billNumber),
    numbers,
  );
  t.same(world.agency.strange, []);
  await settled(world);
});

t.test('one poisoned event in a batch is found, and only that one is set aside', async (t) => {
  const { world, numbers, pay } = await start(t, { batch: true });
  world.agency.answers((data) => (data.bills.some((each) => each.billNumber === 'D0042') ? 400 : 200));
  for (const number of numbers) await pay(number);
  await startTestWorker(t, world);
  await world.agency.books(59);
  await until('it stands aside', async () => (await standing(world)).aside === 1);
  t.notOk([...world.agency.booked().values()].some(({ data }) => data.bills[0]?.billNumber === 'D0042'));
  world.agency.answers(() => 200);
  await makeDue(world);
  await world.agency.books(60);
  await settled(world);
});

t.test('types that are not asked for are not sent', async (t) => {
  const { world, pay } = await start(t, { events: ['payment.reversed'] });
  const paymentId = await pay('D0001');
  await world.client('bank').reverse(paymentId, 'R-1');
  await startTestWorker(t, world);
  await world.agency.books(1);
  await settled(world);
  t.same(
    world.agency.told.map(({ type }) => type),
    ['payment.reversed'],
  );
});

t.test('after three days an event is parked, its bill goes on, and it can be sent again', async (t) => {
  const { world, pay } = await start(t);
  world.agency.answers((data, type) =>
    type === 'payment.accepted' && data.bills.some((each) => each.billNumber === 'D0001') ? 422 : 204,
  );
  await pay('D0002');
  const paymentId = await pay('D0001');
  await world.client('bank').reverse(paymentId, 'R-1');
  await startTestWorker(t, world);
  await until('set aside', async () => (await standing(world)).aside === 2);
  await world.db.transaction((tx) =>
    tx.query(
      `update delivery_aside set set_aside_at = set_aside_at - interval '3 days', next_try_at = clock_timestamp()`,
    ),
  );
  await world.agency.books(2);
  await until('parked', async () => (await standing(world)).parked === 1);
  t.match([...world.agency.booked().values()].at(-1), { type: 'payment.reversed' }, 'the bill went on');
  world.agency.answers(() => 204);
  const resent = await world
    .client('om-social')
    .send<{ resent: number }>('POST', '/v1/deliveries/resend', { state: 'parked' });
  t.same(resent.body, { resent: 1 });
  await world.agency.books(3);
  await until('nothing parked', async () => (await standing(world)).parked === 0);
});

t.test('what was delivered can be sent again, under its own id; another agency’s cannot', async (t) => {
  const { world, pay } = await start(t);
  await pay('D0001');
  await startTestWorker(t, world);
  const [told] = [...(await world.agency.books(1)).values()];
  const eventIds = [told?.data.eventId];
  const resent = await world.client('om-social').send('POST', '/v1/deliveries/resend', { eventIds });
  t.equal(resent.status, 200);
  await until('told twice', () => world.agency.told.length === 2);
  t.equal(world.agency.booked().size, 1);
  const other = await world.client('dz-social').send('POST', '/v1/deliveries/resend', { eventIds });
  t.equal(other.code, 'webhook-not-found');
  await world.client('dz-social').send('PUT', '/v1/webhook', { url: world.agency.url });
  t.equal(
    (await world.client('dz-social').send('POST', '/v1/deliveries/resend', { eventIds })).code,
    'event-not-found',
  );
});

t.test(
  'several workers: every event comes, none more often than a lost acknowledgement explains',
  async (t) => {
    const { world, numbers, pay } = await start(t);
    await Promise.all([startTestWorker(t, world), startTestWorker(t, world), startTestWorker(t, world)]);
    await Promise.all(numbers.map(pay));
    await world.agency.books(60);
    await settled(world);
    t.equal(world.agency.told.length, 60);
  },
);
