// Random days, random transfers and random decisions of breaks of no biller: what channels owe less what they have paid is the ledger's receivable over all books,
// the rows of a position add up to its totals, and its statement closes where its position stands.
import fc from 'fast-check';
import t from 'tap';
import { openDaysAhead } from '../../../src/billers/index.ts';
import { parseMinor, toText, type MoneyText } from '../../../src/kernel/money.ts';
import { channelStatement } from '../../../src/reconciliation/position/statement.ts';
import { assertBooksBalance } from '../../support/books.ts';
import { findOne, resolved, type Desk } from '../../support/breaks.ts';
import { CHANNEL, position, receivable, sweep, takenBack, transfer } from '../../support/owing.ts';
import { aDay, live, undo, type Late } from '../../support/random-days.ts';
import { close, makeRemitWorld, type RemitWorld } from '../../support/remit-world.ts';
import { deskOf } from '../../support/statement-world.ts';
import { BILLERS, setClock } from '../../support/world.ts';

const PAYERS = ['bank', 'shop', 'kiosk', 'transit'] as const;
const aTransfer = fc.record({
  channel: fc.constantFrom(...PAYERS),
  minor: fc.integer({ min: 1, max: 9_000 }),
  isTakenBack: fc.boolean(),
});

const aDecision = fc.record({
  channel: fc.constantFrom(...PAYERS),
  minor: fc.integer({ min: 1, max: 5_000 }),
  isGivenBack: fc.constantFrom('never', 'at once', 'next day'),
});
type Decision = typeof aDecision extends fc.Arbitrary<infer Value> ? Value : never;

await t.test('random days, transfers and decisions', async (t) => {
  const world = await makeRemitWorld(t);
  const { db } = world;
  const desk = await deskOf(world);
  let day = 0;
  let toGiveBack: string[] = [];
  const late: Late[] = [];
  const run = async (
    { payments }: { payments: Parameters<typeof live>[1][] },
    before: { channel: (typeof PAYERS)[number]; minor: number; isTakenBack: boolean }[],
    after: typeof before,
    decisions: readonly Decision[],
  ): Promise<void> => {
    const date = new Date(Date.UTC(2026, 10, 22 + day)).toISOString().slice(0, 10);
    day += 1;
    await setClock(db, `${date}T08:00:00Z`);
    await db.transaction((tx) => openDaysAhead(tx, BILLERS.om.id));
    for (const [channel, id] of late.splice(0)) await undo(world, channel, id);
    for (const payment of payments) await live(world, withoutUnits(payment), late);
    await move(world, before, date);
    for (const id of toGiveBack) await decide(desk, id, 'give-back');
    toGiveBack = await decideAll(desk, decisions);
    await check(world, false);
    await setClock(db, `${date}T12:00:01Z`);
    await close(world, BILLERS.om, date);
    // Transfers come in while the worker looks.
    await Promise.all([sweep(world), move(world, after, date)]);
    await sweep(world);
    await check(world, true);
    await closesWhereItStands(world, date);
    await assertBooksBalance(db);
  };
  const transfers = fc.array(aTransfer, { maxLength: 4 });
  const decisions = fc.array(aDecision, { maxLength: 2 });
  await fc.assert(fc.asyncProperty(aDay, transfers, transfers, decisions, run), {
    numRuns: 12,
    endOnFailure: true,
  });
  t.equal(day, 12);
});

function withoutUnits(payment: Parameters<typeof live>[1]): Parameters<typeof live>[1] {
  return {
    ...payment,
    bills: payment.bills.map((each) => ({ ...each, units: undefined, service: undefined })),
  };
}

async function move(
  world: RemitWorld,
  transfers: { channel: (typeof PAYERS)[number]; minor: number; isTakenBack: boolean }[],
  bookedOn: string,
): Promise<void> {
  for (const { channel, minor, isTakenBack } of transfers) {
    const { received } = await transfer(world, BigInt(minor), { channel, bookedOn });
    if (!received.ok) throw new Error(received.reason);
    const sum = received.value.parts.reduce((all, { amountMinor }) => all + amountMinor, 0n);
    if (sum !== BigInt(minor)) throw new Error(`parts of ${minor} come to ${sum}`);
    if (isTakenBack) await takenBack(world, BigInt(Math.ceil(minor / 2)), { channel, bookedOn });
  }
}

/** What is not in our books is written to suspense of the operator's; those that are given back the day after. */
async function decideAll(desk: Desk, decisions: readonly Decision[]): Promise<string[]> {
  const left: string[] = [];
  for (const { channel, minor, isGivenBack } of decisions) {
    const theirs = {
      line: 1,
      status: 'accepted',
      amount: { ...toText({ minor: BigInt(minor), currency: 'OMR' }) },
    };
    const of = { kind: 'missing-here', billerId: 0, channel, amountMinor: BigInt(minor), theirs } as const;
    const id = await findOne(desk, of);
    await decide(desk, id, 'suspense');
    if (isGivenBack === 'at once') await decide(desk, id, 'give-back');
    if (isGivenBack === 'next day') left.push(id);
  }
  return left;
}

async function decide(desk: Desk, id: string, resolution: string): Promise<void> {
  const { code, text } = await resolved(desk, id, resolution);
  if (code !== 'ok') throw new Error(text);
}

function minorOf({ value, currency }: MoneyText): bigint {
  const minor = parseMinor(value.replace('-', ''), currency) ?? 0n;
  return value.startsWith('-') ? -minor : minor;
}

async function check(world: RemitWorld, isSwept: boolean): Promise<void> {
  for (const channel of Object.keys(CHANNEL) as (keyof typeof CHANNEL)[]) {
    const { items, totals, next } = await position(world, channel, 'limit=1000');
    const [total] = totals;
    const says = total === undefined ? 0n : minorOf(total.owed);
    const rows = items.reduce((sum, { open }) => sum + minorOf(open), 0n);
    const ahead = total === undefined ? 0n : minorOf(total.paidAhead);
    const ledger = await receivable(world.db, channel);
    const parts = (['late', 'due', 'toSetOff', 'running'] as const).map((name) =>
      total === undefined ? 0n : minorOf(total[name]),
    );
    const added = parts.reduce((sum, minor) => sum + minor, 0n) - ahead;
    if (next !== null || says !== ledger || rows - ahead !== ledger || added !== ledger)
      throw new Error(
        `${channel}: ledger ${ledger}, total ${says}, rows ${rows} less ${ahead}, added ${added}`,
      );
    const owes = items.some(({ state, open }) => state === 'closed' && minorOf(open) > 0n);
    if (isSwept && owes && ahead > 0n) throw new Error(`${channel}: owes, and ${ahead} lies ahead`);
  }
}

async function closesWhereItStands(world: RemitWorld, to: string): Promise<void> {
  for (const channel of PAYERS) {
    const wish = { from: '2026-11-22', to, currency: 'OMR' };
    const statement = await channelStatement(world.db, channel, wish);
    if (statement === undefined || 'code' in statement) throw new Error('no statement');
    const [total] = (await position(world, channel)).totals;
    const stands = total === undefined ? 0n : minorOf(total.owed) - minorOf(total.running);
    if (statement.openingMinor !== 0n || statement.closingMinor !== stands)
      throw new Error(
        `${channel}: the statement closes at ${statement.closingMinor}, the position at ${stands}`,
      );
  }
}
