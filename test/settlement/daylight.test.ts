// Closes across changes of daylight saving in Cairo, with the cut-off inside the hour that is skipped in spring and inside
// the one that comes twice in autumn: payments at either side fall on the right date, and the day is due at that instant.
// Cairo 2026: 24 April 00:00 becomes 01:00 (23 April 22:00 UTC); 29 October 24:00 becomes 23:00 (21:00 UTC).
import t, { type Test } from 'tap';
import { addBiller } from '../../src/billers/index.ts';
import { setAgreement } from '../../src/channels/index.ts';
import { closeDay } from '../../src/settlement/index.ts';
import { oldestUnsettled } from '../../src/settlement/store-seal.ts';
import { bill } from '../support/client.ts';
import { testWorld } from '../support/database.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { close, faultsOf } from '../support/settling.ts';
import { ACTOR, addBills, done, setClock, type World } from '../support/world.ts';

interface Change {
  readonly code: string;
  readonly billerId: number;
  readonly cutOff: string;
  /** When the biller begins, at its noon of the eve. */
  readonly since: string;
  /** Instants of payments, each with its business date, in order. */
  readonly payments: readonly (readonly [instant: string, date: string])[];
  /** Business dates with the instants from which they are due, in order. */
  readonly ends: readonly (readonly [date: string, instant: string])[];
}

const CHANGES: readonly Change[] = [
  {
    code: 'autumn',
    billerId: 4,
    cutOff: '23:30',
    since: '2026-10-29T10:00:00Z',
    payments: [
      ['2026-10-29T20:29:00Z', '2026-10-29'],
      ['2026-10-29T20:30:00Z', '2026-10-29'], // the first 23:30
      ['2026-10-29T21:29:00Z', '2026-10-29'], // a minute before the second
      ['2026-10-29T21:30:00Z', '2026-10-30'], // the second 23:30
      ['2026-10-30T21:29:00Z', '2026-10-30'],
    ],
    ends: [
      ['2026-10-29', '2026-10-29T21:30:00.000Z'],
      ['2026-10-30', '2026-10-30T21:30:00.000Z'],
    ],
  },
  {
    code: 'spring',
    billerId: 5,
    cutOff: '00:30',
    since: '2026-04-23T10:00:00Z',
    payments: [
      ['2026-04-23T21:30:00Z', '2026-04-24'], // 23:30, half an hour before the gap
      ['2026-04-23T21:59:00Z', '2026-04-24'],
      ['2026-04-23T22:00:00Z', '2026-04-25'], // 01:00, the first instant after it
      ['2026-04-23T22:31:00Z', '2026-04-25'], // 01:31
      ['2026-04-24T21:29:00Z', '2026-04-25'],
    ],
    ends: [
      ['2026-04-24', '2026-04-23T22:00:00.000Z'],
      ['2026-04-25', '2026-04-24T21:30:00.000Z'],
    ],
  },
];

async function addNightBiller({ db }: World, { code, billerId, cutOff, since, payments }: Change) {
  await setClock(db, since);
  const settings = {
    name: { en: code },
    currency: 'EGP',
    policy: 'at-least',
    timeZone: 'Africa/Cairo',
  } as const;
  done(await addBiller(db, code, { ...settings, cutOff }, ACTOR));
  const agreed = { billerCode: code, channelCode: 'bank' };
  const from = new Date('2026-01-01T00:00:00Z');
  done(await setAgreement(db, agreed, { route: 'via-operator' }, ACTOR, from));
  await addBills(
    db,
    'eg',
    payments.map((_, i) => ({ number: `${code}-${i}`, amount: '10.00' })),
  );
  await db.transaction((tx) =>
    tx.query('update bill set biller_id = $1 where bill_number like $2', [billerId, `${code}-%`]),
  );
}

t.test('a cut-off that the clock skips, and one that comes twice', async (t) => {
  const world = await testWorld(t);
  for (const change of CHANGES) await addNightBiller(world, change);
  const gateway = await startTestGateway(t, world);
  for (const change of [...CHANGES].reverse())
    await t.test(change.code, (t) => throughTheChange(t, { ...world, ...gateway }, change));
});

async function throughTheChange(t: Test, world: World & TestGateway, change: Change): Promise<void> {
  const { db } = world;
  const { billerId, code, payments, ends } = change;
  const numbered = payments.map(([instant, date], i) => ({ instant, date, number: `${code}-${i}` }));
  for (const [date, end] of ends) {
    const ofDay = numbered.filter((payment) => payment.date === date);
    for (const { instant, number } of ofDay) {
      await setClock(db, instant);
      t.equal(await payAndDate(world, code, number), date, `paid at ${instant}`);
    }
    await setClock(db, new Date(Date.parse(end) - 20_000).toISOString());
    t.match(await closeDay(db, { billerId, businessDate: date }), {
      ok: false,
      reason: `${date} is open until ${end}`,
    });
    t.match(await due(world, billerId), { business_date: date, is_due: false });
    await setClock(db, end);
    t.match(await due(world, billerId), { business_date: date, is_due: true });
    const { batch, isNew, before } = await close(db, date, { billerId });
    t.match({ isNew, before }, { isNew: true, before: [] });
    t.equal(batch.netMinor, BigInt(ofDay.length) * 1_000n);
    t.equal((await close(db, date, { billerId })).isNew, false, 'one settlement');
  }
  t.same(await faultsOf(db, billerId), []);
}

async function payAndDate(world: TestGateway, billerCode: string, number: string): Promise<string> {
  const { body, text } = await world
    .client('bank')
    .pay({ billerCode, bills: [bill(number, '10.00', 'EGP')] });
  if (body === undefined) throw new Error(text);
  return body.businessDate;
}

/** What workers look for. */
function due({ db }: World, billerId: number) {
  return db.transaction((tx) => oldestUnsettled(tx, billerId));
}
