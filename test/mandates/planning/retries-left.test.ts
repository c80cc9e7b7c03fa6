// What another try has lost before any bank had it, or has lost with being dropped, is tried again; and a bill that the agency has
// put off is collected on its new due date.
import t from 'tap';
import { showId } from '../../../src/kernel/ids.ts';
import { businessNow } from '../../../src/approvals/index.ts';
import { lockDebits, moveDebits } from '../../../src/mandates/debits/index.ts';
import { retryByHand } from '../../../src/mandates/follow/retry-debit.ts';
import { reviewDebits } from '../../../src/mandates/sending/review.ts';
import { act } from '../../support/mandates.ts';
import {
  book,
  debitEvents,
  debitsSeen,
  makeSendingWorld,
  mandateFor,
  workDebits,
  type DebitSeen,
  type SendingWorld,
} from '../../support/sending.ts';
import { ACTOR, addBills, BILLERS } from '../../support/world.ts';

const OM = BILLERS.om.id;

/** Their debit was sent on the 29th for the 30th and refused; tried again on Thursday, 3 December. */
async function failed(world: SendingWorld, numbers: readonly string[], more: object = {}): Promise<string> {
  const mandateId = await mandateFor(world, 'S-1', more);
  await addBills(
    world.db,
    'om',
    numbers.map((number) => ({ number, payer: 'S-1', amount: '40.000', dueOn: '2026-11-30' })),
  );
  await workDebits(world, '2026-11-27T06:00:00Z');
  await workDebits(world, '2026-11-29T06:00:00Z');
  await refused(world, (await debitsSeen(world))[0]);
  return mandateId;
}

async function refused(world: SendingWorld, debit: DebitSeen | undefined): Promise<void> {
  await world.db.transaction((tx) =>
    tx.query(
      `insert into debit_word (biller_id, debit_id, word_id, verdict, code, source, said_at)
       values (1, $1, gen_random_uuid(), 'rejected', 'AM04', 'test', business_now())`,
      [debit?.debit_id],
    ),
  );
  await book(world);
}

async function put({ agency }: SendingWorld, number: string, more: object): Promise<void> {
  const { status, text } = await agency.send('PUT', `/v1/bills/${number}`, {
    payerId: 'S-1',
    payerName: 'Salim',
    description: 'Contribution',
    amount: { value: '40.000', currency: 'OMR' },
    dueOn: '2026-11-30',
    ...more,
  });
  if (status !== 200) throw new Error(text);
}

/** By what they are: state, attempt, day and bills. */
async function standing(world: SendingWorld): Promise<string[]> {
  const debits = await debitsSeen(world);
  return debits
    .map(({ state, attempt, collect_on, bills }) => `${collect_on} ${attempt} ${state} ${bills.join(', ')}`)
    .toSorted();
}

async function byHand({ db, sending }: SendingWorld, debit: DebitSeen | undefined, on: string | null = null) {
  const tools = { database: db, directory: sending.directory };
  const outcome = await retryByHand(tools, showId('dbt', debit?.debit_id ?? ''), on, ACTOR);
  return outcome.ok ? outcome.value.retryOn : outcome.reason.replace(/^\S+ /, '');
}

t.test('suspended for an hour while its next try is planned', async (t) => {
  const world = await makeSendingWorld(t);
  const mandateId = await failed(world, ['A-1']);
  const [one] = await debitsSeen(world);
  await workDebits(world, '2026-12-01T18:00:00Z');
  t.same(await standing(world), ['2026-11-30 1 failed A-1 failed', '2026-12-03 2 planned A-1']);
  await act(world.agency, mandateId, 'suspension', { reason: 'x' });
  await reviewDebits(world.sending, OM);
  t.same(await standing(world), ['2026-11-30 1 failed A-1 failed', '2026-12-03 2 dropped A-1 withdrawn']);
  t.match(await byHand(world, one), /tried again on 2026-12-03 by itself/);
  await act(world.agency, mandateId, 'resumption', { reason: 'x' });
  await workDebits(world, '2026-12-04T06:00:00Z');
  const [, , again] = await debitsSeen(world);
  t.match(again, { attempt: 2, collect_on: '2026-12-07', bills: ['A-1'] }, 'told anew, three days before');
  t.same(await debitEvents(world, again?.debit_id), ['debit.announced']);
  await workDebits(world, '2026-12-06T06:00:00Z');
  await refused(world, again);
  for (const day of ['2026-12-07', '2026-12-10', '2026-12-20']) await workDebits(world, `${day}T06:00:00Z`);
  t.equal((await debitsSeen(world)).length, 3, 'the last attempt is the last');
});

