// A debit that its bank took back while its payer has spent credit that it left: two of the operator's people decide, the agency
// bears what is missing, and the books follow the bank.
import t from 'tap';
import { accept, ask, idOf, type Shown } from '../../support/approvals.ts';
import { assertBooksBalance } from '../../support/books.ts';
import { bill, type Client } from '../../support/client.ts';
import { bookAll, debit, debitStanding, makeDebitWorld, say, type DebitWorld } from '../../support/debits.ts';
import { atBank } from '../../support/debit-file.ts';
import { balances } from '../../support/remit-world.ts';
import { colleague } from '../../support/staff.ts';
import { BILLERS } from '../../support/world.ts';
import type { Uuid } from '../../../src/kernel/ids.ts';

const OM = BILLERS.om;

interface World extends DebitWorld {
  readonly officer: Client;
  readonly admins: readonly [Client, Client];
}

async function begin(t: Parameters<typeof makeDebitWorld>[0]): Promise<World> {
  const world = await makeDebitWorld(t);
  const { db, baseUrl } = world;
  return {
    ...world,
    officer: await colleague(db, baseUrl, 'officer', 'finance-officer', { billerCode: OM.code }),
    admins: [
      await colleague(db, baseUrl, 'admin-1', 'operator-admin'),
      await colleague(db, baseUrl, 'admin-2', 'operator-admin'),
    ],
  };
}

/** Of 13.000, ten of which were paid elsewhere meanwhile and are credit. */
async function collectedWithCredit(world: World, number = 'D-1', bank = 'bank'): Promise<Uuid> {
  const debitId = await debit(world, [
    { number, amount: '10.000' },
    { number: `${number}-2`, amount: '3.000' },
  ]);
  if (bank !== 'bank') await atBank(world.db, debitId, bank);
  await world
    .client('agent')
    .pay({ billerCode: OM.code, bills: [bill(number, '10.000', 'OMR')], method: 'cash' });
  await say(world, debitId, 'settled');
  await bookAll(world);
  return debitId;
}

async function remit({ officer, admins }: World, value: string): Promise<void> {
  const amount = { value, currency: 'OMR' };
  const asked = await idOf(ask(officer, 'credit-remit', { payerId: 'E-1', amount, reason: 'of last year' }));
  const { status, text } = await accept(admins[0], asked);
  if (status !== 200) throw new Error(text);
}

async function open({ admins }: World): Promise<Shown[]> {
  const path = '/v1/approvals?kind=debit-return&state=open';
  const { body, text } = await admins[0].send<{ items: Shown[] }>('GET', path);
  if (body === undefined) throw new Error(text);
  return body.items;
}

async function one(world: World): Promise<Shown> {
  const [first, ...others] = await open(world);
  if (first === undefined || others.length > 0) throw new Error('nobody was asked, or twice');
  return first;
}

t.test('decided by two: the agency bears what is spent, the rest is taken out', async (t) => {
  const world = await begin(t);
  const { db, admins, officer } = world;
  const before = await balances(db, OM.id);
  const debitId = await collectedWithCredit(world);
  await remit(world, '6.000');
  await say(world, debitId, 'returned', 'MD06');
  await bookAll(world);
  await bookAll(world);
  t.match(await debitStanding(world, debitId), { state: 'collected', waiting: 1 });
  const request = await one(world);
  t.match(request.summary, /\(MD06\), and 6\.000 OMR of the credit that it left is spent/);
  t.match(await accept(officer, request.approvalId), { status: 403 }, 'it is the operator’s to decide');
  t.match(await accept(admins[0], request.approvalId), { status: 200, body: { state: 'open', step: 2 } });
  t.match(await debitStanding(world, debitId), { state: 'collected' }, 'one is not enough');
  const last = await accept(admins[1], request.approvalId);
  t.match(last, { status: 200, body: { state: 'accepted' } }, last.text);
  t.match(await debitStanding(world, debitId), {
    state: 'returned',
    waiting: 0,
    bills: ['D-1 credited paid', 'D-1-2 returned open'],
  });
  const after = await balances(db, OM.id);
  const moved = (name: string) => (after[name] ?? 0n) - (before[name] ?? 0n);
  t.equal(moved('channel/receivable/1'), 0n, 'the bank owes nothing for it');
  t.equal(moved('payer/credit'), 0n);
  const adjustments = await db.transaction((tx) =>
    tx.query('select kind, amount_minor, reason from adjustment order by recorded_at'),
  );
  t.match(adjustments, [
    { kind: 'credit-remitted', amount_minor: 6_000n },
    { kind: 'correction', amount_minor: -6_000n, reason: /took debit dbt_\w+ back/ },
  ]);
  t.same(await open(world), []);
  await assertBooksBalance(db);
});

