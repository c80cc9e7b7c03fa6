// What the worker missed makes no penalty; what came too late by itself does.
import t from 'tap';
import { planDebits } from '../../../src/mandates/index.ts';
import { makeSendingWorld, mandateFor } from '../../support/sending.ts';
import { addBills, BILLERS, setClock } from '../../support/world.ts';

const OM = BILLERS.om.id;
const dueOn = '2026-11-27';

t.test('bills known before the worker stood still are owed as of the day that was meant', async (t) => {
  const world = await makeSendingWorld(t);
  const { db, sending } = world;
  await db.transaction((tx) =>
    tx.query(`update biller set penalty = '[{"percent":"10","every":"once"}]' where biller_id = $1`, [OM]),
  );
  await sending.directory.reload();
  await mandateFor(world, 'S-1');
  await addBills(db, 'om', [
    { number: 'A-1', payer: 'S-1', amount: '100.000', dueOn },
    { number: 'A-2', payer: 'S-1', amount: '100.000', dueOn },
    { number: 'B-1', payer: 'S-2', amount: '100.000', dueOn },
  ]);
  t.equal(await planDebits(sending, OM), 0, 'it is too early');
  await setClock(db, '2026-12-04T06:00:00Z');
  await addBills(db, 'om', [{ number: 'A-3', payer: 'S-1', amount: '100.000', dueOn }]);
  await mandateFor(world, 'S-2');
  await db.transaction((tx) =>
    tx.query(
      `update bill set received_at = business_now() where biller_id = $1 and bill_number in ('A-2', 'A-3')`,
      [OM],
    ),
  );
  t.equal(await planDebits(sending, OM), 2);
  const bills = await db.transaction((tx) =>
    tx.query(
      `select b.bill_number, b.owed_as_of, b.amount_minor, o.collect_on from debit_bill b join debit_order o using (biller_id, debit_id)
        where b.biller_id = $1 order by b.bill_number`,
      [OM],
    ),
  );
  const collect_on = '2026-12-07';
  t.match(bills, [
    { bill_number: 'A-1', owed_as_of: dueOn, amount_minor: 100_000n, collect_on },
    { bill_number: 'A-2', owed_as_of: collect_on, amount_minor: 110_000n, collect_on },
    { bill_number: 'A-3', owed_as_of: collect_on, amount_minor: 110_000n, collect_on },
    { bill_number: 'B-1', owed_as_of: collect_on, amount_minor: 110_000n, collect_on },
  ]);
});

t.test(
  'a fixed day that was missed is made up for on the next that can be kept, and the payer is told before',
  async (t) => {
    const world = await makeSendingWorld(t);
    const { db, sending } = world;
    await mandateFor(world, 'S-1', { collect: { on: 'days', days: [5] } });
    await mandateFor(world, 'S-2', { collect: { on: 'days', days: [5] } });
    await addBills(db, 'om', [{ number: 'A-1', payer: 'S-1', amount: '100.000', dueOn }]);
    t.equal(await planDebits(sending, OM), 0, 'the 5th is too far ahead');
    // Nobody works over the 5th of December, when the payers had to be told and debited.
    await setClock(db, '2026-12-08T06:00:00Z');
    await addBills(db, 'om', [{ number: 'B-1', payer: 'S-2', amount: '50.000', dueOn }]);
    await db.transaction((tx) =>
      tx.query(`update bill set received_at = business_now() where biller_id = $1 and bill_number = 'B-1'`, [
        OM,
      ]),
    );
    t.equal(await planDebits(sending, OM), 1, 'what came after the 5th waits for its day');
    const debits = await db.transaction((tx) =>
      tx.query(
        `select o.payer_id, o.state, o.collect_on, b.owed_as_of, o.amount_minor,
              (select count(*)::int from event e where e.biller_id = o.biller_id and e.subject = o.debit_id::text and e.type = 'debit.announced') as told
         from debit_order o join debit_bill b using (biller_id, debit_id) where o.biller_id = $1`,
        [OM],
      ),
    );
    t.match(debits, [
      {
        payer_id: 'S-1',
        state: 'planned',
        collect_on: '2026-12-14',
        owed_as_of: '2026-12-05',
        amount_minor: 100_000n,
        told: 1,
      },
    ]);
    t.equal(await planDebits(sending, OM), 0, 'and made up for once');
  },
);
