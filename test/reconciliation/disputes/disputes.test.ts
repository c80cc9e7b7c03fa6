// Disputes of channels and cases of payers, from being opened to what they come to: journals, balances, who sees and does
// what, deadlines, races. The books are checked at the end.
import t from 'tap';
import { accept } from '../../support/approvals.ts';
import { balance, makeBreakWorld } from '../../support/breaks.ts';
import { bill } from '../../support/client.ts';
import { decide, decided, open, paid, post } from '../../support/disputes.ts';
import { setClock } from '../../support/world.ts';
import { trace } from '../../../src/desk/index.ts';
import type { DisputeAnswer } from '../../../src/reconciliation/disputes/schema.ts';

t.test('disputes', async (t) => {
  const world = await makeBreakWorld(t);
  const { one, two, three, db } = world;
  const bank = world.client('bank');

  await t.test('opened by a channel about its own payment, once', async (t) => {
    const paymentId = await paid(world, 'OM-1');
    const first = await open(bank, paymentId, { reference: 'D-A' });
    t.match(first, {
      status: 201,
      body: {
        state: 'opened',
        openedBy: 'channel',
        caseNumber: null,
        amount: { value: '100.200' },
        overdue: false,
        history: [{ action: 'opened', client: 'bank', by: null }],
      },
    });
    const id = first.body?.disputeId ?? '';
    t.match(await open(bank, paymentId, { reference: 'D-A' }), { status: 200, body: { disputeId: id } });
    t.match(await open(bank, paymentId, { reference: 'D-A', reason: 'other' }), { code: 'reference-reused' });
    t.match(await open(bank, paymentId), {
      code: 'dispute-state',
      problem: { disputeId: id, detail: new RegExp(`${id} about the payment is opened`) },
    });
    t.match(await open(world.client('agent'), paymentId), { code: 'payment-not-found' });
    t.match(await open(world.client('om-social'), paymentId), { code: 'forbidden' });
    t.match(await open(bank, paymentId, { paymentReference: 'x' }), { code: 'malformed-request' });
    t.match(await open(bank, 'pay_00000000000000000000000000'), { code: 'payment-not-found' });
    t.match(await world.client('agent').send('GET', `/v1/disputes/${id}`), { code: 'dispute-not-found' });
    t.match(await world.client('dz-social').send('GET', `/v1/disputes/${id}`), { code: 'dispute-not-found' });
    t.match(await world.client('om-social').send('GET', `/v1/disputes/${id}`), { body: { disputeId: id } });
    t.match(await world.client('om-social').send('GET', '/v1/disputes'), {
      body: { items: [{ disputeId: id }] },
    });
    t.match(await world.client('agent').send('GET', '/v1/disputes'), { body: { items: [] } });
    t.match(await post(world.client('om-social'), id, 'comments', { comment: 'x' }), { code: 'forbidden' });
    t.match(await post(bank, id, 'withdrawal', { comment: 'found' }), { body: { state: 'withdrawn' } });
    t.match(await post(bank, id, 'withdrawal', {}), { status: 200 }, 'again');
    t.match(await decide(one, id, 'refuse'), { code: 'dispute-state', problem: { state: 'withdrawn' } });
    t.match(await open(bank, paymentId), { status: 201 }, 'another one may follow');
  });

  await t.test('charged back: the payment is undone and the channel owes nothing for it', async (t) => {
    const before = await balance(world, 'channel/receivable', { channel: 'bank' });
    const paymentId = await paid(world, 'OM-2');
    const { body } = await open(bank, paymentId);
    const id = body?.disputeId;
    t.match(await post(bank, id, 'review'), { code: 'forbidden' });
    t.match(await post(one, id, 'review'), { body: { state: 'under-review' } });
    t.match(await post(bank, id, 'comments', { comment: 'the slip follows' }), {
      body: { history: [{}, {}, { action: 'commented', client: 'bank' }] },
    });
    t.match(await decide(bank, id, 'chargeback'), { code: 'forbidden' });
    const asked = await decide(one, id, 'chargeback', 'X-A');
    const approvalId = asked.body?.approvalId ?? '';
    t.match(asked, { status: 201, body: { state: 'under-review' } });
    t.match(await decide(one, id, 'chargeback', 'X-A'), { status: 200 });
    t.match(await decide(one, id, 'refuse', 'X-A'), { code: 'reference-reused' });
    t.match(await decide(two, id, 'refuse'), {
      code: 'dispute-state',
      problem: { approvalId, detail: new RegExp(`${approvalId} asks for a decision`) },
    });
    t.match(await post(bank, id, 'withdrawal', {}), { code: 'dispute-state' });
    t.match(await post(one, id, 'closing', {}), { code: 'dispute-state' });
    const answers = await Promise.all([accept(two, approvalId), accept(three, approvalId)]);
    t.same(answers.map(({ code }) => code).sort(), ['approval-decided', 'ok']);
    t.match(await post(one, id, 'closing'), {
      body: {
        state: 'closed',
        outcome: 'chargeback',
        reversalId: /^rev_/,
        decidedAt: /^2026/,
        history: [{}, {}, {}, {}, { action: 'upheld', content: { acceptedBy: /^(two|three)$/ } }, {}],
      },
    });
    t.match(await bank.payment(paymentId), { body: { status: 'reversed' } });
    t.equal(await balance(world, 'channel/receivable', { channel: 'bank' }), before);
    t.match(await bank.pay({ bills: [bill('OM-2', '100.000')] }), { status: 201 }, 'the bill is open again');
  });

  await t.test('refunded to the payer’s credit, with the fee, also long after the window', async (t) => {
    const credit = await balance(world, 'payer/credit', { book: 1 });
    const paymentId = await paid(world, 'OM-3');
    const owed = await balance(world, 'channel/receivable', { channel: 'bank' });
    const { body } = await open(bank, paymentId);
    await setClock(db, '2026-11-23T09:00:00Z');
    t.match(await decided(world, body?.disputeId, 'refund-to-credit'), { body: { state: 'accepted' } });
    t.equal((await balance(world, 'payer/credit', { book: 1 })) - credit, -100_200n);
    t.equal(
      await balance(world, 'channel/receivable', { channel: 'bank' }),
      owed,
      'it keeps the money and owes it',
    );
    t.match(await bank.pay({ bills: [bill('OM-3', '100.000')] }), { status: 201 });
    const traced = await trace(db, body?.disputeId ?? '');
    t.match(traced?.payments, [
      {
        disputes: [{ outcome: 'refund-to-credit', state: 'upheld' }],
        journals: [{ kind: 'payment' }, {}, { kind: 'dispute' }],
      },
    ]);
  });

  await t.test(
    'absorbed: the channel owes nothing for it, the payment stands, and nothing leaves twice',
    async (t) => {
      const owed = await balance(world, 'channel/receivable', { channel: 'bank' });
      const payable = await balance(world, 'biller/payable', { book: 1 });
      const paymentId = await paid(world, 'OM-8');
      const { body } = await open(bank, paymentId);
      const meanwhile = { reference: 'CALL-A', payment: paymentId, reason: 'other', payerSaid: 'not mine' };
      const other = await one.send<DisputeAnswer>('POST', '/v1/cases', meanwhile);
      const late = await decide(one, other.body?.disputeId, 'refund-to-credit');
      t.match(await decided(world, body?.disputeId, 'absorb'), { body: { state: 'accepted' } });
      t.match(await bank.send('GET', `/v1/disputes/${body?.disputeId}`), {
        body: { state: 'upheld', outcome: 'absorb', reversalId: null },
      });
      t.equal(await balance(world, 'channel/receivable', { channel: 'bank' }), owed);
      t.equal(
        await balance(world, 'biller/payable', { book: 1 }),
        payable - 100_000n,
        'the agency has its money',
      );
      t.equal(await balance(world, 'dispute/loss', { book: 1 }), 100_200n);
      t.match(await bank.payment(paymentId), { body: { status: 'accepted' } });
      t.match(await bank.pay({ bills: [bill('OM-8', '100.000')] }), { code: 'bill-already-paid' });
      t.match(await bank.reverse(paymentId, 'absorbed-undo'), {
        code: 'not-reversible',
        problem: { reason: 'absorbed' },
      });
      t.match(await accept(two, late.body?.approvalId ?? ''), { code: 'approval-impossible' });
      const again = await open(bank, paymentId);
      for (const outcome of ['chargeback', 'refund-to-credit', 'absorb'])
        t.match(await decide(one, again.body?.disputeId, outcome), { code: 'approval-impossible' });
      await two.send('POST', `/v1/approvals/${late.body?.approvalId}/reject`, { comment: 'given back' });
      t.match(await decided(world, other.body?.disputeId, 'refuse'), { body: { state: 'accepted' } });
    },
  );

  await t.test('what cannot be had is refused: at the question, and when it is too late', async (t) => {
    const direct = await paid(world, 'OM-4', 'transit');
    const { body } = await open(world.client('transit'), direct);
    t.match(await decide(one, body?.disputeId, 'refund-to-credit'), { code: 'approval-impossible' });
    t.match(await decide(one, body?.disputeId, 'absorb'), { code: 'approval-impossible' });
    t.match(await decided(world, body?.disputeId, 'chargeback'), { body: { state: 'accepted' } });
    const paymentId = await paid(world, 'OM-5');
    const late = await open(bank, paymentId);
    const asked = await decide(one, late.body?.disputeId, 'refund-to-credit');
    await bank.reverse(paymentId, 'meanwhile');
    t.match(await accept(two, asked.body?.approvalId ?? ''), { code: 'approval-impossible' });
    t.match(
      await two.send('POST', `/v1/approvals/${asked.body?.approvalId}/reject`, { comment: 'reversed' }),
      {
        body: { state: 'rejected' },
      },
    );
    t.match(await decided(world, late.body?.disputeId, 'refuse'), { body: { state: 'accepted' } });
    t.match(await bank.send('GET', `/v1/disputes/${late.body?.disputeId}`), {
      body: { state: 'refused', outcome: 'refuse', reversalId: null },
    });
  });

  await t.test('a prefunded channel, and money that is credit already', async (t) => {
    const agent = world.client('agent');
    const float = await balance(world, 'channel/float', { channel: 'agent' });
    const paymentId = await paid(world, 'OM-6', 'agent');
    const { body } = await open(agent, paymentId);
    t.match(await decided(world, body?.disputeId, 'refund-to-credit'), { body: { state: 'accepted' } });
    t.equal((await balance(world, 'channel/float', { channel: 'agent' })) - float, 100_230n);
    const borne = await open(agent, await paid(world, 'OM-9', 'agent'));
    t.match(await decided(world, borne.body?.disputeId, 'absorb'), { body: { state: 'accepted' } });
    t.equal(
      (await balance(world, 'channel/float', { channel: 'agent' })) - float,
      100_230n,
      'it has its float back',
    );
    const held = await bank.pay({ bills: [bill('OM-3', '10.000')], cashHeld: true });
    const credited = await open(bank, held.body?.paymentId ?? '');
    t.match(await decide(one, credited.body?.disputeId, 'refund-to-credit'), { code: 'approval-impossible' });
    t.match(await decided(world, credited.body?.disputeId, 'chargeback'), { body: { state: 'accepted' } });
  });

  await t.test('a case: number, time by working days, the desk’s alone and its agency’s', async (t) => {
    const paymentId = await paid(world, 'OM-7');
    const body = {
      reference: 'CALL-1',
      payment: paymentId,
      reason: 'wrong-bill',
      payerSaid: 'his brother’s',
    };
    t.match(await bank.send('POST', '/v1/cases', body), { code: 'forbidden' });
    const opened = await one.send<DisputeAnswer>('POST', '/v1/cases', body);
    // Muscat works from Sunday to Thursday; five working days after Monday the 23rd.
    t.match(opened, {
      status: 201,
      body: { openedBy: 'desk', caseNumber: /^C-.{4}-.{4}$/, dueAt: '2026-11-30T12:00:00.000Z' },
    });
    const { disputeId, caseNumber } = opened.body ?? {};
    t.match(
      await one.send(
        'GET',
        `/v1/disputes/${caseNumber?.toLowerCase().replaceAll('-', ' ').replaceAll(' ', '')}`,
      ),
      {
        body: { disputeId },
      },
    );
    t.match(await bank.send('GET', `/v1/disputes/${disputeId}`), { code: 'dispute-not-found' });
    t.match(await world.client('om-social').send('GET', `/v1/disputes/${disputeId}`), {
      body: { disputeId },
    });
    t.match((await trace(db, caseNumber ?? ''))?.payments, [{ disputes: [{ caseNumber }] }]);
    t.match(await one.send('GET', '/v1/disputes?overdue=true'), { body: { items: [] } });
    await setClock(db, '2026-11-30T12:00:01Z');
    t.match(await one.send('GET', '/v1/disputes?overdue=true&openedBy=desk'), {
      body: { items: [{ disputeId, overdue: true }] },
    });
    t.match(await decided(world, disputeId, 'uphold'), { body: { state: 'accepted' } });
    t.match(await one.send('GET', '/v1/disputes?overdue=true&openedBy=desk'), { body: { items: [] } });
  });
});