t.test('a mandate that ends with the planned try: the payer is told once', async (t) => {
  const world = await makeSendingWorld(t);
  const mandateId = await failed(world, ['A-1']);
  await workDebits(world, '2026-12-01T18:00:00Z');
  await act(world.agency, mandateId, 'cancellation', { reason: 'x' });
  await reviewDebits(world.sending, OM);
  await workDebits(world);
  const told = await world.db.transaction((tx) =>
    tx.query(
      `select type, o.for_payers as told from event e join event_outbox o using (biller_id, event_id)
        where type in ('debit.dropped', 'debit.given-up') order by e.recorded_at`,
    ),
  );
  t.same(told, [
    { type: 'debit.dropped', told: true },
    { type: 'debit.given-up', told: null },
  ]);
});

t.test('people have rejected the next try: not by itself, but by hand', async (t) => {
  const world = await makeSendingWorld(t);
  const omr = (value: string) => ({ value, currency: 'OMR' });
  await failed(world, ['A-1'], { ceiling: { perDebit: omr('50.000'), perMonth: omr('90.000') } });
  await put(world, 'A-1', { amount: omr('60.000') });
  await workDebits(world, '2026-11-30T06:00:00Z');
  const held = (await debitsSeen(world)).find(({ state }) => state === 'held');
  t.match(held, { attempt: 2, why: 'per-debit' });
  await world.db.transaction(async (tx) => {
    const debits = await lockDebits(tx, [{ billerId: OM, debitId: held?.debit_id ?? '' }]);
    const by = { actor: 'approver', at: await businessNow(tx) };
    await moveDebits(
      tx,
      debits.map((debit) => ({ debit, to: 'dropped', why: 'rejected' })),
      by,
    );
  });
  for (const day of ['2026-12-03', '2026-12-07']) await workDebits(world, `${day}T06:00:00Z`);
  t.equal((await debitsSeen(world)).length, 2);
  t.equal(await byHand(world, (await debitsSeen(world))[0]), '2026-12-10');
  await workDebits(world);
  t.match((await debitsSeen(world))[2], { state: 'held', attempt: 2, collect_on: '2026-12-10' });
});

t.test('a bill that the next try has lost is tried again by itself', async (t) => {
  const world = await makeSendingWorld(t);
  await failed(world, ['A-1', 'A-2']);
  await workDebits(world, '2026-12-01T18:00:00Z');
  await put(world, 'A-2', { payerId: 'S-8' });
  await workDebits(world, '2026-12-02T06:00:00Z');
  const first = ['2026-11-30 1 failed A-1 failed, A-2 failed', '2026-12-03 2 sent A-1, A-2 withdrawn'];
  t.same(await standing(world), first);
  await put(world, 'A-2', {});
  await workDebits(world, '2026-12-04T06:00:00Z');
  t.same(await standing(world), [...first, '2026-12-07 2 planned A-2']);
  await workDebits(world);
  t.equal((await debitsSeen(world)).length, 3, 'once');
});

t.test(
  'put off behind the day of the next try: collected on its new due date, as if it were new',
  async (t) => {
    const world = await makeSendingWorld(t);
    await failed(world, ['A-1', 'A-2']);
    await put(world, 'A-1', { dueOn: '2027-03-31' });
    await workDebits(world, '2026-12-01T18:00:00Z');
    await put(world, 'A-2', { dueOn: '2026-12-16' });
    await workDebits(world, '2026-12-02T06:00:00Z');
    const first = ['2026-11-30 1 failed A-1 failed, A-2 failed', '2026-12-03 2 dropped A-2 withdrawn'];
    t.same(await standing(world), first, 'taken out of a try that is planned, too');
    t.match(await byHand(world, (await debitsSeen(world))[0]), /tried again on 2026-12-03 by itself/);
    for (const day of ['2026-12-04', '2026-12-10']) await workDebits(world, `${day}T06:00:00Z`);
    t.equal((await debitsSeen(world)).length, 2);
    t.match(await byHand(world, (await debitsSeen(world))[0]), 'is of bills that were put off to 2026-12-16');
    await workDebits(world, '2026-12-13T06:00:00Z');
    t.same(await standing(world), [...first, '2026-12-16 1 planned A-2']);
    await workDebits(world, '2027-03-28T06:00:00Z');
    t.match((await standing(world)).at(-1), '2027-03-31 1 planned A-1');
  },
);

t.test('fixed days look at no due date: the next try goes', async (t) => {
  const world = await makeSendingWorld(t);
  await failed(world, ['A-1'], { collect: { on: 'days', days: [28] } });
  t.match(await debitsSeen(world), [{ collect_on: '2026-11-30', retry_on: '2026-12-03' }]);
  await put(world, 'A-1', { dueOn: '2027-03-31' });
  await workDebits(world, '2026-12-02T06:00:00Z');
  t.match((await debitsSeen(world))[1], { attempt: 2, collect_on: '2026-12-03', bills: ['A-1'] });
});
