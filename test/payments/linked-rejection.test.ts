// A linked agency says afterwards that a payment's bills had been paid elsewhere: the money becomes the payer's credit,
// the desk is told, and nothing is lost. The books are checked when each database closes.
import t, { type Test } from 'tap';
import { trace } from '../../src/desk/index.ts';
import { tellTrace } from '../../src/desk/tell-trace.ts';
import { Directory } from '../../src/channels/index.ts';
import { takeOutcome } from '../../src/payments/index.ts';
import type { RejectionAnswer } from '../../src/payments/rejection-schema.ts';
import { linkTo, startAgency, type Agency } from '../support/agency-server.ts';
import { bill, type Answer, type Client } from '../support/client.ts';
import { testWorld } from '../support/database.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { addBills, type World } from '../support/world.ts';

interface LinkedWorld extends World, TestGateway {
  readonly agency: Agency;
  readonly bank: Client;
  readonly pay: (reference: string, numbers: readonly string[], channel?: string) => Promise<string>;
  readonly reject: (paymentId: string, body: object) => Promise<Answer<RejectionAnswer>>;
  /** Balances of the agency's book by account, in minor units. */
  readonly balances: () => Promise<Record<string, bigint>>;
}

async function linkedWorld(t: Test): Promise<LinkedWorld> {
  const world = await testWorld(t);
  const agency = await startAgency(t);
  await linkTo(world.db, agency, { whenDown: 'stale', notify: true });
  const gateway = await startTestGateway(t, world, { WASIT_PRIVATE_NETWORKS: '127.0.0.0/8' });
  for (let i = 1; i <= 5; i++) agency.has(`DZ-${i}`, { payerId: i < 3 ? 'P-1' : `P-${i}` });
  return {
    ...world,
    ...gateway,
    agency,
    bank: gateway.client('bank'),
    async pay(reference, numbers, channel = 'bank') {
      const bills = numbers.map((number) => bill(number, '100.00', 'DZD'));
      const { body, text } = await gateway.client(channel).pay({ reference, billerCode: 'dz-social', bills });
      if (body === undefined) throw new Error(text);
      return body.paymentId;
    },
    reject: (paymentId, body) =>
      gateway.client('dz-social').send('POST', `/v1/payments/${paymentId}/rejection`, {
        reason: 'paid-elsewhere',
        ...body,
      }),
    balances: () =>
      world.db.transaction(async (tx) => {
        const rows = await tx.query<{ code: string; total: bigint }>(
          `select a.code, sum(b.amount_minor)::bigint as total from balance b join account a using (biller_id, account_no)
            where biller_id = 2 group by 1`,
        );
        return Object.fromEntries(rows.map(({ code, total }) => [code, total]));
      }),
  };
}

t.test(
  'paid elsewhere: the money is the payer’s, the desk knows, the channel keeps its answer',
  async (t) => {
    const { pay, reject, balances, bank, agency, db } = await linkedWorld(t);
    const paymentId = await pay('stored', ['DZ-1']);
    t.match(await balances(), { 'biller/payable': -10_000n });
    const paidAt = '2026-11-22T07:10:00Z';
    const first = await reject(paymentId, { reference: 'rej-1', paidAt });
    t.equal(first.status, 201);
    t.match(first.body, {
      paymentId,
      reference: 'rej-1',
      status: 'credited',
      reason: 'paid-elsewhere',
      bills: [{ billNumber: 'DZ-1', payerId: 'P-1', amount: { value: '100.00', currency: 'DZD' } }],
      amount: { value: '100.00', currency: 'DZD' },
      businessDate: '2026-11-22',
    });
    t.match(await balances(), { 'biller/payable': 0n, 'payer/credit': -10_000n });
    const again = await reject(paymentId, { reference: 'rej-1', paidAt });
    t.strictSame([again.text, again.headers.get('idempotent-replayed')], [first.text, 'true']);
    t.match((await bank.status('stored')).body, { status: 'accepted' }, 'the payer has paid');
    const rows = await db.transaction((tx) =>
      tx.query(
        `select e.type, e.revision, e.payload, b.status, b.payment_id, k.kind, k.amount_minor, k.state, exists (select from event_outbox o where o.event_id = e.event_id) as relayed
         from event e, bill b, break k where e.biller_id = 2 and e.revision = 2 and b.bill_number = 'DZ-1'`,
      ),
    );
    t.match(rows, [
      {
        type: 'payment.credited',
        revision: 2,
        status: 'cancelled',
        payment_id: null,
        kind: 'paid-elsewhere',
        amount_minor: 10_000n,
        state: 'open',
        payload: {
          status: 'credited',
          paymentReference: 'stored',
          billerCode: 'dz-social',
          channelCode: 'bank',
          bills: [{ billNumber: 'DZ-1', payerId: 'P-1', credited: 'bill-already-paid' }],
        },
      },
    ]);
    agency.has('DZ-1', { status: 'paid', paidAt });
    const inquired = await bank.inquire({ billerCode: 'dz-social', billNumber: 'DZ-1' });
    t.match(inquired.body, {
      credit: { value: '100.00' },
      bills: [{ status: 'paid', paidAt: '2026-11-22T07:10:00.000Z' }],
    });
    const undone = await bank.reverse(paymentId, 'undo');
    t.match([undone.code, undone.problem?.['reason']], ['not-reversible', 'rejected']);
    const told = await trace(db, paymentId);
    t.match(told?.payments, [
      {
        status: 'accepted',
        rejections: [{ reference: 'rej-1', bills: [{ billNumber: 'DZ-1', state: 'open' }] }],
        events: [{ type: 'payment.accepted' }, { type: 'payment.credited' }],
        journals: [{ kind: 'payment' }, { kind: 'rejection' }],
      },
    ]);
    t.match(
      told && tellTrace(told),
      /rejected by the agency under rej-1.*100\.00 DZD are the payer's credit/,
    );
  },
);

