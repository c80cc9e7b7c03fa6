// Debits that their banks took back after something else had become of what they paid: a dispute left it to the operator to
// bear or gave it to the payer as credit, or a linked agency rejected it. Two of the operator's people decide, and the books follow.
import t, { type Test } from 'tap';
import { showId, type Uuid } from '../../../src/kernel/ids.ts';
import { accept, ask, idOf, type Shown } from '../../support/approvals.ts';
import { linkTo, startAgency } from '../../support/agency-server.ts';
import { assertBooksBalance } from '../../support/books.ts';
import { bill, type Client } from '../../support/client.ts';
import { bookAll, debit, debitStanding, makeDebitWorld, say, type DebitWorld } from '../../support/debits.ts';
import { decide, open } from '../../support/disputes.ts';
import { balances } from '../../support/remit-world.ts';
import { colleague } from '../../support/staff.ts';
import { addBills, BILLERS } from '../../support/world.ts';

const OM = BILLERS.om;

interface World extends DebitWorld {
  readonly one: Client;
  readonly two: Client;
}

async function begin(t: Test): Promise<World> {
  const world = await makeDebitWorld(t);
  const { db, baseUrl } = world;
  await db.transaction((tx) => tx.query(`update mandate set contact = '{"mobile": "+96824123456"}'`));
  const admin = (login: string) => colleague(db, baseUrl, login, 'operator-admin');
  return { ...world, one: await admin('one'), two: await admin('two') };
}

/** The agency is a linked one, as the gateway knows from its next payment on. */
async function link(t: Test, world: World): Promise<void> {
  await linkTo(world.db, await startAgency(t), {}, OM.code);
  await addBills(world.db, 'om', [{ number: 'D-0', amount: '1.000' }]);
  const { text, status } = await world.client('agent').pay({ bills: [bill('D-0', '1.000')], method: 'cash' });
  if (status >= 300) throw new Error(text);
}

/** Of 10.000 and 3.000, collected, and its payment. */
async function collected(world: World): Promise<{ debitId: Uuid; paymentId: string }> {
  const debitId = await debit(world, [
    { number: 'D-1', amount: '10.000' },
    { number: 'D-2', amount: '3.000' },
  ]);
  await say(world, debitId, 'settled');
  await bookAll(world);
  const [paid] = await world.db.transaction((tx) =>
    tx.query<{ payment_id: Uuid }>('select distinct payment_id from debit_bill where debit_id = $1', [
      debitId,
    ]),
  );
  return { debitId, paymentId: showId('pay', paid?.payment_id ?? '') };
}

async function dispute(world: World, paymentId: string, outcome: string): Promise<void> {
  const { one, two } = world;
  const { body } = await open(world.client('bank'), paymentId);
  const asked = await decide(one, body?.disputeId, outcome);
  const { status, text } = await accept(two, asked.body?.approvalId ?? '');
  if (status !== 200) throw new Error(text);
}

/** The bank takes it back; the one request that stands in the work list of the operator's people. */
async function takenBack(world: World, debitId: Uuid): Promise<Shown> {
  await say(world, debitId, 'returned', 'MD06');
  await bookAll(world);
  await bookAll(world);
  return asked(world);
}

async function asked({ one }: World): Promise<Shown> {
  const path = '/v1/approvals?kind=debit-return&state=open';
  const [first, ...others] = (await one.send<{ items: Shown[] }>('GET', path)).body?.items ?? [];
  if (first === undefined || others.length > 0) throw new Error('nobody was asked, or twice');
  return first;
}

async function acceptBoth(t: Test, { one, two }: World, { approvalId }: Shown): Promise<void> {
  t.match(await accept(one, approvalId), { status: 200, body: { state: 'open', step: 2 } });
  const last = await accept(two, approvalId);
  t.match(last, { status: 200, body: { state: 'accepted' } }, last.text);
}

/** Whether the payer is told. */
function returnsTold({ db }: World): Promise<{ told: boolean | null }[]> {
  return db.transaction((tx) =>
    tx.query(
      `select o.for_payers as told from event e join event_outbox o using (biller_id, event_id) where e.type = 'debit.returned'`,
    ),
  );
}

/** Of the accounts that stand otherwise than before. */
async function moved({ db }: World, before: Record<string, bigint>): Promise<Record<string, bigint>> {
  const after = await balances(db, OM.id);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changes = names.map((name) => [name, (after[name] ?? 0n) - (before[name] ?? 0n)] as const);
  return Object.fromEntries(changes.filter(([, change]) => change !== 0n));
}

t.test(
  'the operator bears it: what it paid stays paid, and its bank owes nothing more by that',
  async (t) => {
    const world = await begin(t);
    const { debitId, paymentId } = await collected(world);
    await dispute(world, paymentId, 'absorb');
    const before = await balances(world.db, OM.id);
    const request = await takenBack(world, debitId);
    t.match(
      request.summary,
      /\(MD06\); a dispute has left it to the operator to bear: what it paid stays paid$/,
    );
    t.match(await debitStanding(world, debitId), { state: 'collected', waiting: 1 });
    await acceptBoth(t, world, request);
    t.match(await debitStanding(world, debitId), {
      state: 'returned',
      retryOn: null,
      waiting: 0,
      bills: ['D-1 paid paid', 'D-2 paid paid'],
    });
    t.same(
      await moved(world, before),
      {},
      'the agency keeps its money; the line of the statement moves the bank’s',
    );
    t.same(await returnsTold(world), [{ told: null }], 'nothing of the payer’s is open again');
    await assertBooksBalance(world.db);
  },
);

