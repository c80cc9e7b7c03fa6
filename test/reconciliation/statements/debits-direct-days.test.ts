// Several debits that are credited to the agency itself and taken back on the same days: each line proves its own part of its
// date, a total all of its file.
import t, { type Test } from 'tap';
import type { Uuid } from '../../../src/kernel/ids.ts';
import { endToEndIdOf as e2e } from '../../../src/mandates/debits/index.ts';
import { placeStatements, watchDirect } from '../../../src/reconciliation/statements/index.ts';
import { camt, type Booking, type Statement } from '../../support/bank-statement.ts';
import { bookAll, debit, debitStanding, makeDebitWorld, say, type DebitWorld } from '../../support/debits.ts';
import { atBank, inFile } from '../../support/debit-file.ts';
import { balances, close, setAccount } from '../../support/remit-world.ts';
import { bring, breaksOf, linesOf, outcomesOf, statementParts } from '../../support/statement-world.ts';
import { BILLERS, setClock } from '../../support/world.ts';

const OM = BILLERS.om.id;
const THEIRS = '444000111222';

/** Collected by the bank `transit`, onto the agency's own account. */
async function directDebits(
  world: DebitWorld,
  amounts: Record<string, string>,
  file = false,
): Promise<Uuid[]> {
  const debits: Uuid[] = [];
  for (const [number, amount] of Object.entries(amounts)) {
    const one = await debit(world, [{ number, amount }]);
    await atBank(world.db, one, 'transit');
    if (!file) await inFile(world.db, [one], { account: null });
    debits.push(one);
  }
  return debits;
}

async function directWorld(t: Parameters<typeof makeDebitWorld>[0]): Promise<DebitWorld> {
  const world = await makeDebitWorld(t);
  await setAccount(world.db, 'om-social', '', { holder: 'Social', paysFrom: 'ours-omr', number: THEIRS });
  return world;
}

function bringTheirs(world: DebitWorld, bookings: readonly Booking[], more: Partial<Statement> = {}) {
  return bring(statementParts(world), camt({ account: THEIRS, currency: 'OMR', bookings, ...more }));
}

async function endDay(world: DebitWorld, businessDate: string, at: string): Promise<void> {
  await setClock(world.db, at);
  await close(world, BILLERS.om, businessDate);
  await watchDirect(world.db, [OM]);
  await placeStatements(statementParts(world));
}

async function leavesNothing(t: Pick<Test, 'notOk'>, world: DebitWorld): Promise<void> {
  const left = await balances(world.db, OM);
  t.notOk('channel/direct/5' in left || 'biller/direct' in left, JSON.stringify(Object.keys(left)));
}

t.test('two taken back on one date, and one beside collections', async (t) => {
  const world = await directWorld(t);
  const [one = '', two = ''] = await directDebits(world, { 'D-1': '150.500', 'D-2': '200.000' });
  const first = await bringTheirs(
    world,
    [
      { minor: 150_500n, e2e: e2e(one), ref: '1' },
      { minor: 200_000n, e2e: e2e(two), ref: '2' },
    ],
    { sequence: 1 },
  );
  await bookAll(world);
  await endDay(world, '2026-11-22', '2026-11-22T16:30:00Z');
  t.same(await outcomesOf(world.db, first.fileId), ['direct', 'direct']);
  const [three = '', four = ''] = await directDebits(world, { 'D-3': '40.000', 'D-4': '60.000' });
  const next = await bringTheirs(
    world,
    [
      { minor: -150_500n, e2e: e2e(one), ref: '3', reason: 'AM04' },
      { minor: -200_000n, e2e: e2e(two), ref: '4', reason: 'AM04' },
      { minor: 40_000n, e2e: e2e(three), ref: '5' },
      { minor: 60_000n, e2e: e2e(four), ref: '6' },
    ],
    { sequence: 2, opening: 350_500n },
  );
  await bookAll(world);
  await endDay(world, '2026-11-23', '2026-11-23T16:30:00Z');
  t.same(await outcomesOf(world.db, next.fileId), ['direct', 'direct', 'direct', 'direct']);
  await leavesNothing(t, world);
  await endDay(world, '2026-11-24', '2026-12-10T16:30:00Z');
  t.same(await breaksOf(world.db), []);
});

