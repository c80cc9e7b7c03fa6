// Whatever a channel, the desk and two who decide do about a payment, in whatever order and at once: a dispute goes only
// along its table, at most one of them gives the money back, what is booked is exactly what was decided, and what was
// refused has moved nothing. The books are checked at the end.
import fc from 'fast-check';
import t from 'tap';
import { OUTCOMES, type Outcome } from '../../../src/reconciliation/disputes/dispute.ts';
import { TRANSITIONS, type DisputeState } from '../../../src/reconciliation/disputes/states.ts';
import type { DisputeAnswer } from '../../../src/reconciliation/disputes/schema.ts';
import { accept } from '../../support/approvals.ts';
import { assertBooksBalance } from '../../support/books.ts';
import { makeBreakWorld, uuidOf } from '../../support/breaks.ts';
import { bill, type Client } from '../../support/client.ts';
import { netOf, stateOf } from '../../support/disputed-payment.ts';
import { decide, open, post } from '../../support/disputes.ts';
import { addBills, BILLERS, setClock } from '../../support/world.ts';

const PLACES = [
  { channel: 'bank', biller: 'om' },
  { channel: 'agent', biller: 'om' },
  { channel: 'shop', biller: 'om' },
  { channel: 'transit', biller: 'om' },
  { channel: 'bank', biller: 'dz' },
  { channel: 'transit', biller: 'dz' },
  { channel: 'bank', biller: 'eg' },
] as const;

const DOINGS = [
  'open',
  'case',
  'review',
  'comment',
  'attach',
  'ask',
  'accept',
  'accept-at-once',
  'reject',
  'withdraw-request',
  'withdraw',
  'close',
  'reverse',
  'next-day',
] as const;

const aDoing = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('open' as const, 'ask' as const, 'accept' as const) },
  { weight: 4, arbitrary: fc.constantFrom(...DOINGS) },
);
const aLife = fc.record({
  first: fc.constantFrom('open' as const, 'case' as const),
  place: fc.constantFrom(...PLACES),
  minor: fc.integer({ min: 1000, max: 90_000 }),
  cashHeld: fc.integer({ min: 1, max: 4 }).map((n) => n === 1),
  doings: fc.array(
    fc.record({ doing: aDoing, who: fc.nat(2), which: fc.nat(3), outcome: fc.constantFrom(...OUTCOMES) }),
    { minLength: 4, maxLength: 14 },
  ),
});

type Life = typeof aLife extends fc.Arbitrary<infer T> ? T : never;
const EACH_OUTCOME: [Life][] = OUTCOMES.map((outcome) => {
  const step = { who: 1, which: 0, outcome };
  const doings = [
    { ...step, doing: 'ask' as const },
    { ...step, who: 2, doing: 'accept' as const },
  ];
  return [{ first: 'open', place: PLACES[1], minor: 5000, cashHeld: false, doings }];
});

/** Where a dispute may stand after another look, however much was done to it meanwhile. */
function reachable(from: DisputeState): Set<DisputeState> {
  const seen = new Set<DisputeState>([from]);
  for (const state of seen)
    for (const row of Object.values(TRANSITIONS)) if (row[state] !== undefined) seen.add(row[state]);
  return seen;
}

