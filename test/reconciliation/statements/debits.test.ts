// What statements say of debits: the money of one, of a file of them, what the bank takes back; late, twice, in any order, and
// what cannot be so.
import t from 'tap';
import { newId, type Uuid } from '../../../src/kernel/ids.ts';
import { endToEndIdOf } from '../../../src/mandates/debits/index.ts';
import { placeStatements } from '../../../src/reconciliation/statements/index.ts';
import { bookAll, debit, debitStanding, makeDebitWorld, say, type DebitWorld } from '../../support/debits.ts';
import { atBank, inFile } from '../../support/debit-file.ts';
import { balances, close } from '../../support/remit-world.ts';
import { bringOurs, breaksOf, linesOf, outcomesOf, statementParts } from '../../support/statement-world.ts';
import { BILLERS, setClock } from '../../support/world.ts';

const OM = BILLERS.om.id;

const e2e = endToEndIdOf;

/** A debit in a file of its own. */
async function alone(world: DebitWorld, number: string, amount = '100.000'): Promise<Uuid> {
  const debitId = await debit(world, [{ number, amount }]);
  await inFile(world.db, [debitId]);
  return debitId;
}

async function whys(world: DebitWorld): Promise<unknown[]> {
  return (await breaksOf(world.db)).map(({ ours }) => ours['why']);
}

async function states(world: DebitWorld, debits: readonly Uuid[]): Promise<string[]> {
  return Promise.all(debits.map(async (each) => (await debitStanding(world, each)).state));
}

t.test('its money collects it, once, whoever says it first', async (t) => {
  const world = await makeDebitWorld(t);
  const one = await alone(world, 'D-1');
  const parts = statementParts(world);
  const booking = { minor: 100_000n, e2e: e2e(one), ref: 'B1' };
  const early = await bringOurs(parts, [booking], { notification: true });
  const [line] = await linesOf(world.db, early.fileId);
  t.match(line, {
    outcome: 'debit',
    matches: [
      { kind: 'debit', subject_id: one },
      { kind: 'channel', amount_minor: 100_000 },
    ],
  });
  await bookAll(world);
  t.match(await debitStanding(world, one), { state: 'collected', bills: ['D-1 paid paid'] });
  const late = await bringOurs(parts, [booking]);
  t.same(await outcomesOf(world.db, late.fileId), ['repeated']);
  t.match(await balances(world.db, 0), { 'bank/1': 100_000n, 'channel/receivable/1': -100_000n });
  t.equal(await say(world, one, 'settled'), 'known');
  await bookAll(world);
  t.same(await breaksOf(world.db), []);
});

t.test('paid on another word, the line proves it; taken back, all is as before', async (t) => {
  const world = await makeDebitWorld(t);
  const one = await alone(world, 'D-1');
  await say(world, one, 'settled');
  await bookAll(world);
  await setClock(world.db, '2026-11-22T13:00:00Z');
  await close(world);
  const parts = statementParts(world);
  const first = await bringOurs(parts, [{ minor: 100_000n, text: `VIR ${e2e(one)} AL NOOR` }], {
    sequence: 1,
  });
  t.same(await outcomesOf(world.db, first.fileId), ['debit'], 'named in the text');
  const back = await bringOurs(
    parts,
    [{ minor: -100_000n, e2e: e2e(one), reason: 'MD06', code: ['PMNT', 'IDDT', 'UPDD'], ref: 'R1' }],
    { sequence: 2, opening: 100_000n },
  );
  t.same(await outcomesOf(world.db, back.fileId), ['debit-returned']);
  await bookAll(world);
  t.match(await debitStanding(world, one), {
    state: 'returned',
    why: 'payer-took-back',
    bills: ['D-1 returned open'],
  });
  t.notOk('bank/1' in (await balances(world.db, 0)) && (await balances(world.db, 0))['bank/1'] !== 0n);
});

t.test('come and gone in one statement, the return told first', async (t) => {
  const world = await makeDebitWorld(t);
  const [one, two] = [await alone(world, 'D-1'), await alone(world, 'D-2', '50.000')];
  const parts = statementParts(world);
  const { fileId } = await bringOurs(parts, [
    { minor: 100_000n, e2e: e2e(one), ref: 'A' },
    { minor: -100_000n, e2e: e2e(one), reason: 'AC04', reversal: true, ref: 'B' },
    { minor: 50_000n, e2e: e2e(two), ref: 'C' },
  ]);
  t.same(await outcomesOf(world.db, fileId), ['debit', 'debit-returned', 'debit']);
  await bookAll(world);
  t.same(await states(world, [one, two]), ['returned', 'collected']);
  const [three, four] = [await alone(world, 'D-3'), await alone(world, 'D-4')];
  const next = await bringOurs(
    parts,
    [
      { minor: -100_000n, e2e: e2e(three), reason: 'AM04', ref: 'D' },
      { minor: 100_000n, e2e: e2e(four), ref: 'E' },
      { minor: 100_000n, e2e: e2e(three), ref: 'F' },
    ],
    { sequence: 2, opening: 50_000n },
  );
  await placeStatements(parts);
  t.same(await outcomesOf(world.db, next.fileId), ['debit-returned', 'debit', 'debit']);
  await bookAll(world);
  t.same(await states(world, [three, four]), ['returned', 'collected']);
  t.match(await debitStanding(world, three), { why: 'insufficient-funds', bills: ['D-3 returned open'] });
});

