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
