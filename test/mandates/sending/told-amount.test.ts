// No payer is debited more than he was told, or has asked for: what becomes more meanwhile is told anew and collected later, or
// not with this debit.
import t from 'tap';
import {
  bankAnswers,
  book,
  debitsSeen,
  makeSendingWorld,
  mandateFor,
  workDebits,
  type SendingWorld,
} from '../../support/sending.ts';
import { planDebits } from '../../../src/mandates/index.ts';
import { showId, type Uuid } from '../../../src/kernel/ids.ts';
import { assertBooksBalance } from '../../support/books.ts';
import { addBills, BILLERS, setClock } from '../../support/world.ts';

const OM = BILLERS.om.id;
const dueOn = '2026-11-30';
const PLAN = '2026-11-27T06:00:00Z';
const SEND = '2026-11-29T06:00:00Z';

async function put({ agency }: SendingWorld, number: string, payerId: string, value: string): Promise<void> {
  const { status, text } = await agency.send('PUT', `/v1/bills/${number}`, {
    payerId,
    payerName: 'Al Noor',
    description: 'Contribution',
    amount: { value, currency: 'OMR' },
    dueOn,
  });
  if (status !== 200) throw new Error(text);
}

/** What was announced of a debit, in order. */
function announced({ db }: SendingWorld, debitId: Uuid | undefined) {
  return db.transaction((tx) =>
    tx.query(
      `select payload ->> 'collectOn' as on, payload ->> 'movedFrom' as was, payload -> 'amount' ->> 'value' as amount,
              payload -> 'amountBefore' ->> 'value' as before, payload -> 'bills' as bills from event
        where biller_id = $1 and type = 'debit.announced' and payload ->> 'debitId' = $2 order by recorded_at, event_id`,
      [OM, showId('dbt', debitId ?? '')],
    ),
  );
}

/** What was told of debits that go without a part. */
function reduced({ db }: SendingWorld) {
  return db.transaction((tx) =>
    tx.query(
      `select payload ->> 'debitId' as debit, payload ->> 'state' as state, payload -> 'amount' ->> 'value' as amount,
              payload -> 'amountBefore' ->> 'value' as before, payload -> 'leftOut' as left, o.for_payers as told
         from event e join event_outbox o using (biller_id, event_id) where biller_id = $1 and type = 'debit.reduced'`,
      [OM],
    ),
  );
}

t.test('more than was announced: told anew, and collected so many days later', async (t) => {
  const world = await makeSendingWorld(t);
  const { db } = world;
  await mandateFor(world, 'S-1');
  await mandateFor(world, 'S-2', { announceDays: 0 });
  await mandateFor(world, 'S-3');
  await addBills(db, 'om', [
    { number: 'A-1', payer: 'S-1', amount: '10.000', dueOn },
    { number: 'A-2', payer: 'S-1', amount: '20.000', dueOn },
    { number: 'B-1', payer: 'S-2', amount: '30.000', dueOn },
    { number: 'C-1', payer: 'S-3', amount: '40.000', dueOn },
  ]);
  await workDebits(world, PLAN);
  await put(world, 'A-2', 'S-1', '25.000');
  await put(world, 'C-1', 'S-3', '35.000');
  t.equal((await workDebits(world, SEND)).size, 1);
  t.match(await debitsSeen(world), [
    { state: 'sent', bills: ['B-1'], amount_minor: 30_000n },
    { state: 'sent', bills: ['C-1'], amount_minor: 35_000n, collect_on: '2026-11-30' },
    { state: 'planned', bills: ['A-1', 'A-2'], amount_minor: 35_000n, collect_on: '2026-12-02' },
  ]);
  const [, less, moved] = await debitsSeen(world);
  t.equal((await announced(world, less?.debit_id)).length, 1, 'less is not told anew');
  t.match(await announced(world, moved?.debit_id), [
    { on: '2026-11-30', was: null, amount: '30.000', before: null },
    {
      on: '2026-12-02',
      was: '2026-11-30',
      amount: '35.000',
      before: '30.000',
      bills: [{ amount: { value: '10.000' } }, { amount: { value: '25.000' } }],
    },
  ]);
  await workDebits(world, '2026-12-01T06:00:00Z');
  t.match((await debitsSeen(world)).at(-1), {
    state: 'sent',
    amount_minor: 35_000n,
    collect_on: '2026-12-02',
  });
  t.equal((await announced(world, moved?.debit_id)).length, 2);
});

