// What cannot be planned never stops what can: a bill without a day, and one that throws whoever reckons it.
import t from 'tap';
import {
  book,
  debitsSeen,
  makeSendingWorld,
  mandateFor,
  workDebits,
  type SendingWorld,
} from '../../support/sending.ts';
import { addBills } from '../../support/world.ts';

async function putBill({ agency }: SendingWorld, number: string, payerId: string, dueOn: string) {
  const { status, text } = await agency.send('PUT', `/v1/bills/${number}`, {
    payerId,
    payerName: 'Salim',
    description: 'Contribution',
    amount: { value: '40.000', currency: 'OMR' },
    dueOn,
  });
  if (status !== 200 && status !== 201) throw new Error(text);
}

/** No agency can write it: nobody can say what the bill owes. */
async function poison({ db }: SendingWorld, number: string): Promise<void> {
  await db.transaction((tx) =>
    tx.query(
      `update bill set penalty = '[{"flat":"none","every":"once"}]', due_on = '2026-11-20' where bill_number = $1`,
      [number],
    ),
  );
}

t.test('a bill or a mandate of 9999-12-31 waits, the others are planned', async (t) => {
  const world = await makeSendingWorld(t);
  const { agency, db } = world;
  await mandateFor(world, 'S-1');
  await mandateFor(world, 'S-2');
  await mandateFor(world, 'S-3', { validFrom: '9999-12-31' });
  await mandateFor(world, 'S-4', { validFrom: '9999-12-31', collect: { on: 'days', days: [1, 15] } });
  await addBills(
    db,
    'om',
    ['S-1', 'S-3', 'S-4'].map((payer) => ({
      number: `B-${payer}`,
      payer,
      amount: '40.000',
      dueOn: '2026-11-30',
    })),
  );
  await putBill(world, 'Z-1', 'S-1', '9999-12-31');
  await putBill(world, 'Z-2', 'S-2', '9999-12-31');
  await workDebits(world, '2026-11-27T06:00:00Z');
  t.match(await debitsSeen(world), [{ state: 'planned', bills: ['B-S-1'] }]);
  t.equal((await debitsSeen(world)).length, 1);
  const { status } = await agency.send('GET', '/v1/debits/calendar?from=2026-11-27&to=2026-12-31');
  t.equal(status, 200);
  await putBill(world, 'Z-2', 'S-2', '2026-11-30');
  await workDebits(world);
  t.match((await debitsSeen(world))[1], { state: 'planned', bills: ['Z-2'] }, 'its day is known now');
});

/** With a mandate and a bill each. */
async function fivePayers(world: SendingWorld): Promise<void> {
  const payers = ['S-1', 'S-2', 'S-3', 'S-4', 'S-5'];
  for (const payer of payers) await mandateFor(world, payer);
  await addBills(
    world.db,
    'om',
    payers.map((payer) => ({ number: `B-${payer}`, payer, amount: '40.000', dueOn: '2026-11-30' })),
  );
}

t.test('a bill that nobody can reckon stops its mandate alone, and is told', async (t) => {
  const world = await makeSendingWorld(t);
  await fivePayers(world);
  await poison(world, 'B-S-2');
  await workDebits(world, '2026-11-27T06:00:00Z');
  t.same(
    (await debitsSeen(world)).map(({ bills }) => bills.join()),
    ['B-S-1', 'B-S-3', 'B-S-4', 'B-S-5'],
  );
  t.equal(world.lines.filter(({ text }) => text.includes('a mandate could not be planned')).length, 1);
});

t.test('a retry that nobody can reckon stops no other, and is told', async (t) => {
  const world = await makeSendingWorld(t);
  await fivePayers(world);
  await workDebits(world, '2026-11-27T06:00:00Z');
  await workDebits(world, '2026-11-29T06:00:00Z');
  await world.db.transaction((tx) =>
    tx.query(
      `insert into debit_word (biller_id, debit_id, word_id, verdict, code, source, said_at)
       select biller_id, debit_id, gen_random_uuid(), 'rejected', 'AM04', 'test', business_now() from debit_order`,
    ),
  );
  await book(world);
  await poison(world, 'B-S-3');
  await workDebits(world, '2026-12-02T06:00:00Z');
  t.same(
    (await debitsSeen(world)).filter(({ attempt }) => attempt === 2).map(({ bills }) => bills.join()),
    ['B-S-1', 'B-S-2', 'B-S-4', 'B-S-5'],
  );
  t.equal(world.lines.filter(({ text }) => text.includes('could not be planned again')).length, 1);
});
