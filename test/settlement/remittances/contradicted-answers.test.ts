// Answers that cannot be, or contradict themselves or one another: nothing of them moves money, a person is told.
import t, { type Test } from 'tap';
import { checkBooks } from '../../../src/desk/index.ts';
import { handOver, handOverParts } from '../../../src/orders/index.ts';
import { makeOrders } from '../../../src/settlement/orders/index.ts';
import { endRemittance } from '../../../src/settlement/remittances/index.ts';
import { answer, envelope, messageIdOf, report, reportOf } from '../../support/bank-answers.ts';
import {
  eventsOf,
  makeRemitWorld,
  planned,
  standing,
  work,
  type RemitWorld,
} from '../../support/remit-world.ts';
import { BILLERS, setClock } from '../../support/world.ts';

const OM = BILLERS.om.id;
const DUE = '2026-11-23T06:00:00Z';

async function orderFile(world: RemitWorld) {
  const [file] = await world.db.transaction((tx) =>
    tx.query<{ message_id: string; state: string; failure: string | null }>('select * from order_file'),
  );
  if (file === undefined) throw new Error('no order was made');
  return file;
}

/** Handed over up to a point, where the worker is lost. */
async function stoppedAt(world: RemitWorld, point: string): Promise<void> {
  const at = async (reached: string) => {
    if (reached === point) throw new Error(`broken off at ${point}`);
  };
  await handOver({ ...handOverParts(world.parts), leaseMs: 0, at }, { evenLater: true });
}

async function made(t: Test) {
  const world = await makeRemitWorld(t);
  const one = await planned(world);
  await setClock(world.db, DUE);
  await makeOrders(world.parts);
  return { world, one, message: (await orderFile(world)).message_id };
}

async function sent(t: Test) {
  const world = await makeRemitWorld(t);
  const one = await planned(world);
  const message = messageIdOf(await work(world, DUE));
  const state = async () => (await standing(world.db, one.remittanceId))['state'];
  return { world, id: one.endToEndId, message, state };
}

t.test('of an order that was never offered nothing is believed', async (t) => {
  const { world, one, message } = await made(t);
  const bytes = report(message, 'RJCT');
  t.match(await answer(world, bytes), { outcome: { rejected: 0, conflicts: [message] } });
  t.match(await standing(world.db, one.remittanceId), { state: 'sent', sent_at: null });
  t.equal((await work(world)).size, 1, 'it goes');
  t.match(await answer(world, bytes), { known: false, outcome: { rejected: 1 } }, 'now it can be so');
  t.strictSame(await checkBooks(world.db), []);
});

for (const [point, files] of [
  ['offered', 0],
  ['renamed', 1],
] as const)
  t.test(
    `who answers an order left at ${point} has it: that is told first, and it goes no more`,
    async (t) => {
      const { world, one, message } = await made(t);
      await stoppedAt(world, point);
      t.match(await answer(world, report(message, 'RJCT')), { outcome: { rejected: 1, conflicts: [] } });
      t.match(await standing(world.db, one.remittanceId), { state: 'rejected', sent_at: Date });
      t.match(await orderFile(world), { state: 'rejected' });
      t.equal((await work(world)).size, files);
      t.same(
        (await eventsOf(world.db, OM)).map(({ type }) => type),
        ['remittance.sent', 'remittance.returned'],
      );
      t.match(await orderFile(world), { state: 'rejected' });
      t.strictSame(await checkBooks(world.db), []);
    },
  );

for (const point of ['claimed', 'written', 'offered'])
  t.test(`a file left at ${point} does not go once a transfer of it has ended`, async (t) => {
    const { world, one } = await made(t);
    await stoppedAt(world, point);
    const which = { billerId: OM, remittanceId: one.remittanceId };
    await world.db.transaction((tx) => endRemittance(tx, { ...which, to: 'returned', reason: 'by hand' }));
    const parts = { ...handOverParts(world.parts), leaseMs: 0 };
    const { handedOver, failed } = await handOver(parts, { evenLater: true });
    t.same(handedOver, []);
    t.match(failed, [{ failure: /transfers of it have ended/ }]);
    t.match(await orderFile(world), { state: 'made' });
    t.equal((await work(world)).size, 0);
    t.same(
      (await eventsOf(world.db, OM)).map(({ type }) => type),
      ['remittance.returned'],
    );
    t.strictSame(await checkBooks(world.db), []);
  });

t.test('another payment block than ours moves nothing', async (t) => {
  const { world, id, message, state } = await sent(t);
  const foreign = { id: `${message}-2`, word: 'RJCT', transfers: [[id, 'RJCT'] as const] };
  t.match(await answer(world, reportOf(message, 'RJCT', [foreign])), {
    outcome: { rejected: 0, accepted: 0, unknown: [`${message}-2`] },
  });
  const ours = { id: `${message}-1`, word: 'ACSP' };
  t.match(await answer(world, reportOf(message, 'PART', [foreign, ours])), {
    outcome: { rejected: 0, accepted: 1, unknown: [`${message}-2`], conflicts: [] },
  });
  t.match(
    await answer(world, reportOf(message, '', [ours, { id: `${message}-1`, word: 'RJCT' }])),
    { outcome: { rejected: 0, accepted: 0, conflicts: [id] } },
    'two words for one block',
  );
  t.equal(await state(), 'sent');
});

t.test('two final words in one answer are for a person, wherever they stand', async (t) => {
  const { world, id, message, state } = await sent(t);
  const twice = (one: string, other: string) => [[id, one] as const, [id, other] as const];
  const conflicting: Record<string, Buffer> = {
    'one report': report(message, '', twice('RJCT', 'ACSC')),
    'the other way round': report(message, '', twice('ACCC', 'CANC')),
    'yes and no': report(message, '', twice('ACSP', 'RJCT')),
    'two reports': envelope(report(message, 'RJCT'), report(message, 'ACSC')),
    'transfer and whole': report(message, 'ACSC', [[id, 'RJCT']]),
  };
  for (const [what, bytes] of Object.entries(conflicting))
    t.match(
      await answer(world, bytes),
      { outcome: { accepted: 0, rejected: 0, conflicts: [id], conflictCount: 1 } },
      what,
    );
  t.equal(await state(), 'sent');
  t.match(await answer(world, report(message, '', twice('PDNG', 'RJCT'))), { outcome: { rejected: 1 } });
});

t.test('a bank that takes back what was final is not followed', async (t) => {
  const { world, id, message, state } = await sent(t);
  t.match(await answer(world, report(message, '', [[id, 'ACSC']])), { outcome: { accepted: 1 } });
  for (const word of ['RJCT', 'CANC'])
    t.match(await answer(world, report(message, word)), { outcome: { rejected: 0, conflicts: [id] } });
  t.equal(await state(), 'sent');
  const again = await sent(t);
  t.match(await answer(again.world, report(again.message, 'RJCT')), { outcome: { rejected: 1 } });
  t.match(
    await answer(again.world, report(again.message, 'ACCC')),
    { outcome: { accepted: 0, conflicts: [again.id] } },
    'nor one that has carried out what it had rejected',
  );
});
