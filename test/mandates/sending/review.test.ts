// What no bank has seen follows its mandate, its bills and the calendar.
import t from 'tap';
import { moveDays, reviewDebits } from '../../../src/mandates/index.ts';
import { act } from '../../support/mandates.ts';
import { debitsSeen, makeSendingWorld, mandateFor, workDebits } from '../../support/sending.ts';
import { addBills, BILLERS } from '../../support/world.ts';

const OM = BILLERS.om.id;
const dueOn = '2026-11-30';

t.test('mandates end, bills are paid elsewhere; what is left goes on', async (t) => {
  const world = await makeSendingWorld(t);
  const { db, agency, bank, sending } = world;
  await mandateFor(world, 'S-1');
  await mandateFor(world, 'S-2');
  const [ended, waits] = [await mandateFor(world, 'S-3'), await mandateFor(world, 'S-4')];
  await addBills(db, 'om', [
    { number: 'A-1', payer: 'S-1', amount: '10.000', dueOn },
    { number: 'A-2', payer: 'S-1', amount: '20.000', dueOn },
    { number: 'B-1', payer: 'S-2', amount: '30.000', dueOn },
    { number: 'C-1', payer: 'S-3', amount: '40.000', dueOn },
    { number: 'D-1', payer: 'S-4', amount: '50.000', dueOn },
  ]);
  await workDebits(world, '2026-11-27T06:00:00Z');
  t.equal(await reviewDebits(sending, OM), 0, 'nothing has changed');
  for (const [billNumber, value] of [
    ['A-1', '10.000'],
    ['B-1', '30.000'],
  ] as const) {
    const paid = await bank.pay({
      billerCode: 'om-social',
      bills: [{ billNumber, amount: { value, currency: 'OMR' } }],
    });
    t.equal(paid.status, 201, paid.text);
  }
  await act(agency, ended, 'cancellation', { reason: 'left' });
  await act(agency, waits, 'suspension', { reason: 'asked for time' });
  t.equal(await reviewDebits(sending, OM), 4);
  t.equal(await reviewDebits(sending, OM), 0);
  t.match(await debitsSeen(world), [
    { state: 'planned', amount_minor: 20_000n, bills: ['A-1 paid-elsewhere', 'A-2'] },
    { state: 'dropped', why: 'nothing-left', bills: ['B-1 paid-elsewhere'] },
    { state: 'dropped', why: 'mandate-cancelled', bills: ['C-1 withdrawn'] },
    { state: 'dropped', why: 'mandate-suspended', bills: ['D-1 withdrawn'] },
  ]);
  const counts = async (billNumber: string) =>
    (await agency.send('GET', `/v1/debits?billNumber=${billNumber}`)).body;
  t.match(await counts('A-2'), { items: [{ billCount: 1 }] }, 'what was taken out is not counted');
  t.match(await counts('C-1'), { items: [{ billCount: 1 }] });
  await act(agency, waits, 'resumption', { reason: 'in order again' });
  await workDebits(world, '2026-11-28T06:00:00Z');
  t.match((await debitsSeen(world)).at(-1), { state: 'planned', bills: ['D-1'], collect_on: '2026-12-01' });
});

t.test('a holiday declared late moves what is not built, and makes no penalty', async (t) => {
  const world = await makeSendingWorld(t);
  const { db, sending } = world;
  await db.transaction((tx) =>
    tx.query(`update biller set penalty = '[{"percent":"10","every":"once"}]' where biller_id = $1`, [OM]),
  );
  await sending.directory.reload();
  await mandateFor(world, 'S-1');
  await addBills(db, 'om', [{ number: 'A-1', payer: 'S-1', amount: '100.000', dueOn }]);
  await workDebits(world, '2026-11-27T06:00:00Z');
  t.match(await debitsSeen(world), [{ collect_on: '2026-11-30', send_on: '2026-11-29' }]);
  await db.transaction((tx) =>
    tx.query(
      `insert into bank_holiday (bank_id, on_date, name, state) values (1, '2026-11-30', '{"en":"Mourning"}', 'confirmed')`,
    ),
  );
  t.equal(await moveDays(sending, OM), 1);
  t.match(await debitsSeen(world), [
    { collect_on: '2026-12-01', send_on: '2026-11-29', amount_minor: 100_000n },
  ]);
  t.equal(await moveDays(sending, OM), 0);
  const files = await workDebits(world, '2026-11-29T06:00:00Z');
  t.match([...files.values()].join(''), '<ReqdColltnDt>2026-12-01</ReqdColltnDt>');
  t.match(await debitsSeen(world), [{ state: 'sent', amount_minor: 100_000n }]);
});
