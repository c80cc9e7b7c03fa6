// Persons decide late: what was asked for on a day that has been closed since enters the open day, and the closed one
// stays as it is; a remittance that is approved after its value date goes on the next day that the bank can keep.
import t, { type Test } from 'tap';
import { showId } from '../../src/kernel/ids.ts';
import { readBatch, type Remittance } from '../../src/settlement/index.ts';
import { accept, ask, idOf } from '../support/approvals.ts';
import { bill } from '../support/client.ts';
import { startTestWorld } from '../support/gateway.ts';
import {
  eventsOf,
  makeRemitWorld,
  planned,
  standing,
  work,
  type RemitWorld,
} from '../support/remit-world.ts';
import { close, column, EVENING, faultsOf, totalOf } from '../support/settling.ts';
import { colleague } from '../support/staff.ts';
import { addBills, BILLERS, setClock } from '../support/world.ts';

const OM = BILLERS.om.id;
const OMR = (value: string): { value: string; currency: string } => ({ value, currency: 'OMR' });

t.test('asked for before the seal, accepted after it', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  const one = await colleague(db, baseUrl, 'one', 'operator-admin');
  const two = await colleague(db, baseUrl, 'two', 'operator-admin');
  await addBills(db, 'om', [
    { number: 'PAID', amount: '100.000' },
    { number: 'NEXT', amount: '30.000' },
  ]);
  await world.client('bank').pay({ bills: [bill('PAID', '100.000')] });
  await world.client('bank').pay({ bills: [bill('PAID', '100.000')], cashHeld: true });
  const asked = async (kind: string, content: object): Promise<string> =>
    idOf(ask(one, kind, content, { billerCode: 'om-social' }));
  const waiting = [
    await asked('adjustment', { amount: OMR('-4.000'), against: 'fees', reason: 'a fee that was missing' }),
    await asked('credit-remit', { payerId: 'E-1', amount: OMR('20.000'), reason: 'of 2025' }),
    await asked('credit-apply', { payerId: 'E-1', amount: OMR('30.000'), billNumber: 'NEXT' }),
  ];
  await setClock(db, EVENING);
  const { batch: first } = await close(db);
  t.match(await totalOf(db, first), { payments: 1, adjustments: 0, creditedMinor: 100_000n });
  t.equal(first.remittedMinor, 100_000n);
  for (const id of waiting) t.equal((await accept(two, id)).code, 'ok');
  t.same(await db.transaction((tx) => readBatch(tx, OM, first.settlementId)), first, 'it is as it was');
  t.same(await faultsOf(db), [], 'nothing has entered it');

  await setClock(db, '2026-11-23T12:00:01Z');
  const { batch: second } = await close(db, '2026-11-23');
  t.match(await totalOf(db, second), {
    payments: 1,
    grossMinor: 30_000n,
    adjustments: 2,
    adjustedMinor: 16_000n,
    netMinor: 46_000n,
  });
  t.same(await column(db, second, 'channel', 'grossMinor'), { '': 0n, credit: 30_000n });
  t.same(await faultsOf(db), []);
});

async function approvals(world: RemitWorld): Promise<(one: Remittance) => Promise<void>> {
  const persons = await Promise.all(
    ['amal', 'badr'].map((login) => colleague(world.db, world.baseUrl, login, 'operator-admin')),
  );
  return async ({ remittanceId }) => {
    const { approval_id: approvalId } = await standing(world.db, remittanceId);
    for (const person of persons) {
      const { code, text } = await accept(person, showId('apr', String(approvalId)));
      if (code !== 'ok') throw new Error(text);
    }
  };
}

/** It went in one order that executes on this day. */
async function wentOn(t: Test, world: RemitWorld, { endToEndId }: Remittance, date: string): Promise<void> {
  const files = [...(await work(world)).values()];
  t.equal(files.length, 1);
  t.match(files[0], `<EndToEndId>${endToEndId}</EndToEndId>`);
  t.match(files[0], `<ReqdExctnDt><Dt>${date}</Dt></ReqdExctnDt>`);
}

t.test('a remittance is approved after its value date', async (t) => {
  const world = await makeRemitWorld(t, { approveAboveMinor: '0' });
  const one = await planned(world);
  t.match(one, { held: 'approval', valueDate: '2026-11-24', executeOn: '2026-11-23', late: false });
  t.equal((await work(world, '2026-12-03T06:00:00Z')).size, 0, 'nobody has decided');
  await (
    await approvals(world)
  )(one);
  // A Thursday: the agency works from Monday on, so the bank is told on its own Sunday, a day before.
  const dates = { execute_on: '2026-12-06', value_date: '2026-12-07', late: true };
  t.match(await standing(world.db, one.remittanceId), { state: 'approved', held: null, ...dates });
  t.equal((await work(world)).size, 0, 'not earlier than needed');
  await setClock(world.db, '2026-12-06T06:00:00Z');
  await wentOn(t, world, one, '2026-12-06');
  t.match(await standing(world.db, one.remittanceId), { state: 'sent', ...dates });
  t.match(await eventsOf(world.db, OM), [
    { type: 'remittance.sent', payload: { valueDate: '2026-12-07', late: true, businessDate: '2026-11-22' } },
  ]);
});

t.test('it is approved in time, and the worker comes after its value date', async (t) => {
  const world = await makeRemitWorld(t, { approveAboveMinor: '0' });
  const one = await planned(world);
  await (
    await approvals(world)
  )(one);
  t.match(await standing(world.db, one.remittanceId), {
    state: 'approved',
    value_date: '2026-11-24',
    late: false,
  });
  await setClock(world.db, '2026-11-26T11:00:00Z'); // after the bank's cut-off on its last working day of the week
  await wentOn(t, world, one, '2026-11-29');
  t.match(await standing(world.db, one.remittanceId), {
    state: 'sent',
    execute_on: '2026-11-29',
    value_date: '2026-11-30',
    late: true,
  });
});
