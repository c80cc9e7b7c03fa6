// Transfers of channels: spread over what they owe, the oldest first; what is over waits; what the bank takes back is owed
// again; and a line counts once.
import t from 'tap';
import { undo } from '../../support/random-days.ts';
import {
  accountId,
  bankLine,
  CHANNEL,
  closedDay,
  owed,
  partsOf,
  position,
  receivable,
  receive,
  sweep,
  takenBack,
  transfer,
} from '../../support/owing.ts';
import { balances, close, collect, makeRemitWorld } from '../../support/remit-world.ts';
import { bill } from '../../support/client.ts';
import { addBills, BILLERS, setClock } from '../../support/world.ts';

const SUN = '2026-11-22';
const MON = '2026-11-23';

t.test('the oldest due first, and the rest later', async (t) => {
  const world = await makeRemitWorld(t);
  const { db } = world;
  await closedDay(world, SUN, { kiosk: '10.000' });
  await closedDay(world, MON, { kiosk: '20.000' });
  const { received } = await transfer(world, 12_000n, { channel: 'kiosk' });
  if (!received.ok) throw new Error(received.reason);
  t.match(received.value.parts, [
    { billerId: 1, businessDate: SUN, amountMinor: 10_000n },
    { billerId: 1, businessDate: MON, amountMinor: 2_000n },
  ]);
  t.strictSame(await owed(world, 'kiosk'), { [MON]: '20.000 2.000 2026-11-24' });
  const bank = await accountId(db);
  const books = await balances(db, BILLERS.om.id);
  t.equal(books['channel/receivable/4'], 18_000n);
  t.equal(books[`bank/${bank}`], 12_000n);
  await transfer(world, 18_000n, { channel: 'kiosk' });
  t.strictSame(await owed(world, 'kiosk'), {});
  t.strictSame(
    await owed(world, 'kiosk', `from=${SUN}`),
    { [SUN]: '10.000 10.000 2026-11-23', [MON]: '20.000 20.000 2026-11-24' },
    'paid ones are told when days are named',
  );
  t.equal(await receivable(db, 'kiosk'), 0n);
});

t.test('over several billers: due date, then business date, then biller', async (t) => {
  const world = await makeRemitWorld(t);
  const { db } = world;
  await db.transaction((tx) => tx.query(`update biller set currency = 'OMR' where biller_id = 3`));
  const eg = { ...BILLERS.eg, currency: 'OMR' };
  await setClock(db, `${SUN}T08:00:00Z`);
  await collect(world, { '': '1.000' });
  await collect(world, { '': '2.000' }, { of: eg, biller: 'om' });
  await setClock(db, `${SUN}T16:30:00Z`);
  await close(world);
  await close(world, eg);
  await sweep(world);
  await transfer(world, 1_300n);
  t.strictSame(await owed(world), { [`${SUN} eg-local`]: '2.000 0.100 2026-11-23' });
  await db.transaction((tx) => tx.query(`update biller set currency = 'EGP' where biller_id = 3`));
});

t.test('paid before it is owed: it waits in the operator’s book, and moves on', async (t) => {
  const world = await makeRemitWorld(t);
  const { db } = world;
  await closedDay(world, SUN, { kiosk: '10.000' });
  const { line } = await transfer(world, 25_000n, { channel: 'kiosk' });
  t.match(await position(world, 'kiosk'), {
    totals: [{ owed: { value: '-15.000' }, paidAhead: { value: '15.000' } }],
    items: [],
  });
  t.equal((await balances(db, 0))['channel/receivable/4'], -15_000n);
  await closedDay(world, MON, { kiosk: '12.000' });
  t.strictSame(await owed(world, 'kiosk'), {});
  t.match(await position(world, 'kiosk'), { totals: [{ paidAhead: { value: '3.000' } }] });
  t.strictSame(await partsOf(db, line.statementId), [
    { biller_id: 1, business_date: SUN, minor: 10_000n, part: 1 },
    { biller_id: 0, business_date: null, minor: 15_000n, part: 2 },
    { biller_id: 0, business_date: null, minor: -12_000n, part: 3 },
    { biller_id: 1, business_date: MON, minor: 12_000n, part: 4 },
  ]);
  t.equal((await balances(db, 0))[`bank/${line.accountId}`], 3_000n, 'the bank is one over all books');
  await sweep(world);
  t.equal((await partsOf(db)).length, 4, 'looking again moves nothing');
  await closedDay(world, '2026-11-24', { kiosk: '12.000' });
  t.strictSame(await owed(world, 'kiosk'), { '2026-11-24': '12.000 3.000 2026-11-25' });
});

