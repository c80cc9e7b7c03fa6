// A day that leaves something in every table the books are about: each kind of channel, both routes, fees with tax
// and commission, several bills in one payment, credit with and without a payer, reversals of both.
import { setLink } from '../../src/billers/index.ts';
import { refusedAgain, setAside } from '../../src/confirmations/delivery/store-aside.ts';
import { moveDelivered, releaseLease, takeLease } from '../../src/confirmations/delivery/store-delivery.ts';
import { setWebhook } from '../../src/confirmations/index.ts';
import { readFeed } from '../../src/confirmations/store-feed.ts';
import { accept, ask, idOf } from '../support/approvals.ts';
import { findOne, resolved, type Desk } from '../support/breaks.ts';
import { closeDay } from '../../src/settlement/index.ts';
import { bill } from '../support/client.ts';
import { numberEvents } from '../support/feed.ts';
import { startTestWorld, type TestWorld } from '../support/gateway.ts';
import { colleague } from '../support/staff.ts';
import { ACTOR, addBills, done, MASTER_KEY } from '../support/world.ts';
import type { Test } from 'tap';

export interface Day extends TestWorld {
  /** Payment ids as shown, by what they are. */
  readonly paid: Record<
    | 'plain'
    | 'many'
    | 'float'
    | 'limited'
    | 'direct'
    | 'credited'
    | 'suspense'
    | 'reversed'
    | 'returned'
    | 'rejected',
    string
  >;
}

export async function liveADay(t: Pick<Test, 'name' | 'teardown' | 'passing'>): Promise<Day> {
  const world = await startTestWorld(t);
  const numbers = ['OM-1', 'OM-2', 'OM-3', 'OM-4', 'OM-5', 'OM-6', 'OM-7', 'OM-8'];
  await addBills(
    world.db,
    'om',
    numbers.map((number) => ({ number, amount: '100.000' })),
  );
  await addBills(world.db, 'dz', [{ number: 'DZ-1', amount: '5000.00' }]);
  const pay = async (
    channel: string,
    order: Parameters<ReturnType<TestWorld['client']>['pay']>[0],
  ): Promise<string> => {
    const { body, text } = await world.client(channel).pay(order);
    if (body === undefined) throw new Error(text);
    return body.paymentId;
  };
  const paid = {
    plain: await pay('bank', {
      reference: 'plain',
      bills: [bill('OM-1', '100.000')],
      outlet: { kind: 'branch', id: 'MCT-014' },
    }),
    many: await pay('bank', { reference: 'many', bills: [bill('OM-2', '100.000'), bill('OM-3', '110.000')] }),
    float: await pay('agent', {
      reference: 'float',
      bills: [bill('OM-4', '100.000')],
      payer: { name: 'Salim Al Harthy', mobile: '+96824123456' },
    }),
    limited: await pay('kiosk', { reference: 'limited', bills: [bill('OM-5', '100.000')] }),
    direct: await pay('transit', { reference: 'direct', bills: [bill('OM-6', '100.000')] }),
    credited: await pay('kiosk', { reference: 'credited', bills: [bill('OM-1', '50.000')], cashHeld: true }),
    suspense: await pay('kiosk', {
      reference: 'suspense',
      bills: [bill('OM-NOBODY', '20.000')],
      cashHeld: true,
    }),
    reversed: await pay('shop', {
      reference: 'reversed',
      bills: [bill('OM-7', '100.000')],
      outlet: { kind: 'agent', id: 'S-1' },
    }),
    returned: await pay('kiosk', { reference: 'returned', bills: [bill('OM-1', '10.000')], cashHeld: true }),
  };
  await tellSome(world);
  const rejected = await pay('bank', {
    reference: 'dz',
    billerCode: 'dz-social',
    bills: [bill('DZ-1', '5000.00', 'DZD')],
  });
  // From here on that agency is linked; the next payment brings it to the gateway's notice.
  done(
    await setLink(
      world.db,
      'dz-social',
      { url: 'https://dz.example' },
      { masterKey: MASTER_KEY, allowedNetworks: [] },
      ACTOR,
    ),
  );
  await pay('shop', {
    reference: 'shop',
    bills: [bill('OM-8', '100.000')],
    outlet: { kind: 'agent', id: 'S-1' },
  });
  await world.client('bank').pay({ reference: 'refused', bills: [bill('OM-7', '1.000')] });
  await world.client('bank').cancel('burnt');
  await undo(world, 'shop', paid.reversed, 'reversed-undo');
  await undo(world, 'kiosk', paid.returned, 'returned-undo');
  const body = { reference: 'paid-elsewhere', reason: 'paid-elsewhere' };
  const { code, text } = await world
    .client('dz-social')
    .send('POST', `/v1/payments/${rejected}/rejection`, body);
  if (code !== 'ok') throw new Error(text);
  await decideSome(world);
  await settle(world);
  return { ...world, paid: { ...paid, rejected } };
}

