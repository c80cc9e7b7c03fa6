// Debits at the payer's word, by a bank that is called: what it says in time is in the answer, one reference is one debit, and
// nothing is debited twice whatever the bank does.
import t from 'tap';
import { assertBooksBalance } from '../../support/books.ts';
import { ask, begin, payer, statusOf, tell } from '../../support/demanded.ts';
import { linkBank } from '../../support/payers-bank.ts';
import { setClock } from '../../support/world.ts';

t.test('a bank that answers', async (t) => {
  const { world, bank } = await begin(t);
  const { agency, bank: client, db, collect, skipPauses } = world;
  const callsOf = (id: string | undefined) => bank.calls.filter((call) => call.id === id);

  await t.test('collected: the answer has the payments, and the same again is the same', async (t) => {
    const { mandateId, bills } = await payer(world, 3);
    bank.answering = () => ({ outcome: 'collected', bankReference: 'BK-1' });
    const body = { mandateId, bills: bills.slice(0, 2) };
    const first = await ask(agency, body, 'ONCE');
    t.match(first, {
      status: 201,
      body: {
        reference: 'ONCE',
        state: 'collected',
        amount: { value: '20.000', currency: 'OMR' },
        way: 'api',
        cause: 'demand',
        collectOn: '2026-11-22',
        bankReference: 'BK-1',
        bills: [
          { billNumber: bills[0], outcome: 'paid', paymentId: /^pay_/ },
          { billNumber: bills[1], outcome: 'paid', paymentId: /^pay_/ },
        ],
        history: [{ state: 'planned' }, { state: 'built' }, { state: 'sent' }, { state: 'collected' }],
      },
    });
    const id = first.body?.debitId;
    t.match(callsOf(id), [
      {
        path: '/bank/debits',
        body: {
          debitId: id,
          endToEndId: first.body?.endToEndId,
          mandateId,
          billerCode: 'om-social',
          amount: { value: '20.000', currency: 'OMR' },
          collectOn: '2026-11-22',
          attempt: 1,
          account: { number: 'OM810180000001299123456', holder: 'Al Noor Trading' },
          creditor: { name: 'Wasit Operations' },
          text: `om-social ${bills[0] ?? ''} ${bills[1] ?? ''}`,
        },
      },
    ]);
    t.match(await ask(agency, { mandateId, bills: [bills[1], bills[0]] }, 'ONCE'), {
      status: 200,
      body: { debitId: id, state: 'collected' },
    });
    t.match(await ask(agency, { mandateId }, 'ONCE'), {
      code: 'reference-reused',
      problem: { field: 'bills' },
    });
    t.equal(callsOf(id).length, 1);
    t.equal(await statusOf(world, bills[0]), 'paid');
    t.equal(await statusOf(world, bills[2]), 'open');
    t.match(await ask(agency, { mandateId }), { status: 201, body: { bills: [{ billNumber: bills[2] }] } });
    t.match(await ask(agency, { mandateId }), { status: 422, code: 'nothing-to-collect' });
    const events = await db.transaction((tx) =>
      tx.query<{ type: string }>(
        `select type from event where payload ->> 'debitId' = $1 order by event_id`,
        [id ?? ''],
      ),
    );
    t.same(
      events.map(({ type }) => type),
      ['debit.sent', 'debit.collected'],
    );
  });

  await t.test('refused: nothing is paid, and why is said', async (t) => {
    const { mandateId, bills } = await payer(world, 1);
    bank.answering = () => ({ outcome: 'refused', code: 'AC04', text: 'closed' });
    t.match(await ask(agency, { mandateId }), {
      status: 201,
      body: { state: 'failed', reason: { cause: 'account-closed' }, bills: [{ outcome: 'failed' }] },
    });
    t.equal(await statusOf(world, bills[0]), 'open');
    bank.answering = () => ({ outcome: 'collected' });
    t.match(
      await ask(agency, { mandateId }),
      { status: 201, body: { state: 'collected' } },
      'asked for again',
    );
  });

  await t.test('later, by the bank’s client: the same word twice, another word, taken back', async (t) => {
    const { mandateId, bills } = await payer(world, 1);
    bank.answering = () => ({ outcome: 'pending', bankReference: 'BK-7' });
    const { body, status } = await ask(agency, { mandateId });
    t.match({ status, body }, { status: 202, body: { state: 'sent', bankReference: 'BK-7' } });
    const id = body?.debitId;
    t.match(await ask(agency, { mandateId }), { status: 409, code: 'bill-in-debit' });
    t.match(await tell(agency, id, { outcome: 'collected' }), { code: 'forbidden' });
    t.match(await tell(world.client('transit'), id, { outcome: 'collected' }), { code: 'debit-not-found' });
    t.match(await tell(client, id, { outcome: 'refused' }), { code: 'malformed-request' });
    t.match(await tell(client, id, { outcome: 'collected' }), { status: 200, body: { state: 'collected' } });
    t.match(await tell(client, id, { outcome: 'collected' }), { status: 200, body: { state: 'collected' } });
    t.match(await tell(client, id, { outcome: 'refused', code: 'AM04' }), {
      status: 409,
      code: 'debit-state',
      problem: { state: 'collected' },
    });
    t.equal(await statusOf(world, bills[0]), 'paid');
    t.match(await tell(client, id, { outcome: 'returned', code: 'MD06' }), {
      body: { state: 'returned', reason: { cause: 'payer-took-back' } },
    });
    t.equal(await statusOf(world, bills[0]), 'open');
    t.match(await tell(client, id, { outcome: 'returned', code: 'MD06' }), { status: 200 });
    await collect();
    t.equal(callsOf(id).length, 1);
  });

  await t.test('a bank that hangs: answered in time; the same call again, and one debit', async (t) => {
    const { mandateId, bills } = await payer(world, 1);
    await linkBank(db, bank, { deadlineMs: 300 });
    bank.answering = () => undefined;
    const { status, body } = await ask(agency, { mandateId });
    t.match({ status, body }, { status: 202, body: { state: 'built' } });
    await collect();
    t.equal(callsOf(body?.debitId).length, 1, 'not before its pause is over');
    await linkBank(db, bank, { deadlineMs: 5000 });
    bank.answering = () => ({ outcome: 'collected' });
    await skipPauses();
    await Promise.all([collect(), collect()]);
    t.equal(callsOf(body?.debitId).length, 2);
    t.match(await agency.send('GET', `/v1/debits/${body?.debitId ?? ''}`), {
      body: { state: 'collected', bills: [{ outcome: 'paid' }] },
    });
    t.equal(await statusOf(world, bills[0]), 'paid');
  });

  await t.test('away, or answering what no bank should: it waits, and is called again', async (t) => {
    const { mandateId } = await payer(world, 1);
    bank.answering = (_, response) => void response.writeHead(500).end();
    const { body } = await ask(agency, { mandateId });
    t.equal(body?.state, 'built');
    bank.answering = () => ({ outcome: 'perhaps' });
    await skipPauses();
    await collect();
    t.ok(world.wrong.length > 0);
    bank.answering = () => ({ outcome: 'refused', code: 'AC04' });
    await skipPauses();
    await collect();
    t.match(await agency.send('GET', `/v1/debits/${body?.debitId ?? ''}`), { body: { state: 'failed' } });
  });

  await t.test(
    'twenty identical requests at once are one debit; two references for one bill, too',
    async (t) => {
      const { mandateId, bills } = await payer(world, 2);
      bank.answering = () => ({ outcome: 'collected' });
      const all = await Promise.all(
        Array.from({ length: 20 }, () => ask(agency, { mandateId, bills: [bills[0]] }, 'AT-ONCE')),
      );
      t.equal(new Set(all.map(({ body }) => body?.debitId)).size, 1);
      t.equal(all.filter(({ status }) => status === 201).length, 1);
      t.equal(callsOf(all[0]?.body?.debitId).length, 1);
      const other = await Promise.all(
        Array.from({ length: 8 }, () => ask(agency, { mandateId, bills: [bills[1]] })),
      );
      t.equal(other.filter(({ status }) => status === 201).length, 1);
      t.ok(
        other.every(
          ({ status, code }) => status === 201 || code === 'bill-in-debit' || code === 'bill-already-paid',
        ),
      );
    },
  );

  await t.test('planned ones go the same way; overtaken ones are not called for', async (t) => {
    bank.answering = () => ({ outcome: 'collected' });
    const due = await payer(world, 1, { announceDays: 0 });
    await db.transaction((tx) =>
      tx.query(`update bill set due_on = '2026-11-22' where biller_id = 1 and bill_number = $1`, [
        due.bills[0] ?? '',
      ]),
    );
    await collect();
    await setClock(db, '2026-11-23T05:00:00Z');
    await collect();
    t.equal(await statusOf(world, due.bills[0]), 'paid');
  });
  await assertBooksBalance(db);
});
