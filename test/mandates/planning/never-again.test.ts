// Bills that a debit has had before: what is not collected by itself a second time, and what still is.
import t from 'tap';
import {
  book,
  debitsSeen,
  makeSendingWorld,
  mandateFor,
  workDebits,
  type SendingWorld,
} from '../../support/sending.ts';
import { showId } from '../../../src/kernel/ids.ts';
import { noteWords, type WordVerdict } from '../../../src/mandates/debits/index.ts';
import { addBills, setClock } from '../../support/world.ts';

async function say(world: SendingWorld, bill: string, verdict: WordVerdict, code: string | null = null) {
  const of = (await debitsSeen(world)).filter(({ bills }) => bills.some((each) => each.startsWith(bill)));
  const debitId = of.find(({ state }) => state === 'sent')?.debit_id;
  if (debitId === undefined) throw new Error(`no debit of ${bill} is with the bank`);
  const word = { billerId: 1, debitId, verdict, code, text: null, bankReference: null, source: 'test' };
  await world.db.transaction(async (tx) => {
    const [row] = await tx.query<{ now: Date }>('select business_now() as now');
    return noteWords(tx, [word], row?.now ?? new Date());
  });
  await book(world);
}

async function sentOn30th(world: SendingWorld, ...numbers: string[]): Promise<string> {
  const id = await mandateFor(world, 'S-1');
  await addBills(
    world.db,
    'om',
    numbers.map((number) => ({ number, payer: 'S-1', amount: '40.000', dueOn: '2026-11-30' })),
  );
  await workDebits(world, '2026-11-27T06:00:00Z');
  await workDebits(world, '2026-11-29T06:00:00Z');
  return id;
}

t.test('a later debit of the bill was refused for good: the earlier one is not tried again', async (t) => {
  const world = await makeSendingWorld(t, { retryDays: [8] });
  const mandateId = await sentOn30th(world, 'R-1');
  await say(world, 'R-1', 'rejected', 'AM04');
  t.match(await debitsSeen(world), [{ state: 'failed', retry_on: '2026-12-08' }]);
  await setClock(world.db, '2026-11-30T06:00:00Z');
  const { status } = await world.agency.send('POST', '/v1/debits', { reference: 'X', mandateId });
  t.equal(status, 202);
  await workDebits(world);
  await workDebits(world, '2026-12-01T06:00:00Z');
  await say(world, 'R-1', 'rejected', 'AC04');
  for (const day of ['2026-12-07', '2026-12-08', '2026-12-09']) await workDebits(world, `${day}T06:00:00Z`);
  t.match(await debitsSeen(world), [{ state: 'failed' }, { state: 'failed', why: 'account-closed' }]);
  t.equal((await debitsSeen(world)).length, 2);
});

t.test(
  'its payment was reversed by the bank: not debited again by itself, but at the payer’s word',
  async (t) => {
    const world = await makeSendingWorld(t);
    const { agency, bank, db } = world;
    const mandateId = await sentOn30th(world, 'V-1');
    await say(world, 'V-1', 'settled');
    const [paid] = await db.transaction((tx) =>
      tx.query<{ id: string }>('select payment_id as id from payment'),
    );
    const path = `/v1/payments/${showId('pay', paid?.id ?? '')}/reversal`;
    t.match(await bank.send('POST', path, { reference: 'RV', reason: 'a slip' }), { status: 201 });
    for (const day of ['2026-11-29', '2026-11-30', '2026-12-01', '2026-12-06'])
      await workDebits(world, `${day}T06:00:00Z`);
    t.match(await debitsSeen(world), [{ state: 'collected' }]);
    t.equal((await debitsSeen(world)).length, 1);
    const { status } = await agency.send('POST', '/v1/debits', { reference: 'X', mandateId });
    t.equal(status, 202);
  },
);

t.test(
  'a bill put off before its debit was built is planned anew, whatever becomes of that debit',
  async (t) => {
    const world = await makeSendingWorld(t, { retryDays: [] });
    const { agency, db } = world;
    await mandateFor(world, 'S-1');
    await addBills(db, 'om', [
      { number: 'P-1', payer: 'S-1', amount: '40.000', dueOn: '2026-11-30' },
      { number: 'P-2', payer: 'S-1', amount: '50.000', dueOn: '2026-11-30' },
    ]);
    await workDebits(world, '2026-11-27T06:00:00Z');
    const put = await agency.send('PUT', '/v1/bills/P-2', {
      payerId: 'S-1',
      payerName: 'Salim',
      description: 'Contribution',
      amount: { value: '50.000', currency: 'OMR' },
      dueOn: '2026-12-10',
    });
    t.equal(put.status, 200, put.text);
    await workDebits(world, '2026-11-29T06:00:00Z');
    await say(world, 'P-1', 'rejected', 'AC04');
    await workDebits(world, '2026-12-07T06:00:00Z');
    t.match(await debitsSeen(world), [
      { state: 'failed', bills: ['P-1 failed', 'P-2 withdrawn'] },
      { state: 'planned', collect_on: '2026-12-10', bills: ['P-2'] },
    ]);
  },
);
