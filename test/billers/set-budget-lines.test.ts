// Revenue heads: set and renamed, and that services and bills name them once there are any.

import t from 'tap';
import { addBiller, loadBillers, setBudgetLines, setServices, showBiller } from '../../src/billers/index.ts';
import { BILLERS, ACTOR, done } from '../support/world.ts';
import { testDatabase } from '../support/database.ts';

const WHOLE = { name: { en: 'Fund' }, currency: 'OMR', timeZone: 'Asia/Muscat', cutOff: '16:00' };
const line = (code: string, en = code) => ({ code, name: { en } });

t.test('budget lines are added and renamed; services name one of them', async (t) => {
  const { db } = await testDatabase(t);
  const { code } = BILLERS.om;
  done(await addBiller(db, code, WHOLE, ACTOR));
  const waste = { code: 'waste', name: { en: 'Waste' }, budgetLine: '14/1' };
  done(await setServices(db, code, [waste], ACTOR));
  t.match(await setBudgetLines(db, code, [line('13/1')], ACTOR), { ok: false, reason: /waste.*14\/1/ });
  t.equal(done(await setBudgetLines(db, code, [line('13/1'), line('14/1')], ACTOR)), 2);
  done(await setBudgetLines(db, code, [line('14/1', 'Waste fees')], ACTOR));
  t.match(await setServices(db, code, [{ ...waste, budgetLine: '14/2' }], ACTOR), {
    ok: false,
    reason: /14\/2/,
  });
  done(await setServices(db, code, [{ ...waste, budgetLine: '13/1' }], ACTOR));
  t.same((await showBiller(db, code))?.budgetLines, [line('13/1'), line('14/1', 'Waste fees')]);
  t.same((await db.transaction(loadBillers))[0]?.budgetLines, new Set(['13/1', '14/1']));
  const audit = await db.transaction((tx) =>
    tx.query(
      `select before, after from audit_log where action = 'biller.set-budget-lines' order by recorded_at`,
    ),
  );
  t.match(audit, [{ before: [], after: [{}, {}] }, { before: [{}, { name: { en: '14/1' } }] }]);
});

t.test('refused', async (t) => {
  const { db } = await testDatabase(t);
  done(await addBiller(db, 'fund', WHOLE, ACTOR));
  const cases: [object[], RegExp][] = [
    [[], /budget lines/],
    [[{ code: 'a' }], /budget lines/],
    [[line('a b')], /budget lines/],
    [[{ ...line('a'), colour: 'red' }], /budget lines/],
    [[line('a'), line('a')], /twice/],
  ];
  for (const [lines, reason] of cases)
    t.match(await setBudgetLines(db, 'fund', lines, ACTOR), { ok: false, reason });
  t.match(await setBudgetLines(db, 'nobody', [line('a')], ACTOR), { ok: false, reason: /no biller/ });
  t.same((await showBiller(db, 'fund'))?.budgetLines, []);
});