/** One person asks, another accepts: credit pays a bill, credit goes to the agency, suspense is corrected. */
async function decideSome(world: TestWorld): Promise<void> {
  const { db, baseUrl } = world;
  const one = await colleague(db, baseUrl, 'one', 'operator-admin');
  const two = await colleague(db, baseUrl, 'two', 'operator-admin');
  await addBills(db, 'om', [{ number: 'OM-9', amount: '20.000' }]);
  const decide = async (kind: string, content: object): Promise<void> => {
    const { code, text } = await accept(
      two,
      await idOf(ask(one, kind, content, { billerCode: 'om-social' })),
    );
    if (code !== 'ok') throw new Error(text);
  };
  const amount = (value: string): object => ({ value, currency: 'OMR' });
  await decide('credit-apply', { payerId: 'E-1', amount: amount('20.000'), billNumber: 'OM-9' });
  await decide('credit-remit', { payerId: 'E-1', amount: amount('7.000'), reason: 'his contribution' });
  await decide('adjustment', { amount: amount('3.000'), against: 'suspense', reason: 'found out' });
  await resolveSome({ db, one, two });
  await disputeSome(world, { db, one, two });
}

/** Of what the bank's file had and the books had not, one is entered and one lies in suspense. */
async function resolveSome(desk: Desk): Promise<void> {
  await addBills(desk.db, 'om', [{ number: 'OM-10', amount: '20.000' }]);
  const theirs = { billNumber: 'OM-10' };
  const missing = { kind: 'missing-here', amountMinor: 20_000n } as const;
  const posted = await findOne(desk, { ...missing, reference: 'posted', theirs });
  const held = await findOne(desk, { ...missing, billerId: 0, reference: 'held' });
  for (const answer of [await resolved(desk, posted, 'post'), await resolved(desk, held, 'suspense')])
    if (answer.code !== 'ok') throw new Error(answer.text);
}

/** One payment is charged back, another becomes its payer's credit, the third is the operator's loss. */
async function disputeSome(world: TestWorld, { db, one, two }: Desk): Promise<void> {
  const outcomes = ['chargeback', 'refund-to-credit', 'absorb'] as const;
  await addBills(
    db,
    'om',
    outcomes.map((number) => ({ number, amount: '5.000' })),
  );
  const bank = world.client('bank');
  for (const outcome of outcomes) {
    const { body: paid } = await bank.pay({ reference: outcome, bills: [bill(outcome, '5.000')] });
    const opening = { reference: outcome, paymentId: paid?.paymentId, reason: 'other', comment: 'not right' };
    const { body } = await bank.send<{ disputeId: string }>('POST', '/v1/disputes', opening);
    const decision = { reference: outcome, outcome, words: 'he is right' };
    const path = `/v1/disputes/${body?.disputeId}/decisions`;
    const asked = await one.send<{ approvalId: string }>('POST', path, decision);
    const { code, text } = await accept(two, asked.body?.approvalId ?? '');
    if (code !== 'ok') throw new Error(text);
  }
}

/** The agency has been told of the first five; it refused the second and, for three days, the third. */
async function tellSome({ db }: TestWorld): Promise<void> {
  const tools = { database: db, masterKey: MASTER_KEY, allowedNetworks: [] };
  await setWebhook(tools, 1, { url: 'https://om.example/wasit' }, ACTOR);
  await numberEvents(db);
  const refused = { keys: ['a bill'], attempts: 2, pauseMs: 3_600_000, failure: 'status 422' };
  await db.transaction(async (tx) => {
    const fed = await readFeed(tx, 1, 0n, 100);
    const events = fed.slice(1, 3).map(({ event_id: eventId, number }) => ({ ...refused, eventId, number }));
    await setAside(tx, 1, events);
    await refusedAgain(tx, 1, events[1]?.eventId ?? '', { pauseMs: undefined, failure: 'status 422' });
    await takeLease(tx, 1, LEASE);
    await moveDelivered(tx, 1, LEASE, 5n);
    await releaseLease(tx, 1, LEASE);
  });
}

const LEASE = '00000000-0000-0000-0000-000000000001';

/** Of another agency, so that its day is closed and those of the others go on. */
async function settle(world: TestWorld): Promise<void> {
  await addBills(world.db, 'eg', [{ number: 'EG-1', min: '1.00', max: '1000.00' }]);
  const bills = [bill('EG-1', '10.00', 'EGP')];
  const { code, text } = await world.client('bank').pay({ reference: 'eg', billerCode: 'eg-local', bills });
  if (code !== 'ok') throw new Error(text);
  done(await closeDay(world.db, { billerId: 3, businessDate: '2026-11-22', early: true }));
}

async function undo(world: TestWorld, channel: string, paymentId: string, reference: string): Promise<void> {
  const { body, text } = await world.client(channel).reverse(paymentId, reference);
  if (body === undefined) throw new Error(text);
}
