// `wasit day close` and `wasit settlement …` as the operator runs them.
import t from 'tap';
import { commandLine } from '../support/command-line.ts';
import { startTestWorld } from '../support/gateway.ts';
import { FIRST_DAY, pay } from '../support/settling.ts';
import { addManyBills, setClock } from '../support/world.ts';

t.test('a day by hand', async (t) => {
  const world = await startTestWorld(t);
  const { db } = world;
  const { wasit } = await commandLine(t, world.url);
  const [number = ''] = await addManyBills(db, 'om', 'D-', 1, '12.500');
  await pay(world, 'bank', [number, '12.500']);
  const day = ['--biller', 'om-social', '--date', FIRST_DAY];

  const dry = await wasit('day', 'close', ...day, '--dry-run', '--json');
  t.equal(dry.code, 0);
  t.match(JSON.parse(dry.out), { dryRun: true, state: 'open', payments: 1, net: { value: '12.500' } });
  const refused = await wasit('day', 'close', ...day);
  t.equal(refused.code, 1);
  t.match(refused.err, /open until 2026-11-22T12:00:00.000Z.*--early/);
  t.match(await wasit('day', 'close', ...day, '--early'), { code: 1, err: /nobody is here to be asked/ });
  t.equal((await wasit('day', 'close', '--biller', 'om-social', '--date', 'today')).code, 2);

  const closed = await wasit('day', 'close', ...day, '--early', '--yes', '--json');
  t.equal(closed.code, 0);
  const { settlementId } = JSON.parse(closed.out) as { settlementId: string };
  t.match(JSON.parse(closed.out), { isNew: true, net: { value: '12.500' } });
  const again = await wasit('day', 'close', ...day);
  t.match(again, { code: 0, out: /had been closed already/ });

  t.match(await wasit('settlement', 'show', settlementId), { code: 0, out: /bank +1 +12\.500/ });
  t.match(await wasit('settlement', 'show', ...day), { code: 0, out: new RegExp(settlementId) });
  t.match(await wasit('settlement', 'list', '--biller', 'om-social'), { code: 0, out: /2026-11-22/ });
  t.match(await wasit('settlement', 'verify'), {
    code: 0,
    out: /1 settlements, 1 entries: nothing was altered/,
  });
  await db.transaction((tx) => tx.query(`update payment_bill set penalty_minor = 7`));
  const altered = await wasit('settlement', 'verify', ...day);
  t.match(altered, { code: 1, out: /ALTERED om-social 2026-11-22: step 1 \(payment, 1 entries/ });
  await db.transaction((tx) => tx.query(`update payment_bill set penalty_minor = 0`));
  await setClock(db, '2026-11-22T12:00:01Z');
});
