// Every resolution with the journals that it makes and what accounts hold afterwards. The books are checked at the end.
import t from 'tap';
import { bill } from '../../support/client.ts';
import { balance, findOne, look, makeBreakWorld, resolve, resolved, uuidOf } from '../../support/breaks.ts';

const OMR = (value: string) => ({ value, currency: 'OMR' });

t.test('resolutions', async (t) => {
  const world = await makeBreakWorld(t);
  const { one } = world;
  const bank = world.client('bank');

  await t.test('post: a missing payment enters like all others, under the channel’s reference', async (t) => {
    const before = await balance(world, 'channel/receivable', { channel: 'bank' });
    const theirs = {
      amount: '100.000',
      status: 'accepted',
      billNumber: 'OM-1',
      occurredAt: '2026-11-21T23:10:00Z',
    };
    const id = await findOne(world, { kind: 'missing-here', reference: 'B-1', theirs });
    t.match(await look(one, id), {
      body: { mayEndBy: ['accept-ours', 'post', 'suspense'], history: [{ action: 'opened' }] },
    });
    t.match(await resolved(world, id, 'post'), { body: { state: 'accepted', kind: 'break-resolution' } });
    t.match(await look(one, id), {
      body: {
        state: 'resolved',
        resolution: 'post',
        mayEndBy: [],
        journals: [{ book: 'om-social', kind: 'payment', resolution: 'post' }],
        history: [
          { action: 'opened' },
          { action: 'asked', by: { login: 'one' } },
          { action: 'resolved', by: { login: 'one' }, content: { resolution: 'post' } },
        ],
      },
    });
    t.match(await bank.status('B-1'), {
      body: { status: 'accepted', payment: { total: OMR('100.200'), bills: [{ billNumber: 'OM-1' }] } },
    });
    t.equal((await balance(world, 'channel/receivable', { channel: 'bank' })) - before, 100_200n);
    t.match(await bank.pay({ bills: [bill('OM-1', '100.000')] }), { code: 'bill-already-paid' });
  });

  await t.test('post under a derived reference where the channel’s stands for a refusal', async (t) => {
    t.match(await bank.pay({ reference: 'B-2', bills: [bill('OM-2', '1.000')] }), { code: 'underpayment' });
    const id = await findOne(world, { kind: 'missing-here', reference: 'B-2' });
    t.match(await resolve(one, id, 'post'), { code: 'malformed-request' }, 'nobody says which bill');
    const bills = [{ billNumber: 'OM-2', amount: OMR('100.000') }];
    t.match(await resolve(one, id, 'post', { bills: [{ ...bills[0], amount: OMR('99.000') }] }), {
      code: 'malformed-request',
    });
    t.match(await resolved(world, id, 'post', { bills, method: 'account' }), { body: { state: 'accepted' } });
    t.match(await bank.status('B-2'), { body: { status: 'refused' } }, 'one reference, one answer');
    t.match(await bank.status(id), { body: { status: 'accepted' } });
  });

  await t.test('post what pays no bill any more: refused, or the payer’s credit', async (t) => {
    const bills = [{ billNumber: 'OM-1', amount: OMR('100.000') }];
    const id = await findOne(world, { kind: 'missing-here', reference: 'B-3' });
    t.match(await resolved(world, id, 'post', { bills }), { code: 'bill-already-paid' });
    const { body } = await look(one, id);
    t.match(await one.send('POST', `/v1/approvals/${body?.approvalId}/withdrawal`, {}), {
      body: { state: 'withdrawn' },
    });
    t.match(await look(one, id), { body: { state: 'open', approvalId: null } });
    const before = await balance(world, 'payer/credit');
    t.match(await resolved(world, id, 'post', { bills, orCredit: true }), { body: { state: 'accepted' } });
    t.equal((await balance(world, 'payer/credit')) - before, -100_000n);
    t.match(await bank.status('B-3'), { body: { status: 'credited' } });
  });

  await t.test(
    'reverse: a payment that the channel never took is undone, long after its window',
    async (t) => {
      const before = await balance(world, 'channel/receivable', { channel: 'bank' });
      const paid = await bank.pay({ reference: 'B-4', bills: [bill('OM-4', '100.000')] });
      const paymentId = uuidOf(paid.body?.paymentId);
      await world.db.transaction((tx) =>
        tx.query(
          `update payment set reversible_until = business_now() - interval '1 hour' where payment_id = $1`,
          [paymentId],
        ),
      );
      t.match(
        await bank.send('POST', `/v1/payments/${paid.body?.paymentId}/reversal`, {
          reference: 'late',
          reason: 'x',
        }),
        { code: 'not-reversible' },
      );
      const id = await findOne(world, { kind: 'missing-there', reference: 'B-4', paymentId });
      t.match(await resolved(world, id, 'reverse', { reason: 'the machine gave the cash back' }), {
        body: { state: 'accepted' },
      });
      t.match(await bank.status('B-4'), { body: { status: 'reversed' } });
      t.equal(await balance(world, 'channel/receivable', { channel: 'bank' }), before);
      t.match(
        await bank.pay({ bills: [bill('OM-4', '100.000')] }),
        { status: 201 },
        'the bill is open again',
      );
      t.match(await look(one, id), {
        body: { journals: [{ kind: 'reversal' }], paymentId: paid.body?.paymentId ?? '' },
      });
    },
  );

  await t.test('status differs: theirs accepted, ours reversed: posted again', async (t) => {
    const paid = await bank.pay({ reference: 'B-5', bills: [bill('OM-5', '100.000')] });
    await bank.send('POST', `/v1/payments/${paid.body?.paymentId}/reversal`, {
      reference: 'B-5-R',
      reason: 'x',
    });
    const of = { kind: 'status-differs', reference: 'B-5', paymentId: uuidOf(paid.body?.paymentId) } as const;
    const id = await findOne(world, { ...of, theirs: { status: 'accepted' } });
    t.match(await resolve(one, id, 'reverse', { reason: 'x' }), { code: 'approval-impossible' });
    t.match(await resolved(world, id, 'post'), { body: { state: 'accepted' } });
    t.match(await bank.status(id), {
      body: { status: 'accepted', payment: { bills: [{ billNumber: 'OM-5' }] } },
    });
    const other = await findOne(world, { ...of, theirs: { status: 'reversed' } });
    t.match(await resolve(one, other, 'post'), { code: 'approval-impossible' });
    t.match(await resolve(one, other, 'suspense'), { code: 'approval-impossible' });
    t.match(await resolved(world, other, 'accept-ours'), { body: { state: 'accepted' } });
  });

  await t.test('suspense in the biller’s book, and back to the channel', async (t) => {
    const owed = await balance(world, 'channel/receivable', { channel: 'bank' });
    const held = await balance(world, 'suspense', { book: 1 });
    const ours = { amount: '100.000' };
    const theirs = { amount: OMR('112.500') };
    const less = await findOne(world, {
      kind: 'amount-differs',
      ours: theirs,
      theirs: ours,
      amountMinor: 12_500n,
    });
    t.match(await resolve(one, less, 'suspense'), { code: 'approval-impossible' }, 'they took less');
    const id = await findOne(world, { kind: 'amount-differs', ours, theirs, amountMinor: 12_500n });
    t.match(await resolved(world, id, 'suspense'), { body: { state: 'accepted', amount: OMR('12.500') } });
    t.equal((await balance(world, 'channel/receivable', { channel: 'bank' })) - owed, 12_500n);
    t.equal((await balance(world, 'suspense', { book: 1 })) - held, -12_500n);
    t.match(await look(one, id), {
      body: {
        state: 'resolved',
        suspense: OMR('12.500'),
        mayEndBy: ['give-back', 'place', 'credit'],
        journals: [
          {
            kind: 'resolution',
            postings: [
              { account: 'channel/receivable bank', side: 'debit' },
              { account: 'suspense', side: 'credit' },
            ],
          },
        ],
      },
    });
    t.match(await resolved(world, id, 'give-back'), { body: { state: 'accepted' } });
    t.equal(await balance(world, 'channel/receivable', { channel: 'bank' }), owed);
    t.equal(await balance(world, 'suspense', { book: 1 }), held);
    t.match(await look(one, id), {
      body: { state: 'resolved', resolution: 'give-back', suspense: null, mayEndBy: [] },
    });
    t.match(await resolve(one, id, 'give-back'), { code: 'approval-impossible' });
  });

  await t.test('suspense in the operator’s book, placed later: the bill is paid with it', async (t) => {
    const owed = await balance(world, 'channel/receivable', { channel: 'bank' });
    const id = await findOne(world, { kind: 'missing-here', billerId: 0, reference: 'B-7' });
    t.match(await resolved(world, id, 'suspense'), { body: { state: 'accepted', billerCode: null } });
    t.equal(await balance(world, 'suspense', { book: 0 }), -100_000n);
    const place = { billerCode: 'om-social', bills: [{ billNumber: 'OM-7', amount: OMR('100.000') }] };
    t.match(await resolve(one, id, 'place', { bills: place.bills }), { code: 'malformed-request' });
    t.match(await resolved(world, id, 'place', place), { body: { state: 'accepted' } });
    t.equal(await balance(world, 'suspense', { book: 0 }), 0n);
    t.equal((await balance(world, 'channel/receivable', { channel: 'bank' })) - owed, 100_200n);
    t.match(await bank.status(id), { body: { status: 'accepted' } });
    t.match(await look(one, id), {
      body: { journals: [{ resolution: 'suspense' }, { book: 'om-social' }, { book: null }] },
    });
  });

  await t.test('… or it becomes a payer’s credit, in his biller’s book', async (t) => {
    const credit = await balance(world, 'payer/credit', { book: 1 });
    const owed = await balance(world, 'channel/receivable', { channel: 'bank' });
    const id = await findOne(world, { kind: 'duplicate-there', billerId: 0, amountMinor: 30_000n });
    await resolved(world, id, 'suspense');
    t.match(await resolve(one, id, 'credit', { billerCode: 'om-social', payerId: 'E-404' }), {
      code: 'malformed-request',
    });
    t.match(await resolved(world, id, 'credit', { billerCode: 'om-social', payerId: 'E-1' }), {
      body: { state: 'accepted' },
    });
    t.equal((await balance(world, 'payer/credit', { book: 1 })) - credit, -30_000n);
    t.equal((await balance(world, 'channel/receivable', { channel: 'bank' })) - owed, 30_000n);
    t.equal(await balance(world, 'suspense', { book: 0 }), 0n);
  });

  await t.test('a prefunded channel’s float pays, if it covers it', async (t) => {
    const float = await balance(world, 'channel/float', { channel: 'agent' });
    const much = await findOne(world, { kind: 'missing-here', channel: 'agent', amountMinor: 99_000_000n });
    t.match(await resolved(world, much, 'suspense'), {
      code: 'approval-impossible',
      problem: { reason: /float of agent/ },
    });
    const id = await findOne(world, { kind: 'missing-here', channel: 'agent', amountMinor: 900_000n });
    t.match(await resolved(world, id, 'suspense'), { body: { state: 'accepted' } });
    t.equal((await balance(world, 'channel/float', { channel: 'agent' })) - float, 900_000n);
    const bills = Array.from({ length: 9 }, (_, i) => ({
      billNumber: `OM-${i + 20}`,
      amount: OMR('100.000'),
    }));
    t.match(
      await resolved(world, id, 'place', { bills }),
      { body: { state: 'accepted' } },
      'what it frees counts',
    );
  });

  await t.test('accepted as it is: no journal', async (t) => {
    for (const [kind, resolution] of [
      ['missing-there', 'accept-ours'],
      ['wrong-day', 'accept-ours'],
      ['not-credited', 'accept'],
      ['deposit-short', 'accept'],
    ] as const) {
      const id = await findOne(world, { kind });
      t.match(await resolved(world, id, resolution), { body: { state: 'accepted' } });
      t.match(await look(one, id), { body: { state: 'resolved', journals: [] } });
    }
    const id = await findOne(world, { kind: 'wrong-day' });
    t.match(await resolve(one, id, 'post'), { code: 'malformed-request' }, 'not of such a break');
  });
});
