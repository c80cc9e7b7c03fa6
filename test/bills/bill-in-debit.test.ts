// What a debit at the bank collects does not change until it is answered: by PUT, cancellation or file; not even when the
// debit is built in the very moment of the change.
import t from 'tap';
import type { BillAnswer } from '../../src/bills/bill-answer.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { Tx } from '../../src/platform/db/index.ts';
import { HEADER, line, loaded, rejects, send } from '../support/bill-files.ts';
import { startBillsGateway, type BillsGateway } from '../support/bills-gateway.ts';
import { clientsOf } from '../support/gateway.ts';
import { lockWaiters, until } from '../support/until.ts';
import { addBills, BILLERS } from '../support/world.ts';

const OM = BILLERS.om.id;
const BODY = {
  payerId: 'E-1',
  payerName: 'Al Noor',
  description: 'Due',
  amount: { value: '2.000', currency: 'OMR' },
  dueOn: '2026-12-31',
};

async function debit(tx: Tx, state: string, bills: readonly string[]): Promise<void> {
  const debitId = newId(Date.now(), OM);
  await tx.query(
    `insert into debit_order (biller_id, debit_id, mandate_biller_id, mandate_id, payer_id, channel_id, cause, attempt, currency,
       amount_minor, collect_on, send_on, state, planned_at, changed_at)
     select $1, $2, $1, $3, 'E-1', min(channel_id), 'due-date', 1, 'OMR', 1000, '2026-12-31', '2026-12-30', $4, now(), now()
       from channel`,
    [OM, debitId, newId(Date.now(), OM), state],
  );
  await tx.query(
    `insert into debit_bill (biller_id, debit_id, bill_number, due_on, owed_as_of, amount_minor, live)
     select $1, $2, n, '2026-12-31', '2026-12-31', 1000, $3 from unnest($4::text[]) n`,
    [OM, debitId, ['planned', 'held', 'built', 'sent'].includes(state), bills],
  );
}

/** Their mandates are of no world: the books would miss them. */
function forgetDebits({ db }: BillsGateway): Promise<unknown> {
  return db.transaction((tx) => tx.query('with bills as (delete from debit_bill) delete from debit_order'));
}

function actions(world: BillsGateway) {
  const om = clientsOf(world, world.baseUrl)('om-social');
  return {
    put: (number: string, more: object = {}) =>
      om.send<BillAnswer>('PUT', `/v1/bills/${number}`, { ...BODY, ...more }),
    cancel: (number: string) =>
      om.send<BillAnswer>('POST', `/v1/bills/${number}/cancellation`, { reference: 'c', reason: 'Twice' }),
  };
}

void t.test('by PUT and cancellation', async (t) => {
  const world = await startBillsGateway(t, { works: false });
  const { put, cancel } = actions(world);
  const states = ['planned', 'held', 'built', 'sent', 'collected', 'failed', 'returned', 'dropped'];
  for (const state of states) {
    await put(state);
    await world.db.transaction((tx) => debit(tx, state, [state]));
  }
  await addBills(world.db, 'eg', [{ number: 'sent', amount: '1.00' }]);
  for (const state of states) {
    const expected = state === 'built' || state === 'sent' ? 'bill-in-debit' : 'ok';
    t.equal((await put(state)).code, 'ok', `the same again while it is ${state}`);
    t.equal((await put(state, { description: 'Other' })).code, expected, `changed while it is ${state}`);
    t.equal((await cancel(state)).code, expected, `cancelled while it is ${state}`);
  }
  t.match(await put('sent', { description: 'Other' }), { status: 409, problem: { billNumber: 'sent' } });
  const eg = clientsOf(world, world.baseUrl)('eg-local');
  const cancellation = { reference: 'c', reason: 'Twice' };
  t.match(await eg.send('POST', '/v1/bills/sent/cancellation', cancellation), { code: 'ok' });
  await forgetDebits(world);
});

void t.test('by the lines of a file', async (t) => {
  const world = await startBillsGateway(t);
  const numbers = ['B-1', 'B-2', 'B-3', 'B-4'];
  await loaded(world, (await send(world, [HEADER, ...numbers.map((n) => line(n))].join('\n'))).body.fileId);
  await world.db.transaction(async (tx) => {
    await debit(tx, 'sent', ['B-1', 'B-2']);
    await debit(tx, 'planned', ['B-3']);
  });
  const other = { amount: '2.000' };
  const file = [
    HEADER,
    line('B-1', other),
    line('B-2'),
    line('B-3', other),
    line('B-4', other),
    line('B-5'),
    line('B-1'),
  ];
  const { fileId } = (await send(world, file.join('\n'))).body;
  t.match(await loaded(world, fileId), { lines: 6, created: 1, replaced: 2, unchanged: 2, rejected: 1 });
  t.same(await rejects(world, fileId), [
    'line,code,field,detail',
    '2,bill-in-debit,billNumber,the bill is in a debit that is built or at the bank; until that has ended the bill cannot change',
  ]);
  await forgetDebits(world);
});

void t.test('built while the change waits for the bill', async (t) => {
  const world = await startBillsGateway(t, { works: false });
  const { put, cancel } = actions(world);
  for (const number of ['B-1', 'B-2']) await put(number);
  const waiting = await world.db.transaction(async (tx) => {
    await tx.query(`select from bill where bill_number in ('B-1', 'B-2') for update`);
    const asked = [put('B-1', { description: 'Other' }), cancel('B-2')];
    await until('both wait', async () => (await lockWaiters(world.db)) === 2);
    await debit(tx, 'built', ['B-1', 'B-2']);
    return asked;
  });
  for (const answer of await Promise.all(waiting)) t.equal(answer.code, 'bill-in-debit');
  await forgetDebits(world);
});