t.test('what is owed to the channel is set off first', async (t) => {
  const world = await makeRemitWorld(t);
  const { db } = world;
  await addBills(db, 'om', [{ number: 'LATE', amount: '30.000' }]);
  const paid = await world.client('kiosk').pay({ bills: [bill('LATE', '30.000')] });
  await closedDay(world, SUN, { kiosk: '5.000' });
  await transfer(world, 35_000n, { channel: 'kiosk' });
  await undo(world, 'kiosk', paid.body?.paymentId ?? '');
  await closedDay(world, MON, {});
  t.match(await position(world, 'kiosk'), {
    totals: [{ toSetOff: { value: '-30.000' }, owed: { value: '-30.000' } }],
  });
  await closedDay(world, '2026-11-24', { kiosk: '40.000' });
  const { received } = await transfer(world, 10_000n, { channel: 'kiosk' });
  if (!received.ok) throw new Error(received.reason);
  t.match(received.value.parts, [
    { businessDate: MON, amountMinor: -30_000n },
    { businessDate: '2026-11-24', amountMinor: 40_000n },
  ]);
  t.strictSame(await owed(world, 'kiosk'), {});
  t.equal(await receivable(db, 'kiosk'), 0n);
});

t.test('what the bank takes back is owed again, the newest first', async (t) => {
  const world = await makeRemitWorld(t);
  await closedDay(world, SUN, { kiosk: '10.000' });
  await closedDay(world, MON, { kiosk: '20.000' });
  await transfer(world, 35_000n, { channel: 'kiosk' });
  const taken = await takenBack(world, 30_000n, { channel: 'kiosk' });
  if (!taken.ok) throw new Error(taken.reason);
  t.match(taken.value.parts, [
    { businessDate: MON, amountMinor: -20_000n },
    { businessDate: SUN, amountMinor: -5_000n },
    { billerId: 0, businessDate: null, amountMinor: -5_000n },
  ]);
  t.strictSame(await owed(world, 'kiosk'), {
    [SUN]: '10.000 5.000 2026-11-23',
    [MON]: '20.000 0.000 2026-11-24',
  });
  t.match(await takenBack(world, 5_001n, { channel: 'kiosk' }), { ok: false, reason: /not paid as much/ });
  await sweep(world);
  t.equal(await receivable(world.db, 'kiosk'), 25_000n);
});

t.test('the same line twice, and two at once', async (t) => {
  const world = await makeRemitWorld(t);
  const { db } = world;
  await closedDay(world, SUN, { kiosk: '10.000' });
  const { line } = await transfer(world, 4_000n, { channel: 'kiosk' });
  await t.rejects(
    db.transaction((tx) => receive(tx, line)),
    { code: '23505' },
  );
  t.strictSame(await owed(world, 'kiosk'), { [SUN]: '10.000 4.000 2026-11-23' });
  const undone = { ...line, ...(await bankLine(db, { minor: 4_000n, bookedOn: MON })) };
  const killed = db.transaction(async (tx) => {
    await receive(tx, undone);
    throw new Error('killed before the commit');
  });
  await t.rejects(killed);
  t.strictSame(await partsOf(db, undone.statementId), []);
  t.strictSame(await owed(world, 'kiosk'), { [SUN]: '10.000 4.000 2026-11-23' });
  const lines = await Promise.all([1, 2, 3].map(() => bankLine(db, { minor: 3_000n, bookedOn: MON })));
  await Promise.all(
    lines.map((other) =>
      db.transaction((tx) => receive(tx, { ...line, ...other, money: { minor: 3_000n, currency: 'OMR' } })),
    ),
  );
  t.strictSame(await owed(world, 'kiosk'), {});
  t.match(await position(world, 'kiosk'), { totals: [{ paidAhead: { value: '3.000' } }] });
  const gone = { ...line, line: 99 };
  await t.rejects(
    db.transaction((tx) => receive(tx, gone)),
    /no statement has/,
  );
});

t.test('several lines in one transaction, those of channels that owe nothing refused', async (t) => {
  const world = await makeRemitWorld(t);
  const { db } = world;
  await closedDay(world, SUN, { kiosk: '10.000', bank: '1.000' });
  const account = await accountId(db);
  const one = async (channel: keyof typeof CHANNEL, minor: bigint) => ({
    ...(await bankLine(db, { minor, bookedOn: MON })),
    channelId: CHANNEL[channel],
    accountId: account,
    money: { minor, currency: 'OMR' },
  });
  const transfers = [
    await one('kiosk', 6_000n),
    await one('agent', 1n),
    await one('kiosk', 6_000n),
    await one('bank', 200n),
  ];
  const received = await db.transaction((tx) => receive(tx, ...transfers));
  t.match(received, [
    { ok: true, value: { parts: [{ amountMinor: 6_000n }] } },
    { ok: false, reason: /prefunded/ },
    { ok: true, value: { parts: [{ amountMinor: 4_000n }, { billerId: 0, amountMinor: 2_000n }] } },
    { ok: true, value: { parts: [{ amountMinor: 200n }] } },
  ]);
  t.strictSame(await owed(world), { [SUN]: '1.200 0.200 2026-11-23' });
});
