// Another cut-off or zone from a date on, on a real database: which rows move, which stay, and what is refused.

import t from 'tap';
import {
  addBiller,
  calendarOf,
  loadBillers,
  openBusinessDays,
  setBiller,
  showBiller,
} from '../../src/billers/index.ts';
import { endOf } from '../../src/calendar/index.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { testDatabase } from '../support/database.ts';
import { ACTOR, done, setClock } from '../support/world.ts';

const CAIRO = { name: { en: 'Local fees' }, currency: 'EGP', timeZone: 'Africa/Cairo', cutOff: '15:00' };

/** A biller of Cairo on the Monday before summer time begins: 24 April 2026, 00:00 becomes 01:00. */
async function cairo(t: Parameters<typeof testDatabase>[0], now = '2026-04-20T08:00:00Z'): Promise<Database> {
  const { db } = await testDatabase(t);
  await setClock(db, now);
  done(await addBiller(db, 'local', CAIRO, ACTOR));
  return db;
}

async function ends(db: Database): Promise<Record<string, string>> {
  const rows = await db.transaction((tx) =>
    tx.query<{ business_date: string; cut_off_at: Date }>(
      'select business_date, cut_off_at from business_day where biller_id = 1 order by business_date',
    ),
  );
  return Object.fromEntries(
    rows.map((row) => [row.business_date, row.cut_off_at.toISOString().slice(0, 16)]),
  );
}

t.test('from a future date: days opened and not begun move, those opened later follow', async (t) => {
  const db = await cairo(t);
  const { cutOffFrom } = done(await setBiller(db, 'local', { cutOff: '00:30' }, ACTOR, '2026-04-23'));
  t.equal(cutOffFrom, '2026-04-23');
  t.same(await ends(db), {
    '2026-04-20': '2026-04-20T13:00',
    '2026-04-21': '2026-04-21T13:00',
    '2026-04-22': '2026-04-22T13:00',
    '2026-04-23': '2026-04-22T22:30',
    '2026-04-24': '2026-04-23T22:00', // 00:30 does not come: 01:00 is the first instant after
    '2026-04-25': '2026-04-24T21:30',
    '2026-04-26': '2026-04-25T21:30',
    '2026-04-27': '2026-04-26T21:30',
  });
  t.match(await showBiller(db, 'local'), {
    cutOff: '15:00',
    cutOffChanges: [{ fromDate: '2026-04-23', timeZone: 'Africa/Cairo', cutOff: '00:30' }],
  });
  await setClock(db, '2026-04-25T08:00:00Z');
  await openBusinessDays(db, { billerId: 1 });
  t.equal((await ends(db))['2026-05-02'], '2026-05-01T21:30');
  t.match(await showBiller(db, 'local'), { cutOff: '00:30' }, 'in force since');
  t.match((await db.transaction(loadBillers))[0]?.calendar, { cutOff: '00:30' });
  const [audit] = await db.transaction((tx) =>
    tx.query(`select before, after from audit_log where action = 'biller.set'`),
  );
  t.match(audit, { after: { cutOffChanges: [{ fromDate: '2026-04-23' }] } });
});

t.test('a date of 25 hours: the cut-off comes twice and the second counts', async (t) => {
  const db = await cairo(t, '2026-10-26T08:00:00Z');
  done(await setBiller(db, 'local', { cutOff: '23:30' }, ACTOR, '2026-10-28'));
  const rows = await ends(db);
  t.equal(rows['2026-10-27'], '2026-10-27T12:00');
  t.equal(rows['2026-10-28'], '2026-10-28T20:30', 'summer time');
  t.equal(rows['2026-10-29'], '2026-10-29T21:30', 'the second 23:30');
  t.equal(rows['2026-10-30'], '2026-10-30T21:30', 'winter time');
});

