// Holidays of agencies and banks: imported, decided late, said again, and what gateways then compute with.

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { addBank } from '../../src/billers/bank/index.ts';
import { addBiller, decideHoliday, loadBillers, setHolidays, showCalendar } from '../../src/billers/index.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { commandLine } from '../support/command-line.ts';
import { testDatabase } from '../support/database.ts';
import { ACTOR, done, MASTER_KEY, setClock } from '../support/world.ts';

const FUND = { kind: 'biller', code: 'fund' } as const;
const BANK = { kind: 'bank', code: 'our-bank' } as const;
const EID = { onDate: '2027-03-10', name: 'Eid al-Fitr', state: 'tentative' } as const;

async function parties(t: Parameters<typeof testDatabase>[0]): Promise<{ db: Database; url: string }> {
  const { db, url } = await testDatabase(t);
  await setClock(db, '2027-03-08T08:00:00Z');
  const settings = {
    name: { en: 'Fund' },
    currency: 'OMR',
    timeZone: 'Asia/Muscat',
    cutOff: '16:00',
    weekend: [5, 6],
  };
  done(await addBiller(db, 'fund', settings, ACTOR));
  const { currency, ...bank } = { ...settings, cutOff: '14:00' };
  done(await addBank(db, 'our-bank', { change: bank }, MASTER_KEY, ACTOR));
  return { db, url };
}

const audits = (db: Database) =>
  db.transaction((tx) =>
    tx.query(
      `select action, before, after from audit_log where action like '%.set-holidays' order by recorded_at`,
    ),
  );

t.test(
  'a tentative holiday counts until it is struck, and again when it is confirmed after all',
  async (t) => {
    const { db } = await parties(t);
    const counts = async () => (await db.transaction(loadBillers))[0]?.calendar.holidays.has(EID.onDate);
    for (const owner of [FUND, BANK]) {
      t.same(done(await setHolidays(db, owner, [EID], ACTOR)), [{ after: EID }]);
      t.same(done(await setHolidays(db, owner, [EID], ACTOR)), [], 'said again');
      const day = async () => done(await showCalendar(db, owner, { from: EID.onDate, to: EID.onDate }))[0];
      t.match(await day(), { weekday: 'Wednesday', day: 'holiday', state: 'tentative' });
      const struck = done(await decideHoliday(db, owner, EID.onDate, 'struck', ACTOR));
      t.same(struck, [{ before: EID, after: { ...EID, state: 'struck' } }]);
      t.match(await day(), { day: 'working', holiday: 'Eid al-Fitr', state: 'struck' });
      if (owner === FUND) t.equal(await counts(), false);
      done(await decideHoliday(db, owner, EID.onDate, 'confirmed', ACTOR));
      t.match(await day(), { day: 'holiday', state: 'confirmed' });
      if (owner === FUND) t.equal(await counts(), true);
    }
    const told = await audits(db);
    t.equal(told.length, 6, 'one for each change');
    t.match(told[1], {
      action: 'biller.set-holidays',
      before: [{ state: 'tentative' }],
      after: [{ state: 'struck' }],
    });
  },
);

t.test('refused', async (t) => {
  const { db } = await parties(t);
  const nobody = { kind: 'bank', code: 'fund' } as const;
  t.match(await setHolidays(db, nobody, [EID], ACTOR), { ok: false, reason: 'there is no bank fund' });
  t.match(await decideHoliday(db, FUND, '2027-03-11', 'struck', ACTOR), {
    ok: false,
    reason: /no holiday on/,
  });
  t.match(await setHolidays(db, FUND, [{ ...EID, name: ' ' }], ACTOR), { ok: false });
  t.match(await setHolidays(db, FUND, [{ ...EID, onDate: '2027-02-29' }], ACTOR), { ok: false });
  for (const span of [{ from: 'now' }, { from: '2027-02-01', to: '2027-01-01' }, { to: '2099-01-01' }])
    t.match(await showCalendar(db, FUND, span), { ok: false });
  t.match(await showCalendar(db, nobody), { ok: false });
  t.equal((await audits(db)).length, 0);
});

t.test('the calendar, day by day', async (t) => {
  const { db } = await parties(t);
  done(await setHolidays(db, FUND, [EID], ACTOR));
  const days = done(await showCalendar(db, FUND, { to: '2027-03-13' }));
  t.same(
    days.map(({ date, weekday, day }) => `${date} ${weekday} ${day}`),
    [
      '2027-03-08 Monday working',
      '2027-03-09 Tuesday working',
      '2027-03-10 Wednesday holiday',
      '2027-03-11 Thursday working',
      '2027-03-12 Friday weekend',
      '2027-03-13 Saturday weekend',
    ],
  );
  t.same(days[0]?.endsAt, new Date('2027-03-08T12:00:00Z'));
  t.equal(done(await showCalendar(db, BANK)).length, 31, 'a month from today');
});

t.test('from the command line', async (t) => {
  const { db, url } = await parties(t);
  const { wasit, dir } = await commandLine(t, url);
  const file = path.join(dir, 'holidays.csv');
  await writeFile(file, 'date,name,state\n2027-03-10,Eid al-Fitr,tentative\n2027-01-11,Accession Day,\n');
  const dry = await wasit('calendar', 'import', file, '--biller', 'fund', '--dry-run');
  t.match(dry, {
    code: 0,
    out: /would change:\n2027-01-11 {2}confirmed {2}Accession Day \(new\)\n2027-03-10/,
  });
  t.equal((await audits(db)).length, 0);
  t.match(await wasit('calendar', 'import', file, '--biller', 'fund'), { code: 0, out: /^changed:/ });
  await writeFile(file, 'date,name\n2027-05-16,Eid al-Adha\n2027-13-01,Nothing\n,\n');
  const bad = await wasit('calendar', 'import', file, '--bank', 'our-bank');
  t.match(bad, { code: 1, err: /nothing was imported[^]*line 3: 2027-13-01[^]*line 4: nothing is no date/ });
  t.match(await wasit('calendar', 'strike', '2027-03-10', '--biller', 'fund'), {
    code: 0,
    out: /2027-03-10 {2}struck {5}Eid al-Fitr \(was tentative, Eid al-Fitr\)/,
  });
  t.match(
    await wasit('calendar', 'add', '2027-05-16', '--name', 'Eid', '--tentative', '--bank', 'our-bank'),
    {
      code: 0,
      out: /tentative/,
    },
  );
  t.match(await wasit('calendar', 'show', '--biller', 'fund', '--to', '2027-03-10'), {
    code: 0,
    out: /2027-03-10 {2}Wednesday {2}working {2}Eid al-Fitr \(struck\) {2}16:00/,
  });
  t.equal((await audits(db)).length, 3);
});
