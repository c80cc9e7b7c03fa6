// Statements that prove remittances: by their end-to-end id, by the total of their order, or by nothing, and a person
// decides. What comes back, before and after its proof.
import t from 'tap';
import { bringOurs, breaksOf, linesOf, outcomesOf, statementParts } from '../../support/statement-world.ts';
import { balances, makeRemitWorld, planned, standing, work } from '../../support/remit-world.ts';
import { BILLERS } from '../../support/world.ts';
import { makeOrders } from '../../../src/settlement/orders/index.ts';
import { trace } from '../../../src/desk/index.ts';
import { showId } from '../../../src/kernel/ids.ts';
import { placeStatements, sweepStatements } from '../../../src/reconciliation/statements/index.ts';
import { setClock } from '../../support/world.ts';

const OM = BILLERS.om.id;
const DUE = '2026-11-23T06:00:00Z';

t.test('a debit with the end-to-end id proves the remittance', async (t) => {
  const world = await makeRemitWorld(t);
  const one = await planned(world);
  await work(world, DUE);
  const parts = statementParts(world);
  const { fileId } = await bringOurs(parts, [{ minor: -125_500n, e2e: one.endToEndId, ref: 'B1' }], {
    opening: 1_000_000n,
  });
  t.match(await linesOf(world.db, fileId), [
    { outcome: 'remittance', matches: [{ kind: 'remittance', subject_id: one.remittanceId }] },
  ]);
  t.match(await standing(world.db, one.remittanceId), {
    state: 'confirmed',
    reason: /^statement stm_\w{26} line 1$/,
  });
  t.match(await balances(world.db, OM), { 'bank/1': -125_500n });
  const again = await bringOurs(parts, [{ minor: -125_500n, e2e: one.endToEndId, ref: 'B1' }], {
    opening: 1_000_000n,
  });
  t.equal(again.known, true, 'the same bytes are one file');
  t.same(await breaksOf(world.db), []);
});

t.test('a statement that is read before the order was handed over waits for it', async (t) => {
  const world = await makeRemitWorld(t);
  const one = await planned(world);
  await setClock(world.db, DUE);
  await makeOrders(world.parts);
  const parts = statementParts(world);
  const { fileId } = await bringOurs(parts, [{ minor: -125_500n, e2e: one.endToEndId }]);
  t.same(await outcomesOf(world.db, fileId), [null]);
  await work(world);
  await placeStatements(parts);
  t.same(await outcomesOf(world.db, fileId), ['remittance']);
  t.match(await standing(world.db, one.remittanceId), { state: 'confirmed' });
});

t.test('another amount, another account, twice, or never ordered: a person decides', async (t) => {
  const world = await makeRemitWorld(t);
  const one = await planned(world);
  const parts = statementParts(world);
  const before = await bringOurs(parts, [{ minor: -125_500n, e2e: one.endToEndId, ref: 'A' }], {
    sequence: 1,
  });
  t.same(await outcomesOf(world.db, before.fileId), ['break'], 'it was never ordered');
  await work(world, DUE);
  const e2e = one.endToEndId;
  const { fileId } = await bringOurs(
    parts,
    [
      { minor: -125_499n, e2e, ref: 'B' },
      { minor: -125_500n, e2e, ref: 'C' },
      { minor: -125_500n, e2e, ref: 'D' },
    ],
    { sequence: 2, opening: -125_500n },
  );
  t.same(await outcomesOf(world.db, fileId), ['break', 'remittance', 'break']);
  t.match(
    (await breaksOf(world.db)).map(({ kind, ours }) => [kind, ours['why']]),
    [
      ['unplaced-line', /approved/],
      ['unplaced-line', /another amount/],
      ['unplaced-line', /twice/],
    ],
  );
});

t.test('a debit that nobody had ordered proves its remittance once that is ordered', async (t) => {
  const world = await makeRemitWorld(t);
  const one = await planned(world);
  const parts = statementParts(world);
  const sweep = () => sweepStatements({ ...parts, dataDir: world.dataDir, billerIds: () => [OM] });
  const e2e = one.endToEndId;
  const { fileId } = await bringOurs(parts, [
    { minor: -125_500n, e2e, ref: 'A' },
    { minor: -125_499n, e2e, ref: 'B' },
  ]);
  await sweep();
  t.same(await outcomesOf(world.db, fileId), ['break', 'break'], 'persons see it at once');
  await setClock(world.db, DUE);
  await makeOrders(world.parts);
  await sweep();
  t.same(await outcomesOf(world.db, fileId), [null, 'break'], 'its order is not with the bank yet');
  await work(world);
  await sweep();
  t.same(await outcomesOf(world.db, fileId), ['remittance', 'break']);
  t.match(await standing(world.db, one.remittanceId), { state: 'confirmed' });
  t.match(
    (await breaksOf(world.db)).map(({ state, ours }) => [state, ours['why']]),
    [
      ['gone', /approved/],
      ['open', /another amount/],
    ],
  );
  const second = await bringOurs(parts, [{ minor: -125_500n, e2e, ref: 'C' }], {
    sequence: 2,
    opening: -250_999n,
  });
  t.same(await outcomesOf(world.db, second.fileId), ['break'], 'the order is debited as well');
});

