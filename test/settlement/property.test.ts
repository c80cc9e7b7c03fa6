// Random days through the real lane: whatever was paid, reversed, rejected and corrected, every dimension adds up to the
// totals, the totals are what was done, and the ledger says the same. The books are checked after each run.
import fc from 'fast-check';
import t from 'tap';
import { setServices, setUnits } from '../../src/billers/index.ts';
import { DIMENSIONS } from '../../src/settlement/index.ts';
import { AMOUNTS, COUNTS } from '../../src/settlement/sums.ts';
import { accept, ask, idOf } from '../support/approvals.ts';
import type { Client } from '../support/client.ts';
import { startTestWorld, type TestWorld } from '../support/gateway.ts';
import { close, faultsOf, splitsOf } from '../support/settling.ts';
import { colleague } from '../support/staff.ts';
import { ACTOR, addBills, done, setClock, type BillSpec } from '../support/world.ts';

const UNITS = ['north', 'south', 'west'];
const LINES = ['4110', '4120', '4130'];

const aBill = fc.record({
  units: fc.constantFrom(undefined, ...UNITS),
  service: fc.constantFrom(undefined, 'dues', 'fines'),
  budgetLine: fc.constantFrom(undefined, ...LINES),
  shares: fc.option(
    fc.array(fc.tuple(fc.constantFrom(...LINES), fc.integer({ min: 1, max: 900 })), {
      minLength: 1,
      maxLength: 4,
    }),
  ),
  over: fc.integer({ min: 0, max: 50 }),
});
const aPayment = fc.record({
  channel: fc.constantFrom('bank', 'agent', 'transit', 'shop', 'kiosk'),
  bills: fc.array(aBill, { minLength: 1, maxLength: 4 }),
  end: fc.constantFrom('stays', 'stays', 'same-day', 'late', 'held'),
});
const aDay = fc.record({
  payments: fc.array(aPayment, { maxLength: 8 }),
  adjustments: fc.array(
    fc.integer({ min: -3000, max: 3000 }).filter((minor) => minor !== 0),
    { maxLength: 2 },
  ),
  billsPerStep: fc.integer({ min: 5, max: 9 }), // of one payment there are at most five
});

type Of<A> = A extends fc.Arbitrary<infer Value> ? Value : never;
type ABill = Of<typeof aBill>;
type APayment = Of<typeof aPayment>;

type Desk = Record<'one' | 'two', Client>;

let made = 0;

/** Amounts are thousandths; what several budget lines ask for is what the bill asks for. */
function specOf({ units, service, budgetLine, shares }: ABill): BillSpec {
  made += 1;
  const total = shares === null ? 1 + (made % 7) * 333 : shares.reduce((sum, [, share]) => sum + share, 0);
  return {
    number: `PR-${made}`,
    amount: text(total),
    ...(units !== undefined && { unit: units }),
    ...(service !== undefined && { service }),
    ...(budgetLine !== undefined && { budgetLine }),
    ...(shares !== null && {
      lines: shares.map(([line, share]) => ({ budgetLine: line, amount: text(share) })),
    }),
  };
}

function text(minor: number): string {
  return `${Math.floor(minor / 1000)}.${String(minor % 1000).padStart(3, '0')}`;
}

function thousandths(value: string): number {
  return Number(value.replace('.', ''));
}

