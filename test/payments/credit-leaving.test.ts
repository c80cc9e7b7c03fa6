// Credit leaves by its three ways, each asked for by one person and done by another's acceptance; nothing leaves twice,
// and nothing that is not there.
import t from 'tap';
import { accept, ask, attachFile, idOf } from '../support/approvals.ts';
import { bill } from '../support/client.ts';
import { startTestWorld, type TestWorld } from '../support/gateway.ts';
import { colleague, session } from '../support/staff.ts';
import { addBills, setClock } from '../support/world.ts';

const OMR = (value: string): { value: string; currency: string } => ({ value, currency: 'OMR' });

/** What an account of om-social holds, credit positive. */
async function held(world: TestWorld, code: string): Promise<bigint> {
  const [row] = await world.db.transaction((tx) =>
    tx.query<{ total: bigint }>(
      `select coalesce(-sum(b.amount_minor), 0)::bigint as total from account a join balance b using (biller_id, account_no)
        where biller_id = 1 and a.code = $1 and a.currency = 'OMR'`,
      [code],
    ),
  );
  return row?.total ?? 0n;
}

async function creditOf(world: TestWorld, payer: string): Promise<bigint> {
  const [row] = await world.db.transaction((tx) =>
    tx.query<{ available_minor: bigint }>(
      'select available_minor from credit where biller_id = 1 and payer_id = $1',
      [payer],
    ),
  );
  return row?.available_minor ?? 0n;
}

