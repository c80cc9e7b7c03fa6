// A biller's own statement: direct payments that it proves, by the channel's total of a date, by several dates together, by
// one payment; and what it does not prove in time.
import t from 'tap';
import {
  placeStatements,
  setChannelAccount,
  watchDirect,
} from '../../../src/reconciliation/statements/index.ts';
import { camt, type Booking } from '../../support/bank-statement.ts';
import {
  balances,
  close,
  collect,
  EVENING,
  makeRemitWorld,
  setAccount,
  type RemitWorld,
} from '../../support/remit-world.ts';
import { bring, breaksOf, linesOf, outcomesOf, statementParts } from '../../support/statement-world.ts';
import { ACTOR, BILLERS, done, setClock } from '../../support/world.ts';

const OM = BILLERS.om.id;
const THEIRS = '444000111222';

async function directWorld(t: Parameters<typeof makeRemitWorld>[0]): Promise<RemitWorld> {
  const world = await makeRemitWorld(t);
  await setAccount(world.db, 'om-social', '', { holder: 'Social', paysFrom: 'ours-omr', number: THEIRS });
  done(await setChannelAccount(world.db, 'transit', { number: '8800-11', isRemoved: false }, ACTOR));
  return world;
}

async function paidDirect(world: RemitWorld, ...amounts: string[]): Promise<void> {
  for (const amount of amounts) await collect(world, { '': amount }, { channel: 'transit' });
  await setClock(world.db, EVENING);
  await close(world);
  await watchDirect(world.db, [OM]);
}

function brought(world: RemitWorld, bookings: readonly Booking[], more = {}) {
  return bring(statementParts(world), camt({ account: THEIRS, currency: 'OMR', bookings, ...more }));
}

t.test('the channel’s total of a date proves it, once', async (t) => {
  const world = await directWorld(t);
  await paidDirect(world, '10.000', '20.500');
  t.match(await balances(world.db, OM), { 'biller/direct': -30_500n, 'channel/direct/5': 30_500n });
  const { fileId } = await brought(world, [
    { minor: 30_500n, from: { account: '880011' }, ref: 'T1' },
    { minor: 30_500n, from: { account: '880011' }, ref: 'T2' },
    { minor: 30_500n, from: { account: '12345' }, ref: 'T3' },
    { minor: -5_000n, text: 'rent' },
  ]);
  t.same(await outcomesOf(world.db, fileId), ['direct', null, 'other', 'other']);
  const after = await balances(world.db, OM);
  t.notOk('biller/direct' in after || 'channel/direct/5' in after);
});

t.test('one payment is proved by its reference', async (t) => {
  const world = await directWorld(t);
  await paidDirect(world, '10.000', '20.500');
  const [payment] = await world.db.transaction((tx) =>
    tx.query<{ reference: string; payment_id: string }>(
      `select reference, payment_id from payment where amount_minor = 20500`,
    ),
  );
  const { fileId } = await brought(world, [
    { minor: 20_500n, text: `credit ${payment?.reference}` },
    { minor: 10_000n, from: { account: '880011' } },
  ]);
  t.match(await linesOf(world.db, fileId), [
    { outcome: 'direct', matches: [{ kind: 'direct', subject_id: payment?.payment_id }] },
    { outcome: 'direct' },
  ]);
  t.notOk('biller/direct' in (await balances(world.db, OM)));
});

t.test('a credit that nothing marks waits for the payment that it names', async (t) => {
  const world = await directWorld(t);
  await collect(world, { '': '10.000' }, { channel: 'transit' });
  const [payment] = await world.db.transaction((tx) =>
    tx.query<{ reference: string }>('select reference from payment where amount_minor = 10000'),
  );
  const { fileId } = await brought(world, [
    { minor: 10_000n, text: `BANK TWO ${payment?.reference}` },
    { minor: 9_000n, text: `another amount ${payment?.reference}` },
  ]);
  t.same(await outcomesOf(world.db, fileId), [null, 'other'], 'its day is not closed');
  await paidDirect(world);
  await placeStatements(statementParts(world));
  t.same(await outcomesOf(world.db, fileId), ['direct', 'other']);
  t.notOk('biller/direct' in (await balances(world.db, OM)));
});

t.test('an account of a channel that is told later', async (t) => {
  const world = await directWorld(t);
  await paidDirect(world, '10.000', '20.500');
  const { fileId } = await brought(world, [
    { minor: 30_500n, from: { account: '77-66 55x' } },
    { minor: 4_000n, from: { account: '12345' } },
  ]);
  t.same(await outcomesOf(world.db, fileId), ['other', 'other']);
  const tell = async (number: string) => {
    done(await setChannelAccount(world.db, 'transit', { number, isRemoved: false }, ACTOR));
    await placeStatements(statementParts(world));
    return outcomesOf(world.db, fileId);
  };
  t.same(await tell('99999'), ['other', 'other']);
  t.same(await tell('776655X'), ['direct', 'other']);
  t.same(await tell('12345'), ['direct', null], 'a channel’s, and not of what is open: it waits');
});

t.test('what is not credited in time is a break, and ends when it is', async (t) => {
  const world = await directWorld(t);
  await paidDirect(world, '10.000');
  await setClock(world.db, '2026-11-25T10:00:00Z');
  await watchDirect(world.db, [OM]);
  t.same(await breaksOf(world.db), [], 'three working days are not over');
  await setClock(world.db, '2026-11-26T10:00:00Z');
  await watchDirect(world.db, [OM]);
  await watchDirect(world.db, [OM]);
  t.match(await breaksOf(world.db), [{ kind: 'not-credited', state: 'open', ours: { openMinor: '10000' } }]);
  await brought(world, [{ minor: 10_000n, text: 'WASIT/transit' }]);
  t.match(await breaksOf(world.db), [{ kind: 'not-credited', state: 'gone' }]);
});