t.test('random days', async (t) => {
  const world = await startTestWorld(t);
  const { db } = world;
  done(
    await setUnits(
      db,
      'om-social',
      UNITS.map((code) => ({ code, name: { en: code } })),
      ACTOR,
    ),
  );
  const services = [
    { code: 'dues', name: { en: 'Dues' }, budgetLine: '4110' },
    { code: 'fines', name: { en: 'Fines' } },
  ];
  done(await setServices(db, 'om-social', services, ACTOR));
  const desk = {
    one: await colleague(db, world.baseUrl, 'one', 'operator-admin'),
    two: await colleague(db, world.baseUrl, 'two', 'operator-admin'),
  };
  let day = 22;
  const late: [string, string][] = [];
  await fc.assert(
    fc.asyncProperty(aDay, fc.boolean(), async ({ payments, adjustments, billsPerStep }, isNet) => {
      const businessDate = `2026-${day > 30 ? '12' : '11'}-${String(day > 30 ? day - 30 : day).padStart(2, '0')}`;
      await setClock(db, `${businessDate}T11:40:00Z`);
      await setFees(world, isNet);
      for (const [channel, id] of late.splice(0)) await undo(world, channel, id);
      for (const payment of payments) await live(world, payment, late);
      for (const minor of adjustments) await adjust(desk, minor);
      day += 1;
      await setClock(db, `${businessDate}T12:00:01Z`);
      const { batch } = await close(db, businessDate, { billsPerStep });
      const splits = await splitsOf(db, batch);
      const total = splits.find(({ dimension }) => dimension === 'total');
      for (const dimension of DIMENSIONS) {
        for (const column of [...COUNTS, ...AMOUNTS, 'netMinor'] as const) {
          const sum = splits
            .filter((each) => each.dimension === dimension)
            .reduce((so, each) => so + BigInt(each[column]), 0n);
          if (sum !== BigInt(total?.[column] ?? 0) && !(splits.length === 1))
            throw new Error(
              `${businessDate}: ${column} by ${dimension} comes to ${sum} of ${total?.[column]}`,
            );
        }
      }
      if (batch.netMinor !== (total?.netMinor ?? 0n) + batch.carriedInMinor) throw new Error('net');
      return true;
    }),
    { numRuns: 12 },
  );
  t.same(await faultsOf(db), []);
  t.ok(day > 30);
});

async function setFees({ db }: TestWorld, isNet: boolean): Promise<void> {
  await db.transaction((tx) =>
    tx.query(`update biller set fees_settled = $1 where biller_id = 1 and fees_settled <> $1`, [
      isNet ? 'net' : 'gross',
    ]),
  );
}

async function live(
  world: TestWorld,
  { channel, bills, end }: APayment,
  late: [string, string][],
): Promise<void> {
  const specs = bills.map(specOf);
  await addBills(world.db, 'om', specs);
  const asked = bills.map(({ over }, i) => ({
    billNumber: specs[i]?.number ?? '',
    amount: { value: text(thousandths(specs[i]?.amount ?? '0') + over), currency: 'OMR' },
  }));
  const isHeld = end === 'held';
  const answer = await world.client(channel).pay({
    bills: isHeld
      ? [{ billNumber: `NONE-${made}`, amount: { value: '3.000', currency: 'OMR' } }, ...asked]
      : asked,
    outlet: { kind: 'agent', id: 'S-1' },
    cashHeld: isHeld,
  });
  const { body, text: said, code } = answer;
  if (code === 'insufficient-float' || code === 'limit-exceeded') return;
  if (body === undefined) throw new Error(said);
  if (end === 'same-day') await undo(world, channel, body.paymentId);
  if (end === 'late') late.push([channel, body.paymentId]);
}

/** The window of the late ones has passed by a day: it is opened for them. */
async function undo(world: TestWorld, channel: string, paymentId: string): Promise<void> {
  await world.db.transaction((tx) =>
    tx.query(
      `update payment set reversible_until = reversible_until + interval '2 days' where status = 'accepted'`,
    ),
  );
  const { code, text: said } = await world.client(channel).reverse(paymentId, `undo-${paymentId.slice(-20)}`);
  if (code !== 'ok') throw new Error(said);
}

const REASON = { against: 'fees', reason: 'a test' };

/** One person asks, another accepts. */
async function adjust({ one, two }: Desk, minor: number): Promise<void> {
  const value = `${minor < 0 ? '-' : ''}${text(Math.abs(minor))}`;
  const content = { ...REASON, amount: { value, currency: 'OMR' } };
  const { code, text: said } = await accept(
    two,
    await idOf(ask(one, 'adjustment', content, { billerCode: 'om-social' })),
  );
  if (code !== 'ok') throw new Error(said);
}
