// Broken off anywhere between plan and bank, by several workers at once, with mandates that end and bills that are paid in
// between: no debit is lost, none goes twice.
import path from 'node:path';
import t, { type Test } from 'tap';
import { endToEndIdOf } from '../../../src/mandates/debits/index.ts';
import { buildDebits, makeDebitFiles, planDebits, type SendParts } from '../../../src/mandates/index.ts';
import { handOver, handOverParts } from '../../../src/orders/index.ts';
import { act } from '../../support/mandates.ts';
import { filesAt } from '../../support/remit-world.ts';
import {
  bankAnswers,
  book,
  debitsSeen,
  makeSendingWorld,
  mandateFor,
  sendDebits,
  workDebits,
  type DebitSeen,
  type SendingWorld,
} from '../../support/sending.ts';
import { addBills, BILLERS, setClock } from '../../support/world.ts';

const OM = BILLERS.om.id;
const PLAN = '2026-11-27T06:00:00Z';
const SEND = '2026-11-29T06:00:00Z';
const dueOn = '2026-11-30';

/** Every end-to-end id in the files at the bank. */
async function atBank({ dataDir }: SendingWorld): Promise<string[]> {
  const texts = [...(await filesAt(path.join(dataDir, 'orders'))).values()];
  return texts.flatMap((text) => [...text.matchAll(/<EndToEndId>(\w+)</g)].map(([, id = '']) => id)).sort();
}

const idsOf = (debits: readonly DebitSeen[]): string[] =>
  debits.map((each) => endToEndIdOf(each.debit_id)).sort();

/** Sent once each, all of them at the bank once. */
async function allSent(t: Test, world: SendingWorld, count: number, why: string): Promise<void> {
  const debits = await debitsSeen(world);
  t.equal(debits.length, count, why);
  for (const { state, steps } of debits)
    t.match({ state, steps }, { state: 'sent', steps: ['planned', 'built', 'sent'] }, why);
  t.same(await atBank(world), idsOf(debits), why);
}

async function payersWithBills(world: SendingWorld, payers: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 1; n <= payers; n++) {
    ids.push(await mandateFor(world, `S-${n}`));
    await addBills(world.db, 'om', [
      { number: `A-${n}`, payer: `S-${n}`, amount: '10.000', dueOn },
      { number: `B-${n}`, payer: `S-${n}`, amount: '20.000', dueOn },
    ]);
  }
  return ids;
}

type Point = Parameters<NonNullable<SendParts['at']>>[0];
const POINTS: readonly Point[] = ['locked', 'built', 'filed', 'sent'];
const ON_THE_WAY = ['claimed', 'written', 'offered', 'renamed'] as const;

async function pay(world: SendingWorld, billNumber: string, value: string): Promise<void> {
  const bills = [{ billNumber, amount: { value, currency: 'OMR' } }];
  const { status, text } = await world.bank.pay({ billerCode: 'om-social', bills });
  if (status !== 201) throw new Error(text);
}

t.test('broken off at every point', async (t) => {
  const world = await makeSendingWorld(t);
  await payersWithBills(world, 2);
  await workDebits(world, PLAN);
  await setClock(world.db, SEND);
  const broken = (point: string) => async (reached: string) => {
    if (reached === point) throw new Error(`broken off at ${point}`);
  };
  for (const point of POINTS) {
    await sendDebits({ ...world.sending, at: broken(point) });
    for (const way of ON_THE_WAY)
      await handOver({ ...handOverParts(world.parts), leaseMs: 0, at: broken(way) }, { evenLater: true });
  }
  await handOver({ ...handOverParts(world.parts), leaseMs: 0 }, { evenLater: true });
  await workDebits(world);
  await allSent(t, world, 2, 'after all');
});

t.test('several workers at once', async (t) => {
  const world = await makeSendingWorld(t);
  await payersWithBills(world, 6);
  await setClock(world.db, PLAN);
  const many = <T>(work: () => Promise<T>): Promise<T[]> => Promise.all([1, 2, 3, 4].map(work));
  await many(() => planDebits(world.sending, OM));
  t.equal((await debitsSeen(world)).length, 6, 'planned once each');
  await setClock(world.db, SEND);
  await many(() => sendDebits(world.sending));
  await many(() => handOver(handOverParts(world.parts)));
  await many(() => sendDebits(world.sending));
  await workDebits(world);
  await allSent(t, world, 6, 'once each');
});

t.test('a mandate ends between building and the bank', async (t) => {
  const world = await makeSendingWorld(t);
  const { db, agency, sending } = world;
  const [ended = ''] = await payersWithBills(world, 2);
  await workDebits(world, PLAN);
  await setClock(db, SEND);
  t.equal(await buildDebits(sending, OM), 2);
  t.equal(await makeDebitFiles(sending, OM), 1);
  await act(agency, ended, 'cancellation', { reason: 'left' });
  t.same(await handOver(handOverParts(world.parts)), { handedOver: [], failed: [] }, 'withdrawn');
  t.same(await atBank(world), []);
  await workDebits(world);
  const [one, two] = await debitsSeen(world);
  t.match(one, {
    state: 'dropped',
    why: 'mandate-cancelled',
    steps: ['planned', 'built', 'planned', 'dropped'],
  });
  t.match(two, { state: 'sent', steps: ['planned', 'built', 'planned', 'built', 'sent'] });
  t.same(await atBank(world), idsOf(two === undefined ? [] : [two]));
});

t.test('a bill is paid between building and the bank: taken out, and too late it is credit', async (t) => {
  const world = await makeSendingWorld(t);
  const { db, sending } = world;
  await mandateFor(world, 'S-1');
  const names = ['A-1', 'A-2', 'A-3', 'A-4'];
  await addBills(
    db,
    'om',
    names.map((number) => ({ number, payer: 'S-1', amount: '10.000', dueOn })),
  );
  await workDebits(world, PLAN);
  await setClock(db, SEND);
  for (const number of names.slice(0, 3)) {
    await buildDebits(sending, OM);
    await makeDebitFiles(sending, OM);
    await pay(world, number, '10.000');
    await handOver(handOverParts(world.parts));
  }
  await workDebits(world);
  const [debit] = await debitsSeen(world);
  t.match(debit, {
    state: 'sent',
    amount_minor: 20_000n,
    bills: ['A-1 paid-elsewhere', 'A-2 paid-elsewhere', 'A-3', 'A-4'],
  });
  if (debit === undefined) throw new Error('there is no debit');
  t.same(await atBank(world), idsOf([debit]));
  await setClock(db, '2026-11-30T06:00:00Z');
  await bankAnswers(world, [[debit, 'ACSC']]);
  await book(world);
  t.match(await debitsSeen(world), [
    { state: 'collected', bills: ['A-1 paid-elsewhere', 'A-2 paid-elsewhere', 'A-3 credited', 'A-4 paid'] },
  ]);
});

t.test('a file that misses its day is withdrawn, and its debits move', async (t) => {
  const world = await makeSendingWorld(t);
  await payersWithBills(world, 1);
  await workDebits(world, PLAN);
  await setClock(world.db, SEND);
  await buildDebits(world.sending, OM);
  await makeDebitFiles(world.sending, OM);
  // After the bank's cut-off on the day on which it should have had it.
  await workDebits(world, '2026-11-29T11:00:00Z');
  t.same(await atBank(world), []);
  await workDebits(world, '2026-11-30T06:00:00Z');
  t.match(await debitsSeen(world), [
    { state: 'sent', collect_on: '2026-12-01', send_on: '2026-11-30', amount_minor: 30_000n },
  ]);
  t.equal((await atBank(world)).length, 1);
});