t.test('without a date: from the first that has not begun, which is told', async (t) => {
  const db = await cairo(t);
  t.equal(done(await setBiller(db, 'local', { cutOff: '17:00' }, ACTOR)).cutOffFrom, '2026-04-21');
  t.equal((await ends(db))['2026-04-20'], '2026-04-20T13:00', 'the day in progress keeps its end');
  t.equal((await ends(db))['2026-04-21'], '2026-04-21T15:00');
  await setClock(db, '2026-04-20T13:00:00Z');
  const second = await setBiller(db, 'local', { cutOff: '16:00' }, ACTOR);
  t.equal(done(second).cutOffFrom, '2026-04-22', 'at the cut-off the next day begins');
  await db.transaction((tx) =>
    tx.query(
      `update business_day set sealed_at = business_now() where biller_id = 1 and business_date <= '2026-04-21'`,
    ),
  );
  const third = await setBiller(db, 'local', { cutOff: '14:00' }, ACTOR);
  t.equal(done(third).cutOffFrom, '2026-04-23', 'sealed early: the next has begun');
  t.equal(done(await setBiller(db, 'local', { policy: 'exact' }, ACTOR)).cutOffFrom, undefined);
});

t.test('a later change stays, the same again changes nothing, and back is a change too', async (t) => {
  const db = await cairo(t);
  done(await setBiller(db, 'local', { cutOff: '17:00' }, ACTOR, '2026-04-26'));
  done(await setBiller(db, 'local', { cutOff: '16:00' }, ACTOR, '2026-04-24'));
  const rows = await ends(db);
  t.equal(rows['2026-04-25'], '2026-04-25T13:00');
  t.equal(rows['2026-04-26'], '2026-04-26T14:00');
  done(await setBiller(db, 'local', { cutOff: '16:00' }, ACTOR, '2026-04-25'));
  t.same(await ends(db), rows);
  done(await setBiller(db, 'local', { cutOff: '15:00' }, ACTOR, '2026-04-24'));
  t.equal((await ends(db))['2026-04-25'], '2026-04-25T12:00');
  const shown = await showBiller(db, 'local');
  t.same(
    shown?.cutOffChanges?.map(({ fromDate, cutOff }) => `${fromDate} ${cutOff}`),
    ['2026-04-24 15:00', '2026-04-26 17:00'],
  );
});

t.test('refused, and then nothing is written', async (t) => {
  const db = await cairo(t);
  const before = await ends(db);
  const cases: [object, string | undefined, RegExp][] = [
    [{ cutOff: '16:00' }, '2026-04-20', /2026-04-20 has begun or is over.*--from 2026-04-21 or later/],
    [{ cutOff: '16:00' }, '2026-04-31', /no date/],
    [{ cutOff: '16:00' }, '2046-01-01', /ten years/],
    [
      { cutOff: '00:30', timeZone: 'Pacific/Kiritimati' },
      '2026-04-23',
      /2026-04-23 would end before it begins/,
    ],
    [{ timeZone: 'Mars/One' }, '2026-04-23', /IANA/],
  ];
  for (const [change, from, reason] of cases)
    t.match(await setBiller(db, 'local', { ...change, policy: 'exact' }, ACTOR, from), { ok: false, reason });
  t.same(await ends(db), before);
  t.match(await showBiller(db, 'local'), { policy: 'at-least', cutOff: '15:00', cutOffChanges: undefined });
});

t.test('opening days and changing cut-offs at once: every day ends by the terms of its date', async (t) => {
  const db = await cairo(t);
  await setClock(db, '2026-05-20T08:00:00Z');
  const changes = ['2026-05-24', '2026-05-26', '2026-05-25', '2026-05-23'].map((from, hour) =>
    setBiller(db, 'local', { cutOff: `1${hour}:00` }, ACTOR, from),
  );
  const opened = Array.from({ length: 6 }, () => openBusinessDays(db, { billerId: 1 }));
  (await Promise.all(changes)).forEach((outcome) => done(outcome));
  await Promise.all(opened);
  const { calendar } = await db.transaction((tx) => calendarOf(tx, 1));
  const rows = Object.entries(await ends(db));
  t.equal(rows.length, 38);
  for (const [date, end] of rows) t.equal(end, endOf(date, calendar).toISOString().slice(0, 16), date);
});
