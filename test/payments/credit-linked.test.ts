// A payer's credit pays a bill of an agency that is asked live: the agency is asked before anything is done, its word is
// why it is not done, and it is told like of any other payment. Credit is never lost and never half applied: whatever is
// refused leaves it as it was, and the request open. The books are checked when each database closes.
import t, { type Test } from 'tap';
import { setRule } from '../../src/approvals/set-rule.ts';
import type { LinkWish } from '../../src/billers/index.ts';
import { linkTo, startAgency, type Agency } from '../support/agency-server.ts';
import { accept, ask, idOf, type Shown } from '../support/approvals.ts';
import { bill, type Answer, type Client } from '../support/client.ts';
import { startTestWorker } from '../support/confirming.ts';
import { testWorld } from '../support/database.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { colleague } from '../support/staff.ts';
import { lockWaiters, until } from '../support/until.ts';
import { ACTOR, setClock, type World } from '../support/world.ts';

interface CreditWorld extends World, TestGateway {
  readonly agency: Agency;
  readonly officer: Client;
  readonly approver: Client;
  readonly wish: (billNumber: string, reference?: string) => Promise<Answer<Shown>>;
  readonly credit: () => Promise<bigint>;
  /** Payments on the channel `credit`, as their agency sees them. */
  readonly paid: () => Promise<object[]>;
}

const DZD = (value: string): { value: string; currency: string } => ({ value, currency: 'DZD' });
let wishes = 0;

/** P-1 has paid DZ-1 twice: a hundred dinars are his. */
async function creditWorld(t: Test, link: LinkWish = {}): Promise<CreditWorld> {
  const world = await testWorld(t);
  const agency = await startAgency(t);
  await linkTo(world.db, agency, { freshForSeconds: 0, ...link });
  const gateway = await startTestGateway(t, world, { WASIT_PRIVATE_NETWORKS: '127.0.0.0/8' });
  for (const number of ['DZ-1', 'DZ-2', 'DZ-3']) agency.has(number);
  const { db } = world;
  const officer = await colleague(db, gateway.baseUrl, 'officer', 'finance-officer', {
    billerCode: 'dz-social',
  });
  const bills = [bill('DZ-1', '100.00', 'DZD')];
  for (const cashHeld of [false, true]) {
    const { code, text } = await gateway.client('bank').pay({ billerCode: 'dz-social', bills, cashHeld });
    if (code !== 'ok') throw new Error(text);
  }
  return {
    ...world,
    ...gateway,
    agency,
    officer,
    approver: await colleague(db, gateway.baseUrl, 'approver', 'approver', { billerCode: 'dz-social' }),
    wish: (billNumber, reference = `W-${(wishes += 1)}`) =>
      ask(officer, 'credit-apply', { payerId: 'P-1', amount: DZD('100.00'), billNumber }, { reference }),
    credit: async () => {
      const [row] = await db.transaction((tx) =>
        tx.query<{ minor: bigint }>(
          `select available_minor as minor from credit where biller_id = 2 and payer_id = 'P-1'`,
        ),
      );
      return row?.minor ?? 0n;
    },
    paid: async () => {
      const { body } = await gateway.client('dz-social').list('businessDate=2026-11-22');
      return body?.items.filter(({ channelCode }) => channelCode === 'credit') ?? [];
    },
  };
}

/** Nothing was done, and it can be tried again. */
async function isUntouched(t: Test, world: CreditWorld, id: string): Promise<void> {
  t.equal(await world.credit(), 10_000n, 'the credit is all there');
  t.same(await world.paid(), []);
  t.match(await world.officer.send('GET', `/v1/approvals/${id}`), { body: { state: 'open', step: 1 } });
}

t.test('a bill that nobody has inquired about: asked for, applied, told', async (t) => {
  const world = await creditWorld(t, { notify: true });
  const { agency, approver, wish, credit, paid } = world;
  const id = await idOf(wish('DZ-2'));
  const asked = agency.questions.length;
  t.match(await accept(approver, id), { body: { state: 'accepted' } });
  t.same(agency.questions.slice(asked), [{ billerCode: 'dz-social', billNumber: 'DZ-2' }], 'asked once more');
  t.equal(await credit(), 0n);
  t.match(await paid(), [{ reference: id, status: 'accepted', bills: [{ billNumber: 'DZ-2' }] }]);
  await startTestWorker(t, world);
  const told = await until('the agency is told', () =>
    agency.told.find(({ data }) => data['reference'] === id),
  );
  t.match(told, {
    type: 'payment.accepted',
    data: { channelCode: 'credit', bills: [{ billNumber: 'DZ-2', amount: DZD('100.00') }] },
  });
  t.equal((await wish('DZ-NOBODY')).code, 'bill-not-found');
  agency.has('DZ-HIS', { payerId: 'P-2' });
  t.equal((await wish('DZ-HIS')).code, 'malformed-request', 'another payer’s');
});

