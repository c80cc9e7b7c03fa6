// What a channel owes, and when: written once from the ledger after the close, due on the m-th working day, late by the
// biller's own calendar.
import t from 'tap';
import { setHolidays } from '../../../src/billers/index.ts';
import { setChannel } from '../../../src/channels/index.ts';
import { writeDues } from '../../../src/reconciliation/position/write-dues.ts';
import { closedDay, owed, position, receivable, sweep } from '../../support/owing.ts';
import { close, collect, makeRemitWorld } from '../../support/remit-world.ts';
import { ACTOR, BILLERS, done, setClock } from '../../support/world.ts';
import { undo } from '../../support/random-days.ts';
import { bill } from '../../support/client.ts';
import { addBills } from '../../support/world.ts';

const OM = BILLERS.om.id;

t.test('a day is owed on its m-th working day', async (t) => {
  const world = await makeRemitWorld(t);
  const { db } = world;
  // Sunday the 22nd. The weekend of Oman is Friday and Saturday; the 26th is a holiday.
  await db.transaction((tx) => tx.query(`update biller set weekend = '{5,6}' where biller_id = 1`));
  const holidays = [{ onDate: '2026-11-26', name: 'National Day', state: 'confirmed' }] as const;
  done(await setHolidays(db, { kind: 'biller', code: 'om-social' }, holidays, ACTOR));
  await closedDay(world, '2026-11-22', { bank: '10.000' });
  done(await setChannel(db, 'bank', { owedAfterDays: 3 }, ACTOR));
  await closedDay(world, '2026-11-23', { bank: '20.000' });
  await closedDay(world, '2026-11-24', { bank: '30.000' });
  // The bank's payers gave 0.200 of fee each.
  t.strictSame(await owed(world), {
    '2026-11-22': '10.200 0.000 2026-11-23!',
    '2026-11-23': '20.200 0.000 2026-11-29',
    '2026-11-24': '30.200 0.000 2026-11-30',
  });
  t.test('a holiday that is declared late moves what is not paid', async (t) => {
    const late = [{ onDate: '2026-11-23', name: 'declared late', state: 'confirmed' }] as const;
    done(await setHolidays(db, { kind: 'biller', code: 'om-social' }, late, ACTOR));
    await sweep(world);
    t.match(await owed(world), {
      '2026-11-22': '10.200 0.000 2026-11-24',
      '2026-11-23': '20.200 0.000 2026-11-29',
    });
    done(
      await setHolidays(
        db,
        { kind: 'biller', code: 'om-social' },
        late.map((holiday) => ({ ...holiday, state: 'struck' as const })),
        ACTOR,
      ),
    );
    await sweep(world);
    t.match(await owed(world), { '2026-11-22': '10.200 0.000 2026-11-23!' });
  });
});

t.test('late begins with the day after, on the wall of the biller', async (t) => {
  const world = await makeRemitWorld(t);
  await closedDay(world, '2026-11-22', { bank: '10.000' });
  await setClock(world.db, '2026-11-23T19:59:59Z');
  t.strictSame(await owed(world), { '2026-11-22': '10.200 0.000 2026-11-23' });
  await setClock(world.db, '2026-11-23T20:00:01Z');
  t.strictSame(await owed(world), { '2026-11-22': '10.200 0.000 2026-11-23!' });
});

t.test('what is collected, reversed on the day, and after it', async (t) => {
  const world = await makeRemitWorld(t);
  const { db } = world;
  await addBills(
    db,
    'om',
    ['A', 'B', 'C'].map((number) => ({ number, amount: '10.000' })),
  );
  const pay = async (number: string) => {
    const { body, text } = await world.client('bank').pay({ bills: [bill(number, '10.000')] });
    if (body === undefined) throw new Error(text);
    return body.paymentId;
  };
  await pay('A');
  await undo(world, 'bank', await pay('B'));
  const late = await pay('C');
  t.match(await owed(world), { '2026-11-22': '20.400 running' }, 'before its close it is one sum');
  await setClock(db, '2026-11-22T12:00:01Z');
  t.match(await owed(world), { '2026-11-22': '20.400 running' });
  await close(world);
  await sweep(world);
  await undo(world, 'bank', late);
  t.match(await owed(world), {
    '2026-11-22': '20.400 0.000 2026-11-23',
    '2026-11-23': '-10.200 running',
  });
  await setClock(db, '2026-11-23T12:00:01Z');
  await close(world, BILLERS.om, '2026-11-23');
  await sweep(world);
  const rows = await db.transaction((tx) =>
    tx.query(
      'select collected_minor, reversed_minor, adjusted_minor, owed_minor from channel_due order by business_date',
    ),
  );
  t.strictSame(rows, [
    { collected_minor: 30_600n, reversed_minor: -10_200n, adjusted_minor: 0n, owed_minor: 20_400n },
    { collected_minor: 0n, reversed_minor: 0n, adjusted_minor: -10_200n, owed_minor: -10_200n },
  ]);
  const { totals } = await position(world);
  t.match(totals, [
    {
      owed: { value: '10.200' },
      due: { value: '20.400' },
      toSetOff: { value: '-10.200' },
      running: { value: '0.000' },
    },
  ]);
  t.equal(await receivable(db), 10_200n);
});

t.test('prefunded channels and the operator’s own owe nothing', async (t) => {
  const world = await makeRemitWorld(t);
  await closedDay(world, '2026-11-22', { agent: '10.000', bank: '1.000' });
  const rows = await world.db.transaction((tx) => tx.query('select channel_id from channel_due'));
  t.strictSame(rows, [{ channel_id: 1 }]);
  t.match(await position(world, 'agent'), {
    funding: 'prefunded',
    items: [],
    totals: [{ owed: { value: '0.000' }, available: { value: '989.770' }, toppedUp: { value: '1000.000' } }],
  });
});

t.test('missed days are written in order, each once, by however many', async (t) => {
  const world = await makeRemitWorld(t);
  const { db } = world;
  for (const date of ['2026-11-22', '2026-11-23', '2026-11-24']) {
    await setClock(db, `${date}T08:00:00Z`);
    for (let i = 0; i < 3; i++) await collect(world, { '': '5.000' }, { channel: 'kiosk' });
    await setClock(db, `${date}T12:00:01Z`);
    await close(world, BILLERS.om, date);
  }
  const written = await Promise.all([1, 2, 3].map((paymentsAtOnce) => writeDues(db, OM, { paymentsAtOnce })));
  t.strictSame(written.flat().sort(), ['2026-11-22', '2026-11-23', '2026-11-24']);
  t.strictSame(await writeDues(db, OM), []);
  t.match(await owed(world, 'kiosk'), {
    '2026-11-22': '15.000 0.000 2026-11-23!',
    '2026-11-23': '15.000 0.000 2026-11-24',
    '2026-11-24': '15.000 0.000 2026-11-25',
  });
});