t.test('on the direct route the agency bears it on its own account', async (t) => {
  const world = await begin(t);
  const { db, admins } = world;
  const debitId = await collectedWithCredit(world, 'D-1', 'transit');
  await remit(world, '6.000');
  await say(world, debitId, 'returned', 'MD06');
  await bookAll(world);
  const { approvalId } = await one(world);
  for (const admin of admins) await accept(admin, approvalId);
  t.match(await debitStanding(world, debitId), { state: 'returned', waiting: 0 });
  const left = await balances(db, OM.id);
  t.notOk(
    Object.keys(left).some((name) => /direct|receivable\/5|credit/.test(name)),
    'nobody has or owes any of it',
  );
  const adjustments = await db.transaction((tx) =>
    tx.query('select kind, route, amount_minor from adjustment order by recorded_at'),
  );
  t.match(adjustments, [
    { kind: 'credit-remitted', route: 'direct', amount_minor: 6_000n },
    { kind: 'correction', route: 'direct', amount_minor: -6_000n },
  ]);
  await assertBooksBalance(db);
});

t.test('the credit is there again before: booked, and nobody has to decide', async (t) => {
  const world = await begin(t);
  const debitId = await collectedWithCredit(world);
  await remit(world, '6.000');
  await say(world, debitId, 'returned', 'MD06');
  await bookAll(world);
  const { approvalId } = await one(world);
  await collectedWithCredit(world, 'D-9');
  await bookAll(world);
  t.match(await debitStanding(world, debitId), { state: 'returned', waiting: 0 });
  t.match(await world.admins[0].send('GET', `/v1/approvals/${approvalId}`), { body: { state: 'withdrawn' } });
  t.match(await accept(world.admins[0], approvalId), { status: 409 });
  await assertBooksBalance(world.db);
});

t.test('asked anew when more is spent, and a day after they said no', async (t) => {
  const world = await begin(t);
  const { db, admins } = world;
  const debitId = await collectedWithCredit(world);
  await remit(world, '6.000');
  await say(world, debitId, 'returned', 'MD06');
  await bookAll(world);
  const first = await one(world);
  await remit(world, '1.000');
  await accept(admins[0], first.approvalId);
  const late = await accept(admins[1], first.approvalId);
  t.match(late, { status: 409 }, 'they have seen less');
  t.match(late.text, /7\.000 OMR are spent by now/);
  await bookAll(world);
  const second = await one(world);
  t.not(second.approvalId, first.approvalId);
  t.match(second.summary, /7\.000 OMR/);
  const no = await admins[0].send('POST', `/v1/approvals/${second.approvalId}/reject`, {
    comment: 'ask him first',
  });
  t.equal(no.status, 200, no.text);
  await bookAll(world);
  t.same(await open(world), [], 'not at once');
  await db.transaction((tx) =>
    tx.query(`update approval set decided_at = decided_at - interval '25 hours' where kind = 'debit-return'`),
  );
  await bookAll(world);
  const third = await one(world);
  for (const admin of admins) t.match(await accept(admin, third.approvalId), { status: 200 });
  t.match(await debitStanding(world, debitId), { state: 'returned', waiting: 0 });
  await assertBooksBalance(db);
});