t.test('credit', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  const officer = await colleague(db, baseUrl, 'officer', 'finance-officer', { billerCode: 'om-social' });
  const approver = await colleague(db, baseUrl, 'approver', 'approver', { billerCode: 'om-social' });
  const other = await colleague(db, baseUrl, 'other', 'approver', { billerCode: 'dz-social' });
  const admin = await colleague(db, baseUrl, 'admin', 'operator-admin');
  await addBills(db, 'om', [
    { number: 'PAID', amount: '100.000', payer: 'E-1' },
    { number: 'NEXT', amount: '30.000', payer: 'E-1' },
    { number: 'LAST', amount: '30.000', payer: 'E-1' },
    { number: 'HIS', amount: '30.000', payer: 'E-2' },
  ]);
  const bank = world.client('bank');
  await bank.pay({ bills: [bill('PAID', '100.000')] });
  await bank.pay({ bills: [bill('PAID', '100.000')], cashHeld: true });
  await bank.pay({ bills: [bill('NOBODYS', '40.000')], cashHeld: true });
  t.equal(await creditOf(world, 'E-1'), 100_000n);
  t.equal(await creditOf(world, ''), 40_000n);

  await t.test('an agency sees its credit, and no other', async (t) => {
    t.match(await officer.send('GET', '/v1/credits'), {
      body: {
        items: [
          { payerId: '', available: OMR('40.000'), days: 0 },
          { payerId: 'E-1', available: OMR('100.000') },
        ],
        next: null,
      },
    });
    t.match(await officer.send('GET', '/v1/credits?limit=1&after='), {
      body: { items: [{ payerId: 'E-1' }] },
    });
    t.match(await other.send('GET', '/v1/credits'), { body: { items: [] } });
    t.match(await admin.send('GET', '/v1/credits?biller=om-social'), { body: { items: [{}, {}] } });
    t.match(await admin.send('GET', '/v1/credits'), { code: 'forbidden' });
    t.match(await bank.send('GET', '/v1/credits'), { code: 'forbidden' });
  });

  await t.test('applied to a bill: a payment like any other', async (t) => {
    const owed = await held(world, 'biller/payable');
    const id = await idOf(
      ask(officer, 'credit-apply', { payerId: 'E-1', amount: OMR('30.000'), billNumber: 'NEXT' }),
    );
    t.match(await accept(officer, id), { code: 'forbidden' });
    t.match(await accept(other, id), { code: 'approval-not-found' });
    t.match(await accept(approver, id), { body: { state: 'accepted' } });
    t.equal(await creditOf(world, 'E-1'), 70_000n);
    t.equal((await held(world, 'biller/payable')) - owed, 30_000n);
    t.equal(await held(world, 'payer/credit'), 70_000n);
    const { body } = await world.client('om-social').list('businessDate=2026-11-22');
    t.match(
      body?.items.find(({ bills }) => bills[0]?.billNumber === 'NEXT'),
      { status: 'accepted', channelCode: 'credit', reference: id, amount: OMR('30.000') },
    );
    t.match(await bank.pay({ bills: [bill('NEXT', '30.000')] }), { code: 'bill-already-paid' });
  });

  await t.test('what the rules of payment refuse is not done, and the request stays open', async (t) => {
    const short = await idOf(
      ask(officer, 'credit-apply', { payerId: 'E-1', amount: OMR('29.000'), billNumber: 'LAST' }),
    );
    t.match(await accept(approver, short), { code: 'underpayment', problem: { amountDue: OMR('30.000') } });
    t.match(await officer.send('GET', `/v1/approvals/${short}`), { body: { state: 'open', step: 1 } });
    t.equal(await creditOf(world, 'E-1'), 70_000n);
    const paid = await idOf(
      ask(officer, 'credit-apply', { payerId: 'E-1', amount: OMR('30.000'), billNumber: 'LAST' }),
    );
    await bank.pay({ bills: [bill('LAST', '30.000')] });
    t.match(await accept(approver, paid), { code: 'bill-already-paid' });
    t.equal(await creditOf(world, 'E-1'), 70_000n);
    t.match(
      await ask(officer, 'credit-apply', { payerId: 'E-1', amount: OMR('30.000'), billNumber: 'HIS' }),
      { code: 'malformed-request' },
    );
    t.match(
      await ask(officer, 'credit-apply', { payerId: 'E-1', amount: OMR('30.000'), billNumber: 'NONE' }),
      { code: 'bill-not-found' },
    );
    const suspense = await idOf(
      ask(officer, 'credit-apply', { payerId: '', amount: OMR('30.000'), billNumber: 'HIS' }),
    );
    t.match(await accept(approver, suspense), { body: { state: 'accepted' } });
    t.equal(await creditOf(world, ''), 10_000n);
  });

  await t.test('remitted to the biller: an adjustment of the open day', async (t) => {
    const owed = await held(world, 'biller/payable');
    t.match(await ask(officer, 'credit-remit', { payerId: 'E-1', amount: OMR('70.001'), reason: 'x' }), {
      code: 'credit-insufficient',
      problem: { available: OMR('70.000') },
    });
    const id = await idOf(
      ask(officer, 'credit-remit', { payerId: 'E-1', amount: OMR('20.000'), reason: 'contribution of 2025' }),
    );
    t.match(await accept(approver, id), { body: { state: 'accepted' } });
    t.equal((await held(world, 'biller/payable')) - owed, 20_000n);
    const rows = await db.transaction((tx) =>
      tx.query('select kind, reason, amount_minor, business_date from adjustment'),
    );
    t.strictSame(rows, [
      {
        kind: 'credit-remitted',
        reason: 'contribution of 2025',
        amount_minor: 20_000n,
        business_date: '2026-11-22',
      },
    ]);
  });

  await t.test('refunded to a proven account: sealed, with evidence, from the bank', async (t) => {
    const wish = {
      payerId: 'E-1',
      amount: OMR('25.000'),
      holder: 'Salim Al Harthy',
      accountNumber: 'OM81 0180 0000 0129 9123 456',
    };
    t.match(await ask(officer, 'credit-refund', { ...wish, accountNumber: 'OM82 0180 0000 0129 9123 456' }), {
      code: 'malformed-request',
    });
    const asked = await ask(officer, 'credit-refund', wish);
    t.match(asked, {
      status: 201,
      body: { content: { account: 'OM*****************3456', holder: 'Salim Al Harthy' } },
    });
    t.notMatch(asked.text, /01299123456|sealed/);
    const id = asked.body?.approvalId ?? '';
    t.match(await accept(approver, id), { code: 'forbidden' }, 'it leaves the operator’s bank');
    t.match(await accept(admin, id), { code: 'evidence-missing' });
    t.equal((await attachFile(baseUrl, await session(db, 'officer'), id)).status, 201);
    t.match(await accept(admin, id), { body: { state: 'accepted' } });
    t.equal(await creditOf(world, 'E-1'), 25_000n);
    t.equal(await held(world, 'bank'), 25_000n);
    const [row] = await db.transaction((tx) =>
      tx.query<{ all: string }>(
        `select row_to_json(c)::text as all from credit_leaving c where way = 'refunded'`,
      ),
    );
    t.match(row?.all, /OM\*{17}3456/);
    const everywhere = await db.transaction((tx) =>
      tx.query<{ text: string }>(
        `select coalesce(string_agg(content::text, ''), '') || (select string_agg(after::text, '') from audit_log) as text from approval`,
      ),
    );
    t.notMatch(everywhere[0]?.text, /1299123456/);
  });

  await t.test('the same credit asked for by many, accepted by many: it leaves once', async (t) => {
    const before = await creditOf(world, 'E-1');
    t.equal(before, 25_000n);
    const ids = await Promise.all(
      Array.from({ length: 6 }, () =>
        idOf(ask(officer, 'credit-remit', { payerId: 'E-1', amount: OMR('10.000'), reason: 'all at once' })),
      ),
    );
    const answers = await Promise.all(ids.flatMap((id) => [accept(approver, id), accept(admin, id)]));
    t.equal(answers.filter(({ code }) => code === 'ok').length, 2);
    t.ok(
      answers.every(({ code }) => ['ok', 'approval-decided', 'credit-insufficient'].includes(code)),
      answers.map(({ code }) => code).join(' '),
    );
    t.equal(await creditOf(world, 'E-1'), 5_000n);
  });

  await t.test('its age is watched', async (t) => {
    await setClock(db, '2026-12-25T09:00:00Z');
    const { body } = await officer.send<{ items: { payerId: string; days: number }[] }>('GET', '/v1/credits');
    t.strictSame(
      body?.items.map(({ payerId, days }) => [payerId, days]),
      [
        ['', 33],
        ['E-1', 33],
      ],
    );
  });
});
