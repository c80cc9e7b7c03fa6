// What the operator may say about a biller, and what is refused before it is recorded.

import t from 'tap';
import {
  addBiller,
  listBillers,
  loadBillers,
  setBiller,
  setHolidays,
  setServices,
  setUnits,
  showBiller,
} from '../../src/billers/index.ts';
import { testDatabase } from '../support/database.ts';
import { ACTOR, done } from '../support/world.ts';

const WHOLE = { name: { en: 'Fund' }, currency: 'OMR', timeZone: 'Asia/Muscat', cutOff: '16:00' };

t.test('a new biller can be paid at once: its days are open', async (t) => {
  const { db } = await testDatabase(t);
  t.equal(done(await addBiller(db, 'fund', WHOLE, ACTOR)), 1);
  t.equal(done(await addBiller(db, 'fund-two', { ...WHOLE, currency: 'JPY' }, ACTOR)), 2);
  const days = await db.transaction((tx) =>
    tx.query('select from business_day where biller_id = 1 and cut_off_at > business_now()'),
  );
  t.ok(days.length >= 7);
  t.match(await showBiller(db, 'fund'), {
    policy: 'at-least',
    weekend: [6, 7],
    remittanceDays: 2,
    feesSettled: 'gross',
    funding: 'guaranteed',
    approveAbove: '0.000',
    creditAlarmDays: 30,
    directProofDays: 3,
    units: [],
  });
  t.equal((await listBillers(db)).length, 2);
  t.equal(await showBiller(db, 'nobody'), undefined);
});

t.test('settings that cannot hold are refused', async (t) => {
  const { db } = await testDatabase(t);
  const cases: [string, object, RegExp][] = [
    ['Fund', WHOLE, /no code/],
    ['fund', { ...WHOLE, currency: 'OMX' }, /ISO 4217/],
    ['fund', { ...WHOLE, timeZone: 'Mars/One' }, /IANA/],
    ['fund', { ...WHOLE, cutOff: '24:30' }, /cutOff/],
    ['fund', { ...WHOLE, weekend: [5, 8] }, /weekend/],
    ['fund', { ...WHOLE, surprise: 1 }, /biller/],
    ['fund', { ...WHOLE, approveAbove: '1.00' }, /approveAbove 1.00 is no amount of OMR/],
    ['fund', { ...WHOLE, approveAbove: '-1.000' }, /approveAbove/],
    ['fund', { ...WHOLE, feesSettled: 'half' }, /feesSettled must be one of gross, net/],
    ['fund', { ...WHOLE, funding: 'promised' }, /funding must be one of guaranteed, collected/],
    ['fund', { ...WHOLE, creditAlarmDays: 0 }, /creditAlarmDays/],
    ['fund', { ...WHOLE, penalty: [{ every: 'day' }] }, /either flat or percent/],
    ['fund', { ...WHOLE, penalty: [{ flat: '1.00', every: 'day' }] }, /no amount of OMR/],
    ['fund', { ...WHOLE, penalty: [{ percent: 'x', every: 'day' }] }, /no percentage/],
    ['fund', { ...WHOLE, penalty: [{ percent: '100.1', every: 'day' }] }, /more than 100/],
  ];
  for (const [code, settings, reason] of cases)
    t.match(await addBiller(db, code, settings, ACTOR), { ok: false, reason });
  done(await addBiller(db, 'fund', WHOLE, ACTOR));
  t.match(await addBiller(db, 'fund', WHOLE, ACTOR), { ok: false, reason: /already/ });
  t.match(await setBiller(db, 'fund', { cutOff: 'noon' }, ACTOR), { ok: false, reason: /cutOff/ });
  t.match(await setBiller(db, 'nobody', {}, ACTOR), { ok: false, reason: /no biller/ });
});

t.test('a change leaves what it does not name', async (t) => {
  const { db } = await testDatabase(t);
  done(await addBiller(db, 'fund', { ...WHOLE, penalty: [{ percent: '5', every: 'once' }] }, ACTOR));
  const change = {
    name: { ar: 'صندوق' },
    policy: 'exact',
    approveAbove: '250.500',
    funding: 'collected',
  } as const;
  done(await setBiller(db, 'fund', change, ACTOR));
  t.match((await db.transaction(loadBillers))[0], {
    approveAboveMinor: 250_500n,
    funding: 'collected',
    feesSettled: 'gross',
    creditAlarmDays: 30,
    remittanceDays: 2,
  });
  t.match(await showBiller(db, 'fund'), {
    name: { en: 'Fund', ar: 'صندوق' },
    policy: 'exact',
    cutOff: '16:00',
    penalty: [{ percent: '5' }],
  });
  const [row] = await db.transaction((tx) => tx.query(`select * from audit_log where action = 'biller.set'`));
  t.match(row, { subject: 'biller/fund', before: { policy: 'at-least' }, after: { policy: 'exact' } });
});

t.test('units are a tree', async (t) => {
  const { db } = await testDatabase(t);
  done(await addBiller(db, 'fund', WHOLE, ACTOR));
  const unit = (code: string, parent?: string) => ({ code, ...(parent && { parent }), name: { en: code } });
  t.equal(done(await setUnits(db, 'fund', [unit('a/b', 'a'), unit('a')], ACTOR)), 2, 'in any order');
  t.match(await setUnits(db, 'fund', [unit('c', 'nowhere')], ACTOR), {
    ok: false,
    reason: /no unit nowhere/,
  });
  t.match(await setUnits(db, 'fund', [unit('a', 'a/b')], ACTOR), { ok: false, reason: /below itself/ });
  t.match(await setUnits(db, 'fund', [{ code: 'd' }], ACTOR), { ok: false, reason: /units/ });
  t.match(await showBiller(db, 'fund'), { units: [{ code: 'a' }, { code: 'a/b', parent: 'a' }] });
});

t.test('services and holidays are added and changed', async (t) => {
  const { db } = await testDatabase(t);
  done(await addBiller(db, 'fund', WHOLE, ACTOR));
  done(await setServices(db, 'fund', [{ code: 'waste', name: { en: 'Waste' } }], ACTOR));
  done(await setServices(db, 'fund', [{ code: 'waste', name: { en: 'Waste' }, budgetLine: '14/1' }], ACTOR));
  done(
    await setHolidays(
      db,
      { kind: 'biller', code: 'fund' },
      [{ onDate: '2027-03-10', name: 'Eid', state: 'tentative' }],
      ACTOR,
    ),
  );
  done(
    await setHolidays(
      db,
      { kind: 'biller', code: 'fund' },
      [{ onDate: '2027-03-10', name: 'Eid', state: 'struck' }],
      ACTOR,
    ),
  );
  t.match(
    await setHolidays(
      db,
      { kind: 'biller', code: 'fund' },
      [{ onDate: '2027-02-30', name: 'x', state: 'confirmed' }],
      ACTOR,
    ),
    {
      ok: false,
    },
  );
  t.match(await showBiller(db, 'fund'), {
    services: [{ code: 'waste', budgetLine: '14/1' }],
    holidays: [{ state: 'struck' }],
  });
});