t.test('bill by bill, each once', async (t) => {
  const { pay, reject, balances, db } = await linkedWorld(t);
  const paymentId = await pay('many', ['DZ-1', 'DZ-3', 'DZ-4']);
  t.match((await reject(paymentId, { reference: 'one', bills: ['DZ-3'] })).body, {
    bills: [{ billNumber: 'DZ-3', payerId: 'P-3' }],
  });
  const twice = await reject(paymentId, { reference: 'twice', bills: ['DZ-3'] });
  t.match([twice.code, twice.problem?.['reason']], ['not-rejectable', 'rejected-already']);
  t.equal((await reject(paymentId, { reference: 'stray', bills: ['DZ-2'] })).code, 'bill-not-found');
  t.equal((await reject(paymentId, { reference: 'one', bills: ['DZ-4'] })).code, 'reference-reused');
  t.match((await reject(paymentId, { reference: 'rest' })).body, { amount: { value: '200.00' } });
  t.equal((await reject(paymentId, { reference: 'none left' })).code, 'malformed-request');
  t.equal((await reject(paymentId, { reference: 'none-left' })).code, 'not-rejectable');
  t.match(await balances(), { 'biller/payable': 0n, 'payer/credit': -30_000n });
  const events = await db.transaction((tx) =>
    tx.query<{ revision: number }>(`select revision from event where biller_id = 2 order by event_id`),
  );
  t.strictSame(
    events.map(({ revision }) => revision),
    [1, 2, 3],
  );
});

t.test('many at once under one name are one rejection', async (t) => {
  const { pay, reject, balances } = await linkedWorld(t);
  const paymentId = await pay('once', ['DZ-1']);
  const answers = await Promise.all(Array.from({ length: 10 }, () => reject(paymentId, { reference: 'r' })));
  t.equal(new Set(answers.map(({ text }) => text)).size, 1);
  const others = await Promise.all([1, 2, 3].map((i) => reject(paymentId, { reference: `other-${i}` })));
  t.ok(others.every(({ code }) => code === 'not-rejectable'));
  t.match(await balances(), { 'payer/credit': -10_000n });
});

t.test('on the direct route the money leaves the agency’s own account', async (t) => {
  const { pay, reject, balances } = await linkedWorld(t);
  const paymentId = await pay('direct', ['DZ-1'], 'transit');
  t.equal((await reject(paymentId, { reference: 'r' })).code, 'ok');
  t.match(await balances(), { 'biller/direct': 0n, 'payer/credit': -10_000n, 'channel/direct': 10_000n });
});

t.test('what cannot be rejected', async (t) => {
  const world = await linkedWorld(t);
  const { pay, reject, bank, db } = world;
  const reversed = await pay('reversed', ['DZ-1']);
  await bank.reverse(reversed, 'undo');
  const refused = await reject(reversed, { reference: 'r-1' });
  t.match([refused.code, refused.problem?.['reason']], ['not-rejectable', 'reversed']);
  await addBills(db, 'om', [{ number: 'OM-1', amount: '100.000' }]);
  const local = await bank.pay({ bills: [bill('OM-1', '100.000')] });
  const path = `/v1/payments/${local.body?.paymentId ?? ''}/rejection`;
  const body = { reference: 'r-2', reason: 'paid-elsewhere' };
  const unlinked = await world.client('om-social').send('POST', path, body);
  t.match([unlinked.code, unlinked.problem?.['reason']], ['not-rejectable', 'not-linked']);
  t.equal(
    (await world.client('dz-social').send('POST', path, body)).code,
    'payment-not-found',
    "another's payment",
  );
  t.equal((await bank.send('POST', path, body)).code, 'forbidden', 'channels do not reject');
  const paid = await pay('ok', ['DZ-3']);
  for (const wrong of [
    { reason: 'dislike' },
    { bills: [] },
    { paidAt: 'yesterday' },
    { paidAt: '0000-01-01T00:00:00Z' },
  ])
    t.equal((await reject(paid, { reference: 'r-3', ...wrong })).code, 'malformed-request');
});

t.test('the same, answered to the confirmation itself', async (t) => {
  const { pay, balances, db } = await linkedWorld(t);
  const paymentId = await pay('stored', ['DZ-1', 'DZ-3']);
  const eventId = `evt_${paymentId.slice(4)}`;
  const tools = {
    database: db,
    directory: await Directory.open(db),
    lane: 0,
    openDays: () => Promise.resolve(),
  };
  const take = (answer: string, type = 'payment.accepted') =>
    takeOutcome(tools, { eventId, type, paymentId }, Buffer.from(answer));
  t.equal(await take(''), 'taken');
  t.equal(await take('{"outcome":"booked"}'), 'taken');
  t.equal(await take('<html>'), 'unreadable');
  t.equal(await take('{"outcome":"maybe"}'), 'unreadable');
  t.equal(
    await take('{"outcome":"paid-elsewhere","bills":["DZ-2"]}'),
    'unreadable',
    'a bill that it did not pay',
  );
  t.equal(await take('{"outcome":"paid-elsewhere"}', 'payment.reversed'), 'taken');
  t.match(await balances(), { 'biller/payable': -20_000n });
  const elsewhere = '{"outcome":"paid-elsewhere","bills":["DZ-3"],"paidAt":"2026-11-22T07:00:00+01:00"}';
  t.equal(await take(elsewhere), 'rejected');
  t.equal(await take(elsewhere), 'rejected', 'told again, taken once');
  t.match(await balances(), { 'biller/payable': -10_000n, 'payer/credit': -10_000n });
});
