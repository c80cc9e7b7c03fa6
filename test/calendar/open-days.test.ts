// Opening business days on a real database: the first, the following, again, and by several at once.

import t from 'tap';
import { openDays } from '../../src/calendar/index.ts';
import type { BillerCalendar } from '../../src/calendar/index.ts';
import { addDays } from '../../src/kernel/business-date.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { testDatabase } from '../support/database.ts';

const cairo: BillerCalendar = {
  timeZone: 'Africa/Cairo',
  cutOff: '00:00',
  weekend: [5, 6],
  holidays: new Set(),
};

t.test('open days', async (t) => {
  const { db } = await testDatabase(t);
  await db.transaction(async (tx) => {
    for (const billerId of [1, 2, 3, 4]) await addBiller(tx, billerId);
    // The books' clock: noon in Cairo on the eve of the change to summer time.
    await tx.query(
      `insert into demo_clock (shift) values (timestamptz '2026-04-23T10:00:00Z' - clock_timestamp())
       on conflict (only_row) do update set shift = excluded.shift`,
    );
  });

  await t.test('the first row is the business date of now, by the clock of the books', async (t) => {
    const added = await db.transaction((tx) => openDays(tx, 1, cairo, '2026-04-25'));
    t.same(added, ['2026-04-23', '2026-04-24', '2026-04-25']);
    t.same(await rows(db, 1), [
      ['2026-04-23', '2026-04-23T22:00:00.000Z'],
      ['2026-04-24', '2026-04-24T21:00:00.000Z'],
      ['2026-04-25', '2026-04-25T21:00:00.000Z'],
    ]);
  });

  await t.test(
    'again adds nothing; further adds what is missing; rows opened keep their cut-off',
    async (t) => {
      t.same(await db.transaction((tx) => openDays(tx, 1, cairo, '2026-04-25')), []);
      t.same(await db.transaction((tx) => openDays(tx, 1, cairo, '2026-04-01')), []);
      const early = { ...cairo, cutOff: '16:00' };
      t.same(await db.transaction((tx) => openDays(tx, 1, early, '2026-04-26')), ['2026-04-26']);
      t.same((await rows(db, 1)).slice(2), [
        ['2026-04-25', '2026-04-25T21:00:00.000Z'],
        ['2026-04-26', '2026-04-26T13:00:00.000Z'],
      ]);
    },
  );

  await t.test('days missed while nothing ran are filled in, another biller’s are its own', async (t) => {
    await db.transaction((tx) => openDays(tx, 2, cairo, '2026-04-23'));
    const added = await db.transaction((tx) => openDays(tx, 2, cairo, '2026-05-03'));
    t.same(
      added,
      Array.from({ length: 10 }, (_, index) => addDays('2026-04-24', index)),
    );
    t.equal((await rows(db, 1)).length, 4);
  });

  await t.test('several at once open each day once', async (t) => {
    const results = await Promise.all(
      Array.from({ length: 8 }, () => db.transaction((tx) => openDays(tx, 3, cairo, '2026-06-30'))),
    );
    const added = results.flat().sort();
    t.equal(added.length, new Set(added).size);
    t.same(
      (await rows(db, 3)).map(([date]) => date),
      added,
    );
    t.equal(added.length, 69);
  });

  await t.test(
    'a first opening that lies in the past adds nothing; ten years at once are refused',
    async (t) => {
      t.same(await db.transaction((tx) => openDays(tx, 4, cairo, '2026-04-22')), []);
      await t.rejects(
        db.transaction((tx) => openDays(tx, 4, cairo, '2036-12-31')),
        RangeError,
      );
      t.same(await rows(db, 4), []);
    },
  );
});

async function addBiller(tx: Parameters<typeof openDays>[0], billerId: number): Promise<void> {
  await tx.query(
    `insert into biller (biller_id, code, name, currency, policy, time_zone, cut_off, weekend)
     values ($1, $2, '{"en": "Local fees"}', 'EGP', 'at-least', 'Africa/Cairo', '00:00', '{5,6}')`,
    [billerId, `biller-${billerId}`],
  );
}

async function rows(db: Database, billerId: number): Promise<[date: string, cutOffAt: string][]> {
  const found = await db.transaction((tx) =>
    tx.query<{ business_date: string; cut_off_at: Date }>(
      `select business_date, cut_off_at from business_day where biller_id = $1 order by business_date`,
      [billerId],
    ),
  );
  return found.map((row) => [row.business_date, row.cut_off_at.toISOString()]);
}
