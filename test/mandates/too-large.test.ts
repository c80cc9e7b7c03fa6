// No payment carries more than 10^13 minor units, so no debit collects a larger bill, and none is taken: its money would be
// with the agency's bank, and no bill could ever have it.
import t from 'tap';
import { ask } from '../support/demanded.ts';
import { debitsSeen, makeSendingWorld, mandateFor, workDebits } from '../support/sending.ts';
import { addBills, BILLERS } from '../support/world.ts';

const MOST = '10000000000.000';
const MORE = '10000000000.001';
const OMR = (value: string): { value: string; currency: string } => ({ value, currency: 'OMR' });
const ceiling = { perDebit: OMR('100000000000.000'), perMonth: OMR('900000000000.000') };
const dueOn = '2026-11-30';

t.test('a bill that no payment could carry', async (t) => {
  const world = await makeSendingWorld(t);
  const { db, agency } = world;
  const put = (number: string, value: string) =>
    agency.send('PUT', `/v1/bills/${number}`, {
      payerId: 'S-1',
      payerName: 'Al Noor',
      description: 'Contribution',
      amount: OMR(value),
      dueOn,
    });
  t.match(await put('D-0', MORE), {
    code: 'malformed-request',
    problem: { errors: [{ pointer: '/amount/value', detail: /at most 10000000000.000 OMR/ }] },
  });
  t.equal((await put('D-1', MOST)).status, 201);
  const mandateId = await mandateFor(world, 'S-1', { ceiling });
  await mandateFor(world, 'S-2', { ceiling });
  await addBills(db, 'om', [
    { number: 'D-2', payer: 'S-1', amount: MORE, dueOn },
    { number: 'D-3', payer: 'S-2', amount: '9900000000.000', dueOn: '2026-11-28' },
    { number: 'D-4', payer: 'S-2', amount: '7.000', dueOn: '2026-11-28' },
  ]);
  await workDebits(world, '2026-11-27T06:00:00Z');
  t.match(
    (await debitsSeen(world)).map(({ bills }) => bills),
    [['D-1'], ['D-3', 'D-4']],
    'D-2 stays open',
  );
  t.match(await ask(agency, { mandateId, bills: ['D-2'] }), {
    code: 'amount-out-of-range',
    problem: { max: OMR(MOST), bills: [{ billNumber: 'D-2' }] },
  });
  await db.transaction((tx) =>
    tx.query(`update biller set penalty = '[{"percent":"10","every":"once"}]' where biller_id = $1`, [
      BILLERS.om.id,
    ]),
  );
  await db.transaction((tx) =>
    tx.query(`update debit_bill set owed_as_of = '2026-11-30' where bill_number in ('D-3', 'D-4')`),
  );
  await world.sending.directory.reload();
  await workDebits(world, '2026-11-29T06:00:00Z');
  const seen = await debitsSeen(world);
  t.match(
    seen.toSorted((a, b) => (a.bills.join() < b.bills.join() ? -1 : 1)),
    [
      { state: 'sent', bills: ['D-1'] },
      { amount_minor: 7_700n, bills: ['D-3 withdrawn', 'D-4'] },
    ],
  );
});