t.test('as much taken back as collected, on one date', async (t) => {
  const world = await directWorld(t);
  const [one = ''] = await directDebits(world, { 'D-1': '10.000' });
  const { fileId } = await bringTheirs(world, [
    { minor: 10_000n, e2e: e2e(one), ref: '1' },
    { minor: -10_000n, e2e: e2e(one), ref: '2', reason: 'AM04' },
  ]);
  await bookAll(world);
  await bookAll(world);
  t.match(await debitStanding(world, one), { state: 'returned' });
  await endDay(world, '2026-11-22', '2026-11-22T16:30:00Z');
  t.same(await outcomesOf(world.db, fileId), ['direct', 'direct']);
  await leavesNothing(t, world);
});

t.test('what is not proved in time says which way the money should have gone', async (t) => {
  const world = await directWorld(t);
  const [one = ''] = await directDebits(world, { 'D-1': '10.000' });
  await bringTheirs(world, [{ minor: 10_000n, e2e: e2e(one), ref: '1' }]);
  await bookAll(world);
  await endDay(world, '2026-11-22', '2026-11-22T16:30:00Z');
  await say(world, one, 'returned', 'AM04');
  await bookAll(world);
  await endDay(world, '2026-11-23', '2026-11-23T16:30:00Z');
  await setClock(world.db, '2026-12-03T16:30:00Z');
  await watchDirect(world.db, [OM]);
  t.match(await breaksOf(world.db), [
    { kind: 'not-credited', ours: { openMinor: '-10000', why: /taken back .* not been debited/ } },
  ]);
});

t.test('one total for a whole file, of several banks', async (t) => {
  const world = await directWorld(t);
  const debits = await directDebits(world, { 'D-1': '10.000', 'D-2': '20.000', 'D-3': '5.000' }, true);
  const [one = '', other = '', refused = ''] = debits;
  const messageId = await inFile(world.db, debits, { account: null });
  await say(world, refused, 'rejected', 'AC04');
  const wrong = await bringTheirs(world, [{ minor: 35_000n, messageId, ref: 'A' }], { sequence: 1 });
  t.same(await outcomesOf(world.db, wrong.fileId), ['break'], 'with one that it has refused');
  const { fileId } = await bringTheirs(world, [{ minor: 30_000n, messageId, ref: 'B' }], {
    sequence: 2,
    opening: 35_000n,
  });
  t.same(await outcomesOf(world.db, fileId), [null]);
  await bookAll(world);
  for (const each of [one, other]) t.match(await debitStanding(world, each), { state: 'collected' });
  t.match(await debitStanding(world, refused), { state: 'failed' });
  await endDay(world, '2026-11-22', '2026-11-22T16:30:00Z');
  t.match(await linesOf(world.db, fileId), [
    {
      outcome: 'direct',
      matches: [
        { kind: 'debit-total', subject_id: one },
        { kind: 'debit-total', subject_id: other },
        { kind: 'direct', amount_minor: 10_000 },
        { kind: 'direct', amount_minor: 20_000 },
      ],
    },
  ]);
  await leavesNothing(t, world);
  const again = await bringTheirs(
    world,
    [
      { minor: 30_000n, messageId, ref: 'C' },
      { minor: 10_000n, e2e: e2e(one), ref: 'D' },
    ],
    { sequence: 3, opening: 65_000n },
  );
  t.same(await outcomesOf(world.db, again.fileId), ['break', 'break']);
});

t.test('a file for the operator’s account, named on the agency’s: none of the agency’s', async (t) => {
  const world = await directWorld(t);
  const debits = await directDebits(world, { 'D-1': '10.000' }, true);
  const messageId = await inFile(world.db, debits);
  const { fileId } = await bringTheirs(world, [{ minor: 10_000n, messageId }]);
  t.same(await outcomesOf(world.db, fileId), ['other']);
});
