// Another try is promised only where it can come; and where what was promised cannot come any more, that is told and counted.
import t from 'tap';
import { showId } from '../../../src/kernel/ids.ts';
import { planDebits } from '../../../src/mandates/index.ts';
import { assertBooksBalance } from '../../support/books.ts';
import { bill } from '../../support/client.ts';
import { act } from '../../support/mandates.ts';
import {
  book,
  debitsSeen,
  makeSendingWorld,
  mandateFor,
  workDebits,
  type SendingWorld,
} from '../../support/sending.ts';
import { addBills, BILLERS } from '../../support/world.ts';

const OM = BILLERS.om.id;
const dueOn = '2026-11-30';

/** Sent on the 29th. */
async function sent(world: SendingWorld, more: object = {}): Promise<string> {
  const mandateId = await mandateFor(world, 'S-1', more);
  await addBills(world.db, 'om', [{ number: 'A-1', payer: 'S-1', amount: '100.000', dueOn }]);
  await workDebits(world, '2026-11-27T06:00:00Z');
  await workDebits(world, '2026-11-29T06:00:00Z');
  return mandateId;
}

async function refuse(world: SendingWorld) {
  const [debit] = await debitsSeen(world);
  await world.db.transaction((tx) =>
    tx.query(
      `insert into debit_word (biller_id, debit_id, word_id, verdict, code, source, said_at)
       values (1, $1, gen_random_uuid(), 'rejected', 'AM04', 'test', business_now())`,
      [debit?.debit_id],
    ),
  );
  await book(world);
  return (await debitsSeen(world))[0];
}

/** The last that was told of the debit, and whether the payer is told of it. */
async function last({ db }: SendingWorld, debitId = '') {
  const [row] = await db.transaction((tx) =>
    tx.query(
      `select e.type, e.payload ->> 'state' as state, e.payload ->> 'retryOn' as again, e.payload ->> 'retryOnBefore' as before,
              e.payload -> 'reason' ->> 'cause' as why, o.for_payers as told
         from event e join event_outbox o using (biller_id, event_id)
        where e.biller_id = $1 and e.type like 'debit.%' and e.payload ->> 'debitId' = $2
        order by e.recorded_at desc, e.event_id desc limit 1`,
      [OM, showId('dbt', debitId)],
    ),
  );
  return row;
}

for (const [what, more, before] of [
  [
    'cancelled',
    {},
    (world: SendingWorld, id: string) => act(world.agency, id, 'cancellation', { reason: 'ended' }),
  ],
  [
    'suspended',
    {},
    (world: SendingWorld, id: string) => act(world.agency, id, 'suspension', { reason: 'time' }),
  ],
  ['over before the day', { validUntil: '2026-12-02' }, undefined],
] as const)
  t.test(`nothing is promised under a mandate that is ${what}`, async (t) => {
    const world = await makeSendingWorld(t);
    const mandateId = await sent(world, more);
    await before?.(world, mandateId);
    const failed = await refuse(world);
    t.match(failed, { state: 'failed', retry_on: null });
    t.match(await last(world, failed?.debit_id), { type: 'debit.failed', again: null });
  });

t.test('promised, and the mandate ends before: taken back, told and counted', async (t) => {
  const world = await makeSendingWorld(t);
  const payer = { mobile: '+96824123456' };
  const mandateId = await sent(world, { payer });
  const failed = await refuse(world);
  t.match(failed, { retry_on: '2026-12-03' });
  await act(world.agency, mandateId, 'cancellation', { reason: 'another bank' });
  const givenUp: string[] = [];
  const parts = {
    ...world.sending,
    onGivenUp: (biller: string, why: string) => void givenUp.push(`${biller} ${why}`),
  };
  await planDebits(parts, OM);
  await planDebits(parts, OM);
  t.same(givenUp, ['om-social mandate-cancelled']);
  t.match((await debitsSeen(world))[0], { state: 'failed', retry_on: null, why: 'insufficient-funds' });
  t.match(await last(world, failed?.debit_id), {
    type: 'debit.given-up',
    state: 'failed',
    again: null,
    before: '2026-12-03',
    why: 'mandate-cancelled',
    told: true,
  });
  await assertBooksBalance(world.db);
});

t.test('promised, and paid by hand before: taken back without a word to him', async (t) => {
  const world = await makeSendingWorld(t);
  await sent(world, { payer: { mobile: '+96824123456' } });
  const failed = await refuse(world);
  await world
    .client('agent')
    .pay({ billerCode: 'om-social', bills: [bill('A-1', '100.000', 'OMR')], method: 'cash' });
  await planDebits(world.sending, OM);
  t.match((await debitsSeen(world))[0], { retry_on: null });
  t.match(await last(world, failed?.debit_id), { type: 'debit.given-up', why: 'nothing-left', told: null });
});

t.test('a day that moves is the day that the first debit names', async (t) => {
  const world = await makeSendingWorld(t);
  await sent(world);
  await refuse(world);
  await workDebits(world, '2026-12-07T06:00:00Z');
  t.match(await debitsSeen(world), [
    { retry_on: '2026-12-10', attempt: 1 },
    { collect_on: '2026-12-10', attempt: 2 },
  ]);
});