t.test('random lives of disputes', async (t) => {
  const world = await makeBreakWorld(t);
  const { one, two, three, db } = world;
  const desk = [one, two, three];
  const ends = new Map<string, number>();
  let nth = 0;
  let day = 22;
  await fc.assert(
    fc.asyncProperty(aLife, async ({ first, place: { channel, biller }, minor, cashHeld, doings }) => {
      nth += 1;
      const number = `X-${nth}`;
      const { code: billerCode, currency } = BILLERS[biller];
      const value = currency === 'OMR' ? (minor / 1000).toFixed(3) : (minor / 100).toFixed(2);
      const bounds = biller === 'eg' ? { min: '1.00', max: '1000.00' } : { amount: value };
      await addBills(db, biller, [{ number, payer: number, ...bounds }]);
      const client = world.client(channel);
      const outlet = { kind: 'agent', id: 'A-1' } as const;
      const bills = [bill(number, value, currency)];
      if (cashHeld) await client.pay({ billerCode, bills, outlet });
      const paid = await client.pay({ billerCode, bills, outlet, cashHeld, reference: `L-${nth}` });
      const paymentId = paid.body?.paymentId;
      if (paymentId === undefined) return; // no float, no room left: nothing to dispute
      const uuid = uuidOf(paymentId);
      const before = await netOf(db, uuid);
      const { status: was, total } = await stateOf(db, uuid, number);
      const standing = new Map<string, DisputeAnswer>();
      const approvals = new Set<string>();
      const say = (key: string, what: string, type: string) =>
        fetch(`${world.baseUrl}/v1/disputes/${key}/evidence?name=${what}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${world.keys.get(channel)}`, 'content-type': type },
          body: Buffer.from('%PDF-1.7 slip'),
        });
      const act = async ({ doing, who, which, outcome }: (typeof doings)[number]): Promise<void> => {
        const person = desk[who] ?? one;
        const speaker: Client = which % 2 === 0 ? client : person;
        const id = [...standing.keys()][which % Math.max(1, standing.size)];
        const asked = [...approvals][which % Math.max(1, approvals.size)] ?? 'apr_0';
        const noted = ({ body }: { body?: DisputeAnswer | undefined }): void => {
          if (body !== undefined && !standing.has(body.disputeId)) standing.set(body.disputeId, body);
        };
        if (doing === 'open') return noted(await open(client, paymentId));
        if (doing === 'case') {
          const words = { reference: `C-${nth}-${which}`, reason: 'other', payerSaid: 'not mine' };
          return noted(await one.send<DisputeAnswer>('POST', '/v1/cases', { ...words, payment: paymentId }));
        }
        if (doing === 'next-day') {
          day += 1;
          return setClock(db, new Date(Date.UTC(2026, 10, day, 8)).toISOString());
        }
        if (doing === 'reverse') return void (await client.reverse(paymentId, `undo-${nth}`));
        if (doing === 'reject')
          return void (await person.send('POST', `/v1/approvals/${asked}/reject`, { comment: 'no' }));
        if (doing === 'withdraw-request')
          return void (await one.send('POST', `/v1/approvals/${asked}/withdrawal`, {}));
        if (doing === 'accept') return void (await accept(who === 0 ? three : person, asked));
        if (doing === 'accept-at-once') {
          const codes = await Promise.all(
            [...approvals].flatMap((each) => [accept(two, each), accept(three, each)]),
          );
          t.notOk(codes.some(({ code }) => code === 'internal-error'));
          return;
        }
        if (id === undefined) return;
        if (doing === 'ask') {
          const approvalId = (await decide(person, id, outcome)).body?.approvalId;
          if (approvalId !== undefined && approvalId !== null) approvals.add(approvalId);
        }
        if (doing === 'review') await post(person, id, 'review');
        if (doing === 'comment') await post(speaker, id, 'comments', { comment: 'more' });
        if (doing === 'attach') await say(id, `slip-${which}.pdf`, 'application/pdf');
        if (doing === 'withdraw') await post(speaker, id, 'withdrawal', {});
        if (doing === 'close') await post(person, id, 'closing', {});
      };
      await act({ doing: first, who: 0, which: 0, outcome: 'uphold' });
      for (const doing of doings) {
        await act(doing);
        for (const [id, earlier] of standing) {
          const { body } = await two.send<DisputeAnswer>('GET', `/v1/disputes/${id}`);
          if (body === undefined) throw new Error(`${id} is gone`);
          t.ok(reachable(earlier.state).has(body.state), `${earlier.state} → ${body.state}`);
          if (earlier.outcome !== null) t.equal(body.outcome, earlier.outcome, 'an outcome stays');
          t.ok(body.history.length >= earlier.history.length);
          standing.set(id, body);
        }
      }
      const after = await stateOf(db, uuid, number);
      const outcomes = [...standing.values()].flatMap(({ outcome }) => (outcome === null ? [] : [outcome]));
      const gave = outcomes.filter((each) => ['refund-to-credit', 'chargeback', 'absorb'].includes(each));
      t.ok(gave.length <= 1, 'no two give the same money back');
      t.equal(after.paidOut, gave.length);
      for (const each of outcomes) ends.set(each, (ends.get(each) ?? 0) + 1);
      const net = await netOf(db, uuid);
      const came = `${channel} ${biller} ${was} ${first} ${doings.map(({ doing }) => doing).join()} ${outcomes.join()}`;
      checkMoney({ outcome: gave[0], was, before, net, total, after, channel, came });
    }),
    { numRuns: 60, examples: EACH_OUTCOME },
  );
  t.same([...ends.keys()].sort(), [...OUTCOMES].sort(), 'every outcome was had');
  t.same(world.faults, []);
  await assertBooksBalance(db);

  function checkMoney({ outcome, was, before, net, total, after, channel, came }: Came): void {
    const owed = channel === 'agent' ? 'channel/float' : 'channel/receivable';
    if (outcome === 'absorb') {
      const borne: Record<string, bigint> = { ...before, 'dispute/loss': total };
      borne[owed] = (before[owed] ?? 0n) - total;
      t.same(net, Object.fromEntries(Object.entries(borne).filter(([, minor]) => minor !== 0n)), came);
      t.match(after, { status: 'accepted', billStatus: 'paid', reversals: 0, credit: 0n }, came);
      return;
    }
    if (after.reversals === 0) {
      t.same(net, before, `nothing has moved: ${came}`);
      t.equal(after.status, was);
      return;
    }
    t.equal(after.reversals, 1, came);
    t.equal(after.status, 'reversed');
    if (was === 'accepted') t.equal(after.billStatus, 'open');
    if (outcome !== 'refund-to-credit') {
      t.same(net, {}, `nothing is left of it: ${came}`);
      t.equal(after.credit, 0n, came);
      return;
    }
    t.same(net, { [owed]: total, 'payer/credit': -total }, `the channel owes it, it is the payer's: ${came}`);
    t.equal(after.credit, total, came);
  }
});

interface Came {
  readonly outcome: Outcome | undefined;
  readonly was: string;
  readonly before: Record<string, bigint>;
  readonly net: Record<string, bigint>;
  readonly total: bigint;
  readonly after: Awaited<ReturnType<typeof stateOf>>;
  readonly channel: string;
  readonly came: string;
}
