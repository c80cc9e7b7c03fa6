// One reference, one answer, for ever: the same request again gets the same bytes, another request under the same
// reference is told which field differs, and what was never recorded may be tried again.
import t from 'tap';
import { resumeChannel, setAgreement, suspendChannel } from '../../src/channels/index.ts';
import { bill, requestOf, type Order } from '../support/client.ts';
import { startTestWorld } from '../support/gateway.ts';
import { ACTOR, addBills, addManyBills, done } from '../support/world.ts';

t.test('replays', async (t) => {
  const world = await startTestWorld(t);
  const bank = world.client('bank');
  await addManyBills(world.db, 'om', 'B', 20, '10.000');
  await addBills(world.db, 'dz', [{ number: 'B0001', amount: '10.00' }]);

  await t.test('an accepted payment is answered again byte for byte, marked as replayed', async (t) => {
    const request = requestOf({
      bills: [bill('B0001', '10.000'), bill('B0002', '12.000')],
      outlet: { kind: 'branch', id: 'MCT' },
    });
    const first = await bank.pay(request);
    t.equal(first.status, 201);
    t.equal(first.headers.get('idempotent-replayed'), null);
    const changed: Record<string, Partial<Order>> = {
      'the very same': {},
      'bills in another order': { bills: [bill('B0002', '12.000'), bill('B0001', '10.000')] },
      'another outlet, time and payer': {
        outlet: { kind: 'web', id: 'w' },
        occurredAt: '2026-11-01T00:00:00Z',
        payer: { language: 'fr' },
      },
      'another fee': { fee: { value: '9.000', currency: 'OMR' } },
      'held cash': { cashHeld: true },
    };
    for (const [given, change] of Object.entries(changed)) {
      const again = await bank.pay({ ...request, ...change });
      t.equal(again.status, 201, given);
      t.equal(again.text, first.text, given);
      t.equal(again.headers.get('idempotent-replayed'), 'true', given);
      t.equal(again.headers.get('current-status'), null, given);
    }
  });

  await t.test('another request under the reference: the first field that differs is named', async (t) => {
    const request = requestOf({ bills: [bill('B0003', '10.000'), bill('B0004', '10.000')] });
    t.equal((await bank.pay(request)).code, 'ok');
    const rows: [field: string, change: Partial<Order>][] = [
      ['billerCode', { billerCode: 'dz-social', bills: [bill('B0001', '10.00', 'DZD')] }],
      ['method', { method: 'card' }],
      ['billNumber', { bills: [bill('B0003', '10.000'), bill('B0005', '10.000')] }],
      ['billNumber', { bills: [bill('B0003', '10.000')] }],
      ['amount', { bills: [bill('B0003', '10.000'), bill('B0004', '10.001')] }],
      ['amount', { bills: [bill('B0003', '10.00', 'USD'), bill('B0004', '10.00', 'USD')] }],
    ];
    for (const [field, change] of rows) {
      const again = await bank.pay({ ...request, ...change });
      t.equal(again.code, 'reference-reused', field);
      t.equal(again.problem?.['field'], field);
    }
    t.equal((await bank.pay(request)).headers.get('idempotent-replayed'), 'true');
  });

  await t.test('a reference is the channel’s own', async (t) => {
    const request = requestOf({ bills: [bill('B0006', '10.000')] });
    t.equal((await bank.pay(request)).code, 'ok');
    t.equal((await world.client('agent').pay(request)).code, 'bill-already-paid');
  });

  await t.test('a refusal is kept, though the request would succeed by now', async (t) => {
    const request = requestOf({ bills: [bill('LATER', '10.000'), bill('B0007', '9.000')] });
    const first = await bank.pay(request);
    t.same(
      first.problem?.bills?.map(({ billNumber, code }) => [billNumber, code]),
      [
        ['LATER', 'bill-not-found'],
        ['B0007', 'underpayment'],
      ],
    );
    await addBills(world.db, 'om', [{ number: 'LATER', amount: '10.000' }]);
    const again = await bank.send('POST', '/v1/payments', request, { 'accept-language': 'ar' });
    t.equal(again.headers.get('idempotent-replayed'), 'true');
    const { instance: _, title: __, detail: ___, ...kept } = first.problem ?? {};
    t.match(again.problem, kept);
    t.not(again.problem?.title, first.problem?.title, 'in the language of this caller');
    const status = await bank.status(request.reference);
    t.equal(status.body?.status, 'refused');
    t.match(status.body?.problem, kept);
    t.equal(
      (await bank.pay({ ...request, reference: 'fresh-1', bills: [bill('LATER', '10.000')] })).code,
      'ok',
    );
  });

  await t.test('403 is never recorded; what is recorded is answered to a suspended channel', async (t) => {
    const paid = requestOf({ bills: [bill('B0008', '10.000')] });
    const refused = requestOf({ bills: [bill('B0008', '10.000')] });
    const late = requestOf({ bills: [bill('B0009', '10.000')] });
    const first = await bank.pay(paid);
    t.equal((await bank.pay(refused)).code, 'bill-already-paid');
    done(await suspendChannel(world.db, 'bank', ACTOR));
    t.equal((await bank.pay(late)).code, 'channel-suspended');
    t.equal((await bank.status(late.reference)).code, 'payment-not-found');
    t.equal((await bank.pay(paid)).text, first.text);
    t.equal((await bank.pay(refused)).code, 'bill-already-paid');
    t.equal((await bank.status(paid.reference)).body?.status, 'accepted');
    done(await resumeChannel(world.db, 'bank', ACTOR));
    t.equal((await bank.pay(late)).code, 'ok');
  });

  await t.test('an agreement that has ended: no new payment, the old answers stay', async (t) => {
    const kiosk = world.client('kiosk');
    const paid = requestOf({ bills: [bill('B0010', '10.000')] });
    const first = await kiosk.pay(paid);
    const terms = { billerCode: 'om-social', channelCode: 'kiosk' };
    done(await setAgreement(world.db, terms, null, ACTOR));
    t.equal((await kiosk.pay({ bills: [bill('B0011', '10.000')] })).code, 'biller-not-served');
    t.equal((await kiosk.pay(paid)).text, first.text);
    done(await setAgreement(world.db, terms, { route: 'via-operator' }, ACTOR));
    t.equal((await kiosk.pay({ bills: [bill('B0011', '10.000')] })).code, 'ok');
  });

  await t.test('a payment reversed since replays as it was, with its state of today beside', async (t) => {
    const request = requestOf({ bills: [bill('B0012', '10.000')] });
    const first = await bank.pay(request);
    t.equal((await bank.reverse(first.body?.paymentId ?? '', 'R-1')).status, 201);
    const again = await bank.pay(request);
    t.equal(again.text, first.text);
    t.equal(again.headers.get('current-status'), 'reversed');
    t.equal((await bank.status(request.reference)).body?.status, 'reversed');
  });

  await t.test('the same request many times at once is one payment', async (t) => {
    const request = requestOf({ bills: [bill('B0013', '10.000')] });
    const answers = await Promise.all(Array.from({ length: 20 }, () => bank.pay(request)));
    t.equal(new Set(answers.map(({ text }) => text)).size, 1);
    t.equal(answers.filter(({ headers }) => headers.get('idempotent-replayed') === null).length, 1);
  });
});