t.test('the total of an order proves all that is in it', async (t) => {
  const world = await makeRemitWorld(t);
  const one = await planned(world);
  const [[, order] = ['', '']] = await work(world, DUE);
  const messageId = /<MsgId>(\w+)<\/MsgId>/.exec(order)?.[1] ?? '';
  const parts = statementParts(world);
  const { fileId } = await bringOurs(parts, [{ minor: -125_500n, messageId }]);
  t.match(await linesOf(world.db, fileId), [
    { outcome: 'order-total', matches: [{ kind: 'order-total', subject_id: one.remittanceId }] },
  ]);
  t.match(await standing(world.db, one.remittanceId), { state: 'confirmed' });
  const again = await bringOurs(parts, [{ minor: -125_500n, e2e: one.endToEndId }], { sequence: 9 });
  t.same(await outcomesOf(world.db, again.fileId), ['break'], 'it was paid out before');
});

t.test('without a reference it is proposed to a person', async (t) => {
  const world = await makeRemitWorld(t);
  const one = await planned(world);
  await work(world, DUE);
  const { fileId } = await bringOurs(statementParts(world), [{ minor: -125_500n, text: 'OUTWARD TRANSFER' }]);
  t.same(await outcomesOf(world.db, fileId), ['break']);
  t.match(await breaksOf(world.db), [
    { kind: 'unplaced-line', ours: { candidates: [{ remittanceId: one.remittanceId }] } },
  ]);
  t.match(await standing(world.db, one.remittanceId), { state: 'sent' }, 'no money moves');
});

t.test('what comes back is owed again, whether or not its way out was read', async (t) => {
  const world = await makeRemitWorld(t);
  const one = await planned(world);
  await work(world, DUE);
  const parts = statementParts(world);
  const e2e = one.endToEndId;
  const back = { minor: 125_500n, e2e, reason: 'AC04', ref: 'R' };
  const first = await bringOurs(parts, [back], { notification: true, id: 'N1' });
  t.same(await outcomesOf(world.db, first.fileId), ['returned']);
  t.match(await standing(world.db, one.remittanceId), { state: 'returned', reason: /^AC04, statement/ });
  t.match(await balances(world.db, OM), { 'biller/payable': -125_500n });
  const { fileId } = await bringOurs(parts, [back, { minor: -125_500n, e2e, ref: 'O' }]);
  t.same(await outcomesOf(world.db, fileId), ['repeated', 'remittance']);
  t.match(await balances(world.db, OM), { 'biller/payable': -125_500n });
  t.notOk('bank/1' in (await balances(world.db, OM)));
});

t.test('out and back in one statement, in whatever order', async (t) => {
  const world = await makeRemitWorld(t);
  const one = await planned(world);
  await work(world, DUE);
  const e2e = one.endToEndId;
  const { fileId } = await bringOurs(statementParts(world), [
    { minor: 125_500n, e2e, reason: 'AC01' },
    { minor: -125_500n, e2e },
  ]);
  t.same(await outcomesOf(world.db, fileId), ['returned', 'remittance']);
  t.match(await standing(world.db, one.remittanceId), { state: 'returned' });
});

t.test('a second debit says the remittance as the whole file leaves it', async (t) => {
  const world = await makeRemitWorld(t);
  const one = await planned(world);
  await work(world, DUE);
  const e2e = one.endToEndId;
  const { fileId } = await bringOurs(statementParts(world), [
    { minor: -125_500n, e2e, ref: 'A' },
    { minor: -125_500n, e2e, ref: 'B' },
    { minor: 125_500n, e2e, reason: 'AC01', ref: 'C' },
  ]);
  t.same(await outcomesOf(world.db, fileId), ['remittance', 'break', 'returned']);
  t.match(await breaksOf(world.db), [{ ours: { why: /twice/, endToEndId: e2e, state: 'returned' } }]);
});

t.test('the trace of a payment goes down to the line of the statement', async (t) => {
  const world = await makeRemitWorld(t);
  const one = await planned(world);
  await work(world, DUE);
  await bringOurs(statementParts(world), [{ minor: -125_500n, e2e: one.endToEndId, ref: 'B1' }]);
  const [payment] = await world.db.transaction((tx) =>
    tx.query<{ payment_id: string }>('select payment_id from payment where biller_id = 1'),
  );
  const found = await trace(world.db, showId('pay', payment?.payment_id ?? ''));
  t.match(found?.payments[0]?.money, {
    settlementId: /^stl_/,
    remittances: [
      {
        endToEndId: one.endToEndId,
        state: 'confirmed',
        lines: [
          {
            statementId: /^stm_/,
            line: 1,
            kind: 'remittance',
            amount: { value: '-125.500' },
            bankReference: 'B1',
          },
        ],
      },
    ],
  });
});
