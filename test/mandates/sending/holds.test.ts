// Above a ceiling persons decide: it goes as it is, told to the payer before, or not at all and never again by itself.
import t from 'tap';
import { accept } from '../../support/approvals.ts';
import { act } from '../../support/mandates.ts';
import { debitEvents, debitsSeen, makeSendingWorld, mandateFor, workDebits } from '../../support/sending.ts';
import { reviewDebits } from '../../../src/mandates/index.ts';
import { addBills, BILLERS } from '../../support/world.ts';
import type { SendingWorld } from '../../support/sending.ts';

interface Asked {
  readonly approvalId: string;
  readonly summary: string;
  readonly state: string;
}

async function asked({ approver }: SendingWorld): Promise<Asked[]> {
  const { body, text } = await approver.send<{ items: Asked[] }>('GET', '/v1/approvals?kind=debit');
  if (body === undefined) throw new Error(text);
  return [...body.items].sort((a, b) => (a.summary < b.summary ? -1 : 1));
}

t.test('held, asked about once, accepted or rejected', async (t) => {
  const world = await makeSendingWorld(t);
  const { db, approver, second } = world;
  for (const payer of ['S-1', 'S-2']) await mandateFor(world, payer);
  await addBills(db, 'om', [
    { number: 'H-1', payer: 'S-1', amount: '700.000', dueOn: '2026-11-30' },
    { number: 'H-2', payer: 'S-2', amount: '800.000', dueOn: '2026-11-30' },
  ]);
  await workDebits(world, '2026-11-27T06:00:00Z');
  await workDebits(world);
  const [one, two, ...none] = await asked(world);
  if (one === undefined || two === undefined) throw new Error('nobody was asked');
  t.same(none, []);
  t.match(one.summary, /700\.000 OMR from payer S-1 on 2026-11-30 .* above the ceiling of one debit/);
  t.same(await debitEvents(world), ['debit.held', 'debit.held'], 'and not announced');
  t.equal((await workDebits(world, '2026-11-29T06:00:00Z')).size, 0);

  const taken = await accept(approver, one.approvalId);
  t.equal(taken.status, 200, taken.text);
  const refused = await second.send('POST', `/v1/approvals/${two.approvalId}/reject`, {
    comment: 'too much',
  });
  t.equal(refused.status, 200, refused.text);
  t.match(await debitsSeen(world), [
    { state: 'dropped', why: 'rejected', bills: ['H-2 withdrawn'] },
    // Told on the 29th, three days before; the 2nd is a Wednesday.
    { state: 'planned', amount_minor: 700_000n, collect_on: '2026-12-02', send_on: '2026-12-01' },
  ]);
  t.same(await debitEvents(world), ['debit.held', 'debit.held', 'debit.announced', 'debit.dropped']);
  const files = await workDebits(world, '2026-12-01T06:00:00Z');
  t.equal(files.size, 1, 'above the ceiling, and not held again');
  t.match(
    await debitsSeen(world),
    [{ state: 'dropped' }, { state: 'sent' }],
    'and the other is not planned anew',
  );
});

t.test('what is held ends with its mandate, and its request with it', async (t) => {
  const world = await makeSendingWorld(t);
  const { db, agency, approver, sending } = world;
  const id = await mandateFor(world, 'S-1');
  await addBills(db, 'om', [{ number: 'H-1', payer: 'S-1', amount: '700.000', dueOn: '2026-11-30' }]);
  await workDebits(world, '2026-11-27T06:00:00Z');
  const [one] = await asked(world);
  if (one === undefined) throw new Error('nobody was asked');
  await act(agency, id, 'suspension', { reason: 'asked for time' });
  t.match(await accept(approver, one.approvalId), { status: 409 });
  t.equal(await reviewDebits(sending, BILLERS.om.id), 1);
  t.match(await debitsSeen(world), [
    { state: 'dropped', why: 'mandate-suspended', bills: ['H-1 withdrawn'] },
  ]);
  t.match(await approver.send('GET', `/v1/approvals/${one.approvalId}`), { body: { state: 'withdrawn' } });
});