t.test('the day stands where there is time enough to tell it', async (t) => {
  const world = await makeSendingWorld(t);
  const { db, sending } = world;
  await db.transaction((tx) => tx.query('update bank set lead_days = 3 where bank_id = 1'));
  await mandateFor(world, 'S-1', { announceDays: 1 });
  await addBills(db, 'om', [{ number: 'A-1', payer: 'S-1', amount: '10.000', dueOn: '2026-12-10' }]);
  await setClock(db, '2026-12-07T06:00:00Z');
  await planDebits(sending, OM);
  await put(world, 'A-1', 'S-1', '15.000');
  await workDebits(world);
  const [sent] = await debitsSeen(world);
  t.match(sent, { state: 'sent', amount_minor: 15_000n, collect_on: '2026-12-10' });
  t.match(await announced(world, sent?.debit_id), [
    { on: '2026-12-10', was: null, amount: '10.000', before: null },
    { on: '2026-12-10', was: null, amount: '15.000', before: '10.000' },
  ]);
});

t.test('never behind the mandate: what became more is left out', async (t) => {
  const world = await makeSendingWorld(t);
  const payer = { mobile: '+96824123456' };
  await mandateFor(world, 'S-1', { validUntil: '2026-12-01', payer });
  await mandateFor(world, 'S-2', { validUntil: '2026-12-01' });
  await addBills(world.db, 'om', [
    { number: 'A-1', payer: 'S-1', amount: '10.000', dueOn },
    { number: 'A-2', payer: 'S-1', amount: '20.000', dueOn },
    { number: 'B-1', payer: 'S-2', amount: '30.000', dueOn },
  ]);
  await workDebits(world, PLAN);
  await put(world, 'A-2', 'S-1', '25.000');
  await put(world, 'B-1', 'S-2', '31.000');
  await workDebits(world, SEND);
  await workDebits(world);
  t.match(await debitsSeen(world), [
    { state: 'sent', bills: ['A-1', 'A-2 withdrawn'], amount_minor: 10_000n },
    { state: 'dropped', why: 'amount-risen', bills: ['B-1 withdrawn'] },
  ]);
  t.match(await reduced(world), [{ amount: '10.000', before: '30.000', left: ['A-2'], told: true }]);
  t.equal((await reduced(world)).length, 1, 'of one that is dropped that is told');
  await assertBooksBalance(world.db);
});

t.test('at the payer’s word: as much as he has asked for, and no more', async (t) => {
  const world = await makeSendingWorld(t);
  const { db, agency } = world;
  const ask = async (payerId: string, bills: string[]) => {
    const mandateId = await mandateFor(world, payerId, { collect: { on: 'demand' } });
    const asked = await agency.send('POST', '/v1/debits', { reference: payerId, mandateId, bills });
    t.equal(asked.status, 202, asked.text);
  };
  await addBills(db, 'om', [
    { number: 'A-1', payer: 'S-1', amount: '10.000', dueOn },
    { number: 'A-2', payer: 'S-1', amount: '20.000', dueOn },
    { number: 'B-1', payer: 'S-2', amount: '30.000', dueOn },
  ]);
  await ask('S-1', ['A-1', 'A-2']);
  await ask('S-2', ['B-1']);
  await put(world, 'A-2', 'S-1', '450.000');
  await put(world, 'B-1', 'S-2', '30.001');
  await workDebits(world);
  const [sent, dropped, ...none] = await debitsSeen(world);
  t.same(none, []);
  t.match(sent, { state: 'sent', bills: ['A-1', 'A-2 withdrawn'], amount_minor: 10_000n });
  t.match(dropped, { state: 'dropped', why: 'amount-risen', bills: ['B-1 withdrawn'] });
  const steps = await db.transaction((tx) =>
    tx.query(`select text from debit_step where debit_id = $1 and state = 'built'`, [sent?.debit_id]),
  );
  t.match(await reduced(world), [
    {
      debit: showId('dbt', sent?.debit_id ?? ''),
      state: 'planned',
      amount: '10.000',
      before: '30.000',
      left: ['A-2'],
    },
  ]);
  t.equal((await reduced(world)).length, 1, 'once, and not of what is dropped');
  t.match(steps, [{ text: /A-2 has become more than was asked for/ }], 'its history says why');
  if (sent === undefined) throw new Error('nothing was sent');
  await bankAnswers(world, [[sent, 'ACSC']]);
  await book(world);
  const left = await db.transaction((tx) =>
    tx.query(`select bill_number, status from bill where payer_id like 'S-%' order by bill_number`),
  );
  t.match(left, [{ status: 'paid' }, { status: 'open' }, { status: 'open' }]);
  await assertBooksBalance(db);
});
