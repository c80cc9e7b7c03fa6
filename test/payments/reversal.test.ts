// Reversal: in full, once, by the channel that paid, while the window is open. And cancellation, for the machine
// that never got an answer: reversed, burnt, or refused already.
import t from 'tap';
import { bill, requestOf } from '../support/client.ts';
import { startTestWorld, type TestWorld } from '../support/gateway.ts';
import { addBills, addManyBills, MORNING, setClock } from '../support/world.ts';

t.test('reversal', async (t) => {
  const world = await startTestWorld(t);
  const bank = world.client('bank');
  await addManyBills(world.db, 'om', 'V', 30, '10.000');
  const paid = async (...numbers: string[]): Promise<string> => {
    const { body, text } = await bank.pay({ bills: numbers.map((number) => bill(number, '10.000')) });
    if (body === undefined) throw new Error(text);
    return body.paymentId;
  };

  await t.test('opens all bills again, tells who asks, and is answered again the same', async (t) => {
    const paymentId = await paid('V0001', 'V0002');
    const reversed = await bank.reverse(paymentId, 'R-1', 'wrong customer');
    t.match(reversed.body, {
      paymentId,
      reference: 'R-1',
      status: 'reversed',
      kind: 'reversal',
      businessDate: '2026-11-22',
      reason: 'wrong customer',
    });
    t.same(reversed.body?.amount, { value: '20.200', currency: 'OMR' });
    const again = await bank.reverse(paymentId, 'R-1', 'another reason');
    t.equal(again.status, 201);
    t.equal(again.text, reversed.text);
    t.equal(again.headers.get('idempotent-replayed'), 'true');
    t.match((await bank.payment(paymentId)).body, {
      status: 'reversed',
      reversedAt: reversed.body?.reversedAt,
    });
    t.match((await bank.inquire({ billerCode: 'om-social', billNumber: 'V0001' })).body?.bills[0], {
      status: 'open',
    });
    t.equal((await bank.pay({ bills: [bill('V0001', '10.000')] })).code, 'ok', 'the bill can be paid again');
    t.same(await events(world, paymentId), [
      ['payment.accepted', 1],
      ['payment.reversed', 2],
    ]);
  });

  await t.test('not twice, not under a reference of another, not another’s payment', async (t) => {
    const first = await paid('V0003');
    const second = await paid('V0004');
    t.equal((await bank.reverse(first, 'R-2')).status, 201);
    const twice = await bank.reverse(first, 'R-3');
    t.equal(twice.code, 'not-reversible');
    t.equal(twice.problem?.['reason'], 'reversed-already');
    t.equal((await bank.reverse(second, 'R-2')).code, 'reference-reused');
    t.equal((await world.client('agent').reverse(second, 'R-4')).code, 'payment-not-found');
    t.equal((await world.client('om-social').reverse(second, 'R-4')).code, 'forbidden');
    t.equal((await bank.reverse('pay_01m8149x8g001a2448s2j1b6hq', 'R-4')).code, 'payment-not-found');
    t.equal((await bank.reverse('nonsense', 'R-4')).code, 'payment-not-found');
    t.equal((await bank.reverse(second, 'R-4')).status, 201);
  });

  await t.test('gives the float back, fee included', async (t) => {
    const agent = world.client('agent');
    const { body } = await agent.pay({ bills: [bill('V0005', '900.000')] });
    t.equal((await agent.pay({ bills: [bill('V0006', '900.000')] })).code, 'insufficient-float');
    t.equal((await agent.reverse(body?.paymentId ?? '', 'A-1')).status, 201);
    t.equal((await agent.pay({ bills: [bill('V0006', '999.770')] })).code, 'ok');
  });

  await t.test('a bill whose last day has passed meanwhile is expired', async (t) => {
    await addBills(world.db, 'om', [{ number: 'LAST', amount: '10.000', expiresOn: '2026-11-22' }]);
    await setClock(world.db, '2026-11-22T19:55:00Z');
    const paymentId = await paid('LAST');
    await setClock(world.db, '2026-11-22T20:05:00Z');
    t.equal((await bank.reverse(paymentId, 'R-5')).status, 201);
    t.equal(
      (await bank.inquire({ billerCode: 'om-social', billNumber: 'LAST' })).body?.bills[0]?.status,
      'expired',
    );
  });

  await t.test('until the cut-off or 30 minutes, whichever is later', async (t) => {
    const rows: [paidAt: string, askedAt: string, expect: string][] = [
      ['2026-11-23T06:00:00Z', '2026-11-23T11:59:50Z', 'ok'],
      ['2026-11-23T06:00:00Z', '2026-11-23T12:00:01Z', 'not-reversible'],
      ['2026-11-23T11:50:00Z', '2026-11-23T12:19:50Z', 'ok'],
      ['2026-11-23T11:50:00Z', '2026-11-23T12:20:05Z', 'not-reversible'],
    ];
    for (const [i, [paidAt, askedAt, expect]] of rows.entries()) {
      await setClock(world.db, paidAt);
      const paymentId = await paid(`V00${10 + i}`);
      await setClock(world.db, askedAt);
      const answer = await bank.reverse(paymentId, `R-1${i}`);
      t.equal(answer.code, expect, `${paidAt} ${askedAt}`);
      if (expect === 'not-reversible')
        t.match(answer.problem, {
          reason: 'window-passed',
          reversibleUntil: (await bank.payment(paymentId)).body?.reversibleUntil,
        });
    }
  });

  await t.test('after the day’s seal it is an adjustment of the open day', async (t) => {
    await setClock(world.db, '2026-11-24T06:00:00Z');
    const paymentId = await paid('V0020');
    await world.db.transaction((tx) =>
      tx.query(
        `update business_day set sealed_at = business_now() where biller_id = 1 and business_date <= '2026-11-24'`,
      ),
    );
    const { body } = await bank.reverse(paymentId, 'R-20');
    t.match(body, { kind: 'adjustment', businessDate: '2026-11-25' });
    const [journal] = await world.db.transaction((tx) =>
      tx.query<{ kind: string; business_date: string }>(
        `select kind, business_date from journal where kind = 'adjustment'`,
      ),
    );
    t.same(journal, { kind: 'adjustment', business_date: '2026-11-25' });
    const next = await bank.pay({ bills: [bill('V0021', '10.000')] });
    t.equal(next.body?.businessDate, '2026-11-25', 'payments too enter the next date');
  });
  t.same(world.faults, []);
});

