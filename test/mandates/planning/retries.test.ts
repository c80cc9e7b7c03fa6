// After a refusal that may pass the debit is tried again on its day, what is still open of it, and not endlessly.
import t from 'tap';
import {
  bankAnswers,
  book,
  debitEvents,
  debitsSeen,
  makeSendingWorld,
  mandateFor,
  workDebits,
  type DebitSeen,
  type SendingWorld,
} from '../../support/sending.ts';
import { addBills } from '../../support/world.ts';

/** The bank refuses what stands in its newest file. */
async function refused(world: SendingWorld, debit: DebitSeen | undefined, code: string): Promise<void> {
  if (debit === undefined) throw new Error('there is no such debit');
  await world.db.transaction((tx) =>
    tx.query(
      `insert into debit_word (biller_id, debit_id, word_id, verdict, code, source, said_at)
       values (1, $1, gen_random_uuid(), 'rejected', $2, 'test', business_now())`,
      [debit.debit_id, code],
    ),
  );
  await book(world);
}

t.test('tried again by rule, then only at the payer’s word', async (t) => {
  const world = await makeSendingWorld(t, { retryDays: [3] });
  const { db, bank } = world;
  await mandateFor(world, 'S-1');
  await addBills(db, 'om', [
    { number: 'A-1', payer: 'S-1', amount: '10.000', dueOn: '2026-11-30' },
    { number: 'A-2', payer: 'S-1', amount: '20.000', dueOn: '2026-11-30' },
  ]);
  await workDebits(world, '2026-11-27T06:00:00Z');
  await workDebits(world, '2026-11-29T06:00:00Z');
  await refused(world, (await debitsSeen(world))[0], 'AM04');
  t.match(await debitsSeen(world), [
    {
      state: 'failed',
      why: 'insufficient-funds',
      retry_on: '2026-12-03',
      bills: ['A-1 failed', 'A-2 failed'],
    },
  ]);
  await workDebits(world, '2026-11-30T06:00:00Z');
  t.equal((await debitsSeen(world)).length, 1, 'its day has not come');
  const paid = await bank.pay({
    billerCode: 'om-social',
    bills: [{ billNumber: 'A-1', amount: { value: '10.000', currency: 'OMR' } }],
  });
  t.equal(paid.status, 201, paid.text);
  t.equal((await workDebits(world, '2026-12-02T06:00:00Z')).size, 2);
  const [, again] = await debitsSeen(world);
  t.match(again, {
    state: 'sent',
    attempt: 2,
    collect_on: '2026-12-03',
    amount_minor: 20_000n,
    bills: ['A-2'],
  });
  t.notOk((await debitEvents(world, again?.debit_id)).includes('debit.announced'), 'told with the failure');
  await workDebits(world);
  t.equal((await debitsSeen(world)).length, 2, 'once');
  await refused(world, again, 'AM04');
  t.match((await debitsSeen(world))[1], { state: 'failed', retry_on: null });
  for (const day of ['2026-12-03', '2026-12-07', '2026-12-20']) await workDebits(world, `${day}T06:00:00Z`);
  t.equal((await debitsSeen(world)).length, 2, 'the last attempt is the last');
});

t.test('what may not be tried again is not, and a new bill of the payer is collected', async (t) => {
  const world = await makeSendingWorld(t);
  const { db } = world;
  await mandateFor(world, 'S-1');
  await addBills(db, 'om', [{ number: 'A-1', payer: 'S-1', amount: '10.000', dueOn: '2026-11-30' }]);
  await workDebits(world, '2026-11-27T06:00:00Z');
  await workDebits(world, '2026-11-29T06:00:00Z');
  const [one] = await debitsSeen(world);
  if (one === undefined) throw new Error('there is no debit');
  await bankAnswers(world, [[one, 'RJCT']]);
  await book(world);
  t.match(await debitsSeen(world), [{ state: 'failed', why: 'wrong-account', retry_on: null }]);
  await addBills(db, 'om', [{ number: 'A-2', payer: 'S-1', amount: '10.000', dueOn: '2026-12-10' }]);
  await workDebits(world, '2026-12-11T06:00:00Z');
  t.match(await debitsSeen(world), [{ state: 'failed' }, { bills: ['A-2'], attempt: 1 }]);
});