t.test('what the agency says meanwhile is why it is not done', async (t) => {
  const world = await creditWorld(t);
  const { agency, approver, wish, credit } = world;
  const id = await idOf(wish('DZ-2'));
  agency.has('DZ-2', { status: 'paid', paidAt: '2026-11-22T07:10:00Z' });
  t.match(await accept(approver, id), {
    code: 'bill-already-paid',
    problem: { paidAt: '2026-11-22T07:10:00.000Z' },
  });
  await isUntouched(t, world, id);
  agency.has('DZ-2', { status: 'cancelled' });
  t.equal((await accept(approver, id)).code, 'bill-cancelled');
  agency.bills.delete('DZ-2');
  t.equal((await accept(approver, id)).code, 'bill-not-found');
  await isUntouched(t, world, id);
  agency.has('DZ-2', { status: 'open', amount: DZD('120.00') });
  t.match(await accept(approver, id), { code: 'underpayment', problem: { amountDue: DZD('120.00') } });
  agency.has('DZ-2', { amount: DZD('100.00'), payerId: 'P-2' });
  t.equal((await accept(approver, id)).code, 'malformed-request', 'it is another payer’s by now');
  await isUntouched(t, world, id);
  agency.has('DZ-2', { payerId: 'P-1' });
  t.match(await accept(approver, id), { body: { state: 'accepted' } });
  t.equal(await credit(), 0n);
});

t.test('it does not answer: nothing is done, and later all of it', async (t) => {
  const world = await creditWorld(t, { whenDown: 'refuse' });
  const { agency, approver, wish, credit } = world;
  const id = await idOf(wish('DZ-2', 'once'));
  await agency.stop();
  t.match(await accept(approver, id), { code: 'agency-unavailable' });
  await isUntouched(t, world, id);
  t.equal((await wish('DZ-3')).code, 'agency-unavailable', 'nobody knows whose it is');
  const again = await wish('DZ-2', 'once');
  t.match(again, { status: 200, body: { approvalId: id } }, 'what was asked before needs no agency');
  await agency.start();
  await until('the circuit is closed', async () => (await accept(approver, id)).code === 'ok');
  t.equal(await credit(), 0n);
});

t.test('it does not answer and its last word holds: the payment says so', async (t) => {
  const world = await creditWorld(t, { whenDown: 'stale' });
  const { agency, approver, wish, credit, paid } = world;
  const id = await idOf(wish('DZ-2'));
  await agency.stop();
  await setClock(world.db, '2026-11-22T09:00:00Z');
  t.match(await accept(approver, id), { body: { state: 'accepted' } });
  t.equal(await credit(), 0n);
  t.match(await paid(), [{ reference: id, agencySaidAt: /^2026-11-22T08:0/ }]);
});

t.test('it cannot book it after all: the money is the payer’s again', async (t) => {
  const world = await creditWorld(t, { notify: true });
  const { agency, approver, wish, credit, paid } = world;
  agency.outcome = { outcome: 'paid-elsewhere' };
  const id = await idOf(wish('DZ-2'));
  agency.has('DZ-1', { status: 'paid' });
  t.match(await accept(approver, id), { body: { state: 'accepted' } });
  t.equal(await credit(), 0n);
  await startTestWorker(t, world);
  // What was paid at the bank first is answered the same.
  await until('both are credited', async () => (await credit()) === 20_000n);
  t.match(await paid(), [{ reference: id, status: 'accepted' }], 'the payment stands');
});

t.test('two accept at once: whoever comes to be the last has asked the agency', async (t) => {
  const world = await creditWorld(t);
  const { agency, approver, db, wish } = world;
  await setRule(db, 'credit-apply', 2, ACTOR);
  const admin = await colleague(db, world.baseUrl, 'admin', 'operator-admin');
  const id = await idOf(wish('DZ-2'));
  agency.has('DZ-2', { status: 'paid' });
  const { both } = await db.transaction(async (tx) => {
    await tx.query('select from approval for update');
    const both = Promise.all([accept(approver, id), accept(admin, id)]);
    await until('both wait for the request', async () => (await lockWaiters(db)) === 2);
    return { both };
  });
  const answers = await both;
  t.same(answers.map(({ code }) => code).sort(), ['bill-already-paid', 'ok']);
  t.equal(await world.credit(), 10_000n);
  t.same(await world.paid(), []);
});
