// What persons let go above a ceiling, and what was weighed against the ceiling of a month, is looked at again when it is
// another amount or another month by the day on which it is built.
import t from 'tap';
import { accept } from '../../support/approvals.ts';
import {
  debitsSeen,
  makeSendingWorld,
  mandateFor,
  workDebits,
  type SendingWorld,
} from '../../support/sending.ts';
import { buildDebits, planDebits } from '../../../src/mandates/index.ts';
import { assertBooksBalance } from '../../support/books.ts';
import { addBills, BILLERS, setClock } from '../../support/world.ts';

async function asked({ approver }: SendingWorld): Promise<{ approvalId: string; summary: string }[]> {
  const { body, text } = await approver.send<{ items: { approvalId: string; summary: string }[] }>(
    'GET',
    '/v1/approvals?kind=debit&state=open',
  );
  if (body === undefined) throw new Error(text);
  return body.items;
}

async function letGo(world: SendingWorld, summary: RegExp): Promise<void> {
  const [one, ...others] = await asked(world);
  if (one === undefined || others.length > 0) throw new Error('nobody was asked, or twice');
  if (!summary.test(one.summary)) throw new Error(one.summary);
  const { status, text } = await accept(world.approver, one.approvalId);
  if (status !== 200) throw new Error(text);
}

async function raise({ agency }: SendingWorld, value: string): Promise<number> {
  const { status } = await agency.send('PUT', '/v1/bills/H-1', {
    payerId: 'S-1',
    payerName: 'Salim',
    description: 'Contribution',
    amount: { value, currency: 'OMR' },
    dueOn: '2026-11-30',
  });
  return status;
}

t.test('let go above the ceiling: as much as was seen, not whatever it becomes', async (t) => {
  const world = await makeSendingWorld(t);
  const { db } = world;
  await mandateFor(world, 'S-1');
  await addBills(db, 'om', [{ number: 'H-1', payer: 'S-1', amount: '700.000', dueOn: '2026-11-30' }]);
  await workDebits(world, '2026-11-27T06:00:00Z');
  await letGo(world, /700\.000 OMR/);
  t.equal(await raise(world, '99000.000'), 200);
  t.equal((await workDebits(world, '2026-12-01T06:00:00Z')).size, 0);
  t.match(await debitsSeen(world), [{ state: 'held', why: 'per-debit', over: false }]);
  await workDebits(world);
  await letGo(world, /99000\.000 OMR/);
  t.equal(await raise(world, '98000.000'), 200, 'less than was seen');
  await workDebits(world, '2026-12-03T06:00:00Z');
  await workDebits(world, '2026-12-06T06:00:00Z');
  t.match(await debitsSeen(world), [{ state: 'sent', amount_minor: 98_000_000n, over: true }]);
  await assertBooksBalance(db);
});

t.test('built late, in another month: within that month’s ceiling', async (t) => {
  const world = await makeSendingWorld(t);
  const { db, agency, sending } = world;
  const most = { value: '500.000', currency: 'OMR' };
  const mandateId = await mandateFor(world, 'S-1', { ceiling: { perDebit: most, perMonth: most } });
  await addBills(db, 'om', [
    { number: 'M-1', payer: 'S-1', amount: '400.000', dueOn: '2026-11-30' },
    { number: 'M-2', payer: 'S-1', amount: '400.000', dueOn: '2026-12-31' },
  ]);
  await setClock(db, '2026-11-27T06:00:00Z');
  await planDebits(sending, BILLERS.om.id);
  t.match(await debitsSeen(world), [{ state: 'planned', collect_on: '2026-11-30' }]);
  // The worker stood still meanwhile.
  await setClock(db, '2026-12-01T06:00:00Z');
  const { status } = await agency.send('POST', '/v1/debits', { reference: 'X', mandateId, bills: ['M-2'] });
  t.equal(status, 202);
  await buildDebits(sending, BILLERS.om.id);
  t.match(await debitsSeen(world), [
    { state: 'held', why: 'per-month', collect_on: '2026-12-02', bills: ['M-1'] },
    { state: 'built', collect_on: '2026-12-02', bills: ['M-2'] },
  ]);
});