t.test('cancellation', async (t) => {
  const world = await startTestWorld(t);
  const bank = world.client('bank');
  await setClock(world.db, MORNING);
  await addManyBills(world.db, 'om', 'C', 10, '10.000');

  await t.test('an unknown reference is burnt: a payment that arrives later is refused', async (t) => {
    const request = requestOf({ bills: [bill('C0001', '10.000')] });
    for (let i = 0; i < 2; i++)
      t.same((await bank.cancel(request.reference)).body, {
        outcome: 'cancelled',
        reference: request.reference,
      });
    t.equal((await bank.status(request.reference)).body?.status, 'cancelled');
    for (let i = 0; i < 2; i++) t.equal((await bank.pay(request)).code, 'reference-cancelled');
    t.equal((await world.client('agent').pay(request)).code, 'ok', 'another channel’s reference is its own');
  });

  await t.test('an accepted payment is reversed, however often it is asked', async (t) => {
    const request = requestOf({ bills: [bill('C0002', '10.000')] });
    const paid = await bank.pay(request);
    const cancelled = await bank.cancel(request.reference);
    t.match(cancelled.body, {
      outcome: 'reversed',
      reference: request.reference,
      reversal: { paymentId: paid.body?.paymentId, status: 'reversed', reason: 'no answer' },
    });
    t.equal((await bank.cancel(request.reference)).text, cancelled.text);
    t.equal((await bank.status(request.reference)).body?.status, 'reversed');
    const replay = await bank.pay(request);
    t.equal(replay.text, paid.text);
    t.equal(replay.headers.get('current-status'), 'reversed');
  });

  await t.test('reversed by name before: the cancellation tells of that reversal', async (t) => {
    const request = requestOf({ bills: [bill('C0003', '10.000')] });
    const paid = await bank.pay(request);
    const reversed = await bank.reverse(paid.body?.paymentId ?? '', 'R-1');
    t.same((await bank.cancel(request.reference)).body?.reversal, reversed.body);
  });

  await t.test('a reversal may bear the name of a payment: the two do not meet', async (t) => {
    const named = requestOf({ bills: [bill('C0004', '10.000')] });
    const other = await bank.pay({ bills: [bill('C0005', '10.000')] });
    await bank.pay(named);
    t.equal((await bank.reverse(other.body?.paymentId ?? '', named.reference)).status, 201);
    t.equal((await bank.cancel(named.reference)).body?.outcome, 'reversed');
  });

  await t.test('refused already', async (t) => {
    const request = requestOf({ bills: [bill('NONE', '10.000')] });
    t.equal((await bank.pay(request)).code, 'bill-not-found');
    t.same((await bank.cancel(request.reference)).body, {
      outcome: 'already-refused',
      reference: request.reference,
    });
    t.equal((await bank.pay(request)).code, 'bill-not-found');
  });

  await t.test('too late: the window has passed', async (t) => {
    const request = requestOf({ bills: [bill('C0006', '10.000')] });
    await bank.pay(request);
    await setClock(world.db, '2026-11-22T12:00:01Z');
    t.equal((await bank.cancel(request.reference)).code, 'not-reversible');
    t.equal((await bank.status(request.reference)).body?.status, 'accepted');
  });
  t.same(world.faults, []);
});

async function events({ db }: TestWorld, paymentId: string): Promise<[string, number][]> {
  const rows = await db.transaction((tx) =>
    tx.query<{ type: string; revision: number }>(
      `select type, revision from event where payload->>'paymentId' = $1 order by revision`,
      [paymentId],
    ),
  );
  return rows.map((row) => [row.type, row.revision]);
}