t.test('the payer has it as credit: that is taken out', async (t) => {
  const world = await begin(t);
  const before = await balances(world.db, OM.id);
  const { debitId, paymentId } = await collected(world);
  await dispute(world, paymentId, 'refund-to-credit');
  const request = await takenBack(world, debitId);
  t.match(request.summary, /given it to the payer as credit: that is taken out again$/);
  await acceptBoth(t, world, request);
  t.match(await debitStanding(world, debitId), {
    state: 'returned',
    waiting: 0,
    bills: ['D-1 returned open', 'D-2 returned open'],
  });
  t.same(await moved(world, before), {});
  t.same(await returnsTold(world), [{ told: true }]);
  await assertBooksBalance(world.db);
});

t.test('the payer has spent that credit: the agency, which had it, bears it', async (t) => {
  const world = await begin(t);
  const before = await balances(world.db, OM.id);
  const { debitId, paymentId } = await collected(world);
  await dispute(world, paymentId, 'refund-to-credit');
  const amount = { value: '13.000', currency: 'OMR' };
  const remit = { payerId: 'E-1', amount, reason: 'of last year' };
  await accept(world.two, await idOf(ask(world.one, 'credit-remit', remit, { billerCode: OM.code })));
  const request = await takenBack(world, debitId);
  t.match(request.summary, /13\.000 OMR of the credit that it left is spent.*taken out again$/);
  await acceptBoth(t, world, request);
  t.match(await debitStanding(world, debitId), { state: 'returned', waiting: 0 });
  t.same(await moved(world, before), {}, 'what was remitted to it is taken off again');
  await assertBooksBalance(world.db);
});

t.test('its agency has rejected a bill of it: the whole is undone, and the break is gone', async (t) => {
  const world = await begin(t);
  const { db } = world;
  await link(t, world);
  const before = await balances(db, OM.id);
  const { debitId, paymentId } = await collected(world);
  const reject = () =>
    world.client(OM.code).send('POST', `/v1/payments/${paymentId}/rejection`, {
      reference: 'R-1',
      reason: 'paid-elsewhere',
      bills: ['D-1'],
    });
  t.match(await reject(), { status: 201 });
  const request = await takenBack(world, debitId);
  t.match(request.summary, /its agency had rejected bills of it/);
  await acceptBoth(t, world, request);
  t.match(await debitStanding(world, debitId), {
    state: 'returned',
    waiting: 0,
    bills: ['D-1 credited cancelled', 'D-2 returned open'],
  });
  t.same(await moved(world, before), {});
  const [told] = await db.transaction((tx) =>
    tx.query(`select revision, payload from event where type = 'payment.reversed'`),
  );
  t.match(told, {
    revision: 3,
    payload: { bills: [{ billNumber: 'D-2' }], amount: { value: '3.000' } },
  });
  t.match(await db.transaction((tx) => tx.query(`select state from break where kind = 'paid-elsewhere'`)), [
    { state: 'gone' },
  ]);
  await assertBooksBalance(db);
});

t.test('what has become of it while they decide is asked anew', async (t) => {
  const world = await begin(t);
  const { db, one, two } = world;
  await link(t, world);
  const debitId = await debit(world, [
    { number: 'D-1', amount: '10.000', owedAsOf: '2026-11-21' },
    { number: 'D-2', amount: '3.000' },
    { number: 'D-3', amount: '4.000' },
  ]);
  await world
    .client('agent')
    .pay({ billerCode: OM.code, bills: [bill('D-3', '4.000', 'OMR')], method: 'cash' });
  await say(world, debitId, 'settled');
  await bookAll(world);
  const [first, second] = await db.transaction((tx) =>
    tx.query<{ payment_id: Uuid }>(
      `select payment_id from debit_bill where debit_id = $1 and outcome = 'paid' order by bill_number`,
      [debitId],
    ),
  );
  await dispute(world, showId('pay', first?.payment_id ?? ''), 'absorb');
  const request = await takenBack(world, debitId);
  const path = `/v1/payments/${showId('pay', second?.payment_id ?? '')}/rejection`;
  t.match(await world.client(OM.code).send('POST', path, { reference: 'R-2', reason: 'paid-elsewhere' }), {
    status: 201,
  });
  await accept(one, request.approvalId);
  const late = await accept(two, request.approvalId);
  t.match(late, { status: 409 });
  t.match(late.text, /you are asked anew/);
  await bookAll(world);
  const again = await asked(world);
  t.not(again.approvalId, request.approvalId);
  t.match(again.summary, /to bear.*had rejected/);
  await acceptBoth(t, world, again);
  t.match(await debitStanding(world, debitId), {
    state: 'returned',
    waiting: 0,
    bills: ['D-1 paid paid', 'D-2 credited cancelled', 'D-3 credited paid'],
  });
  await assertBooksBalance(db);
});