t.test('what cannot be so is a break', async (t) => {
  const world = await makeDebitWorld(t);
  const [amount, twice, refused, never] = [
    await alone(world, 'D-1'),
    await alone(world, 'D-2'),
    await alone(world, 'D-3'),
    await debit(world, [{ number: 'D-4', amount: '100.000' }], { state: 'built' }),
  ];
  const direct = await debit(world, [{ number: 'D-5', amount: '100.000' }]);
  await inFile(world.db, [direct], { account: null });
  await say(world, refused, 'rejected', 'AC04');
  const parts = statementParts(world);
  const stranger = endToEndIdOf(newId(Date.now(), OM));
  const { fileId } = await bringOurs(parts, [
    { minor: 99_000n, e2e: e2e(amount), ref: '1' },
    { minor: 100_000n, e2e: e2e(twice), ref: '2' },
    { minor: 100_000n, e2e: e2e(twice), ref: '3' },
    { minor: 100_000n, e2e: e2e(refused), ref: '4' },
    { minor: -100_000n, e2e: e2e(refused), ref: '5' },
    { minor: 100_000n, e2e: e2e(never), ref: '6' },
    { minor: 100_000n, e2e: e2e(direct), ref: '7' },
    { minor: 100_000n, e2e: e2e(twice), reversal: true, ref: '8' },
    { minor: 100_000n, e2e: stranger, ref: '9' },
  ]);
  t.same(await outcomesOf(world.db, fileId), [
    'break',
    'debit',
    'break',
    'break',
    'break',
    'break',
    'break',
    'break',
    'suspense',
  ]);
  const told = await whys(world);
  for (const why of [
    /another amount/,
    /twice/,
    /refused/,
    /never credited/,
    /no bank/,
    /another account/,
    /gives back/,
  ])
    t.ok(
      told.some((each) => typeof each === 'string' && why.test(each)),
      String(why),
    );
  await bookAll(world);
  t.same(await states(world, [amount, twice, refused, never]), ['sent', 'collected', 'failed', 'built']);
});

t.test('a line that is read before the file is with the bank waits for it', async (t) => {
  const world = await makeDebitWorld(t);
  const one = await debit(world, [{ number: 'D-1', amount: '100.000' }], { state: 'built' });
  const messageId = await inFile(world.db, [one], { state: 'made' });
  const parts = statementParts(world);
  const { fileId } = await bringOurs(parts, [{ minor: 100_000n, e2e: e2e(one) }]);
  t.same(await outcomesOf(world.db, fileId), [null]);
  await world.db.transaction((tx) =>
    tx.query(`update order_file set state = 'handed-over', offered_at = now() where message_id = $1`, [
      messageId,
    ]),
  );
  await placeStatements(parts);
  t.same(await outcomesOf(world.db, fileId), ['debit']);
  await bookAll(world);
  t.same(await states(world, [one]), ['collected']);
});

t.test('one credit for a whole file, of several banks', async (t) => {
  const world = await makeDebitWorld(t);
  const debits: Uuid[] = [];
  for (const number of ['D-1', 'D-2', 'D-3']) debits.push(await debit(world, [{ number, amount: '10.000' }]));
  const [one = '', other = '', refused = ''] = debits;
  await atBank(world.db, other, 'kiosk');
  const messageId = await inFile(world.db, debits);
  await say(world, refused, 'rejected', 'AC04');
  const parts = statementParts(world);
  const wrong = await bringOurs(parts, [{ minor: 30_000n, messageId, ref: 'A' }], { sequence: 1 });
  t.same(await outcomesOf(world.db, wrong.fileId), ['break'], 'with one that it has refused');
  const right = await bringOurs(parts, [{ minor: 20_000n, messageId, ref: 'B' }], {
    sequence: 2,
    opening: 30_000n,
  });
  t.match(await linesOf(world.db, right.fileId), [
    {
      outcome: 'debit-total',
      matches: [
        { kind: 'debit-total', subject_id: one },
        { kind: 'debit-total', subject_id: other },
        { kind: 'channel', amount_minor: 10_000 },
        { kind: 'channel', amount_minor: 10_000 },
      ],
    },
  ]);
  const again = await bringOurs(
    parts,
    [
      { minor: 20_000n, messageId, ref: 'C' },
      { minor: 10_000n, e2e: e2e(one), ref: 'D' },
      { minor: -10_000n, e2e: e2e(other), ref: 'E' },
    ],
    { sequence: 3, opening: 50_000n },
  );
  t.same(await outcomesOf(world.db, again.fileId), ['break', 'break', 'debit-returned']);
  t.match(await whys(world), [/another amount/, /twice/, /twice/]);
  await bookAll(world);
  t.same(await states(world, debits), ['collected', 'returned', 'failed']);
  t.match(await balances(world.db, 0), { 'bank/1': 10_000n });
});

t.test('a transfer back to the payer whose text names the debit undoes nothing', async (t) => {
  const world = await makeDebitWorld(t);
  const one = await alone(world, 'D-1');
  const parts = statementParts(world);
  const { fileId } = await bringOurs(parts, [
    { minor: 100_000n, e2e: e2e(one), ref: 'A' },
    { minor: -100_000n, text: `REFUND ${e2e(one)} AL NOOR`, ref: 'B' },
  ]);
  t.same(await outcomesOf(world.db, fileId), ['debit', 'break']);
  await bookAll(world);
  t.match(await debitStanding(world, one), { state: 'collected', bills: ['D-1 paid paid'] });
  t.match(await whys(world), [/only the text names/]);
});
