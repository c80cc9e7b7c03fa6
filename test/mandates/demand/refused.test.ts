// What is refused of debits at the payer's word leaves nothing behind; banks that take files; what is overtaken is not called for.
import t from 'tap';
import { setBankLink } from '../../../src/mandates/index.ts';
import { makeLinkedWorld } from '../../support/bank-linked.ts';
import { bill } from '../../support/client.ts';
import { ask, begin, count, payer, tell } from '../../support/demanded.ts';
import { act } from '../../support/mandates.ts';
import { LOCAL } from '../../support/payers-bank.ts';
import { ACTOR, done, MASTER_KEY, setClock } from '../../support/world.ts';

t.test('what is refused leaves nothing behind', async (t) => {
  const { world, bank } = await begin(t);
  const { agency, approver, bank: client, db } = world;
  bank.answering = () => ({ outcome: 'collected' });
  const limits = {
    perDebit: { value: '25.000', currency: 'OMR' },
    perMonth: { value: '30.000', currency: 'OMR' },
  };
  const { mandateId, bills } = await payer(world, 4, { ceiling: limits });
  const stranger = await payer(world, 1);
  const later = await payer(world, 1, { validFrom: '2026-12-01' });
  const suspended = await payer(world, 1);
  await act(agency, suspended.mandateId, 'suspension', { reason: 'x' });
  const cancelled = await payer(world, 1);
  await act(agency, cancelled.mandateId, 'cancellation', { reason: 'x' });
  const [one, two, three] = bills;
  const before = await count(world, 'debit_order');
  for (const [who, body, expected] of [
    [
      agency,
      { mandateId },
      { code: 'ceiling-exceeded', problem: { ceiling: 'per-debit', left: { value: '25.000' } } },
    ],
    [
      agency,
      { mandateId, bills: [one, stranger.bills[0]] },
      { code: 'bill-not-covered', problem: { bills: [{ code: 'bill-not-covered' }] } },
    ],
    [agency, { mandateId, bills: ['NOBODY'] }, { status: 404, code: 'bill-not-found' }],
    [
      agency,
      { mandateId: suspended.mandateId },
      { code: 'mandate-state', problem: { state: 'suspended', retry: 'same-reference' } },
    ],
    [
      agency,
      { mandateId: cancelled.mandateId },
      { code: 'mandate-state', problem: { state: 'cancelled', retry: 'never' } },
    ],
    [
      agency,
      { mandateId: later.mandateId },
      {
        code: 'mandate-state',
        problem: { state: 'not-yet-valid', retry: 'same-reference', detail: /holds from/ },
      },
    ],
    [agency, { mandateId: 'mnd_nothing' }, { code: 'mandate-not-found' }],
    [agency, { mandateId, bills: [one, one] }, { code: 'malformed-request' }],
    [world.client('dz-social'), { mandateId }, { code: 'mandate-not-found' }],
    [client, { mandateId }, { code: 'forbidden' }],
    [approver, { mandateId }, { code: 'forbidden' }],
  ] as const)
    t.match(await ask(who, body), expected, JSON.stringify(body));
  t.equal(await count(world, 'debit_order'), before);
  t.equal(await count(world, 'debit_bill'), 0);
  t.equal(bank.calls.filter(({ path }) => path.endsWith('/debits')).length, 0);

  t.match(await ask(agency, { mandateId, bills: [one, two] }, 'R-1'), { status: 201 });
  t.match(await ask(agency, { mandateId, bills: [one] }), { code: 'bill-already-paid' });
  t.match(await ask(agency, { mandateId, bills: [three, bills[3]] }), {
    code: 'ceiling-exceeded',
    problem: {
      ceiling: 'per-month',
      limit: { value: '30.000' },
      left: { value: '10.000' },
      amount: { value: '20.000' },
    },
  });
  t.match(await ask(agency, { mandateId, bills: [three] }), { status: 201 });
  await db.transaction((tx) => tx.query('delete from debit_terms'));
  t.match(await ask(agency, { mandateId: stranger.mandateId }), { code: 'biller-not-served' });
});

t.test('a bank that takes files: it goes with the next one', async (t) => {
  const world = await makeLinkedWorld(t);
  const tools = { masterKey: MASTER_KEY, allowedNetworks: LOCAL };
  done(await setBankLink(world.db, 'bank', { way: 'files', bank: 'main' }, tools, ACTOR));
  const { mandateId } = await payer(world, 1);
  const { status, body } = await ask(world.agency, { mandateId });
  t.match(
    { status, body },
    { status: 202, body: { state: 'planned', collectOn: '2026-11-23', sendOn: '2026-11-22' } },
  );
  t.match(await tell(world.bank, body?.debitId, { outcome: 'collected' }), { code: 'debit-not-found' });
  await world.collect();
  t.match(
    await tell(world.bank, body?.debitId, { outcome: 'collected' }),
    { code: 'debit-state' },
    'it has it not yet',
  );
  await world.carry();
  await world.collect();
  t.match([...(await world.files()).values()].at(-1), body?.endToEndId);
  t.match(await tell(world.bank, body?.debitId, { outcome: 'collected' }), { body: { state: 'collected' } });
});

t.test('overtaken between building and calling: never called for', async (t) => {
  const { world, bank } = await begin(t);
  const { agency, collect, db, skipPauses } = world;
  const [cancelled, paid] = [await payer(world, 1), await payer(world, 1)];
  bank.answering = (_, response) => void response.writeHead(503).end();
  for (const { bills } of [cancelled, paid])
    await db.transaction((tx) =>
      tx.query(
        `with d as (insert into debit_order (biller_id, debit_id, mandate_biller_id, mandate_id, payer_id, channel_id, cause, attempt, currency,
           amount_minor, collect_on, send_on, state, way, planned_at, changed_at)
         select 1, gen_random_uuid(), 1, m.mandate_id, m.payer_id, m.channel_id, 'due-date', 1, 'OMR', 10000, '2026-11-22', '2026-11-22',
                'built', 'api', business_now(), business_now()
           from mandate m join bill b on b.biller_id = 1 and b.payer_id = m.payer_id where b.bill_number = $1 returning debit_id)
         insert into debit_bill (biller_id, debit_id, bill_number, due_on, owed_as_of, amount_minor, bill_revision, live)
         select 1, d.debit_id, b.bill_number, '2026-11-22', '2026-11-22', 10000, b.revision, true from d, bill b
          where b.biller_id = 1 and b.bill_number = $1`,
        [bills[0] ?? ''],
      ),
    );
  await act(agency, cancelled.mandateId, 'cancellation', { reason: 'he moved' });
  const paying = bill(paid.bills[0] ?? '', '10.000');
  t.match(await world.client('kiosk').pay({ bills: [paying] }), { status: 201 });
  await collect();
  await setClock(db, '2026-11-23T05:00:00Z');
  await skipPauses();
  await collect();
  t.equal(bank.calls.filter(({ path }) => path.endsWith('/debits')).length, 0);
  const rows = await db.transaction((tx) =>
    tx.query<{ state: string; why: string }>('select state, why from debit_order order by why'),
  );
  t.same(rows, [
    { state: 'dropped', why: 'mandate-cancelled' },
    { state: 'dropped', why: 'nothing-left' },
  ]);
});
