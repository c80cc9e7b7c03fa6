// One booking that one message says as a sum and another in its parts: under the bank's reference it is known by itself, of
// the same day and amount alone a person says what it is. Whatever comes first, the money moves once.
import t, { type Test } from 'tap';
import { placeStatements } from '../../../src/reconciliation/statements/index.ts';
import { assertBooksBalance } from '../../support/books.ts';
import { resolve, resolved, look } from '../../support/breaks.ts';
import { balances, makeRemitWorld } from '../../support/remit-world.ts';
import type { Booking, Statement } from '../../support/bank-statement.ts';
import {
  bringOurs,
  brokenLine,
  deskOf,
  linesOf,
  outcomesOf,
  statementParts,
} from '../../support/statement-world.ts';

/** Of one booking; `n` tells one from another. */
const parts = (n = 0n) =>
  [
    { minor: 10n + n, text: 'one', ref: `P1-${n}` },
    { minor: 15n, text: 'two', ref: `P2-${n}` },
  ] as const;
const total = (n = 0n): Booking => ({ minor: 25n + n, ref: `B${n}`, text: 'sum' });
const told = (n = 0n): Booking => ({ ...total(n), parts: parts(n) });
const alone = (n = 0n): Booking => ({ ...total(n), parts: [{ minor: 25n + n, ref: `P${n}` }] });
const PARTS = parts();
const TOTAL = total();
const TOLD = told();
const NOTICE: Partial<Statement> = { id: 'N', notification: true };
const ACCEPTED = { body: { state: 'accepted' } };

const world = async (t: Test) => {
  const made = await makeRemitWorld(t);
  return { ...made, bank: statementParts(made) };
};

for (const [first, early, late] of [
  ['notified, and then in the statement', NOTICE, {}],
  ['in the statement, and then notified', {}, NOTICE],
  ['by two statements of a day', { id: 'S1' }, { id: 'S2' }],
] as const)
  t.test(`${first}: parts and their sum, the sum and its parts, both again`, async (t) => {
    const { db, bank } = await world(t);
    await bringOurs(bank, [told(0n), total(1n), alone(2n), told(3n)], early);
    const { fileId } = await bringOurs(bank, [total(0n), told(1n), total(2n), told(3n)], late);
    t.same(await outcomesOf(db, fileId), Array(6).fill('repeated'));
    t.match(await balances(db, 0), { 'bank/1': 106n, suspense: -106n });
    const matches = (await linesOf(db, fileId)).flatMap((line) => line.matches);
    t.equal(
      matches.reduce((sum, { amount_minor }) => sum + BigInt(amount_minor), 0n),
      106n,
    );
    await assertBooksBalance(db);
  });

t.test('each sum is said again once', async (t) => {
  const { db, bank } = await world(t);
  await bringOurs(bank, [TOLD], NOTICE);
  const { fileId } = await bringOurs(bank, [TOTAL, { ...TOTAL, text: 'another' }]);
  t.same((await outcomesOf(db, fileId)).sort(), ['repeated', 'suspense']);
  t.match(await balances(db, 0), { 'bank/1': 50n });
  await assertBooksBalance(db);
});

for (const [name, early] of [
  ['parts of a booking', [{ minor: 25n, ref: 'other', parts: PARTS }]],
  [
    'bookings of their own',
    [
      { minor: 10n, ref: 'P1', text: 'one' },
      { minor: 15n, ref: 'P2', text: 'two' },
    ],
  ],
] as const) {
  t.test(`${name}, and a sum under another reference: a person says it is one`, async (t) => {
    const made = await world(t);
    const { db, bank } = made;
    const desk = await deskOf(made);
    await bringOurs(bank, early, NOTICE);
    const { fileId } = await bringOurs(bank, [TOTAL]);
    t.same(await outcomesOf(db, fileId), ['break']);
    t.match(await balances(db, 0), { 'bank/1': 25n }, 'no money has moved twice');
    t.match(await resolved(desk, await brokenLine(db, fileId, 1), 'same-line'), ACCEPTED);
    t.match(await linesOf(db, fileId), [
      {
        outcome: 'repeated',
        matches: [
          { kind: 'claims', amount_minor: 10 },
          { kind: 'claims', amount_minor: 15 },
        ],
      },
    ]);
    const again = await bringOurs(bank, [...early], { id: 'S2' });
    t.same(
      (await outcomesOf(db, again.fileId)).includes('suspense'),
      false,
      'what was claimed is not claimed again',
    );
    await assertBooksBalance(db);
  });

  t.test(`a sum, and then ${name} under another reference: one break for all of them`, async (t) => {
    const made = await world(t);
    const { db, bank } = made;
    const desk = await deskOf(made);
    await bringOurs(bank, [TOTAL]);
    const { fileId } = await bringOurs(bank, early, NOTICE);
    t.same(await outcomesOf(db, fileId), ['break', null], 'the others wait for the answer');
    const id = await brokenLine(db, fileId, 1);
    t.match(await look(desk.one, id), { body: { mayEndBy: ['same-line', 'another-booking'] } });
    t.match(await resolved(desk, id, 'same-line'), ACCEPTED);
    t.same(await outcomesOf(db, fileId), ['repeated', 'repeated']);
    t.match(await balances(db, 0), { 'bank/1': 25n });
    await assertBooksBalance(db);
  });
}

t.test('another booking: sum and parts are both booked', async (t) => {
  const made = await world(t);
  const { db, bank } = made;
  const desk = await deskOf(made);
  await bringOurs(bank, [TOTAL]);
  const { fileId } = await bringOurs(bank, [{ minor: 25n, ref: 'other', parts: PARTS }], NOTICE);
  t.match(await resolved(desk, await brokenLine(db, fileId, 1), 'another-booking'), ACCEPTED);
  await placeStatements(bank);
  t.same(await outcomesOf(db, fileId), ['suspense', 'suspense']);
  t.match(await balances(db, 0), { 'bank/1': 50n });
  await assertBooksBalance(db);
});

t.test('the sum is claimed by somebody else meanwhile', async (t) => {
  const made = await world(t);
  const { db, bank } = made;
  const desk = await deskOf(made);
  await bringOurs(bank, [{ minor: 25n, ref: 'other', parts: PARTS }], NOTICE);
  const { fileId } = await bringOurs(bank, [TOTAL, { ...TOTAL, ref: 'C' }]);
  t.same(await outcomesOf(db, fileId), ['break', 'break']);
  const [one, two] = [await brokenLine(db, fileId, 1), await brokenLine(db, fileId, 2)];
  t.match(await resolved(desk, one, 'same-line'), ACCEPTED);
  t.match(await resolve(desk.one, two, 'same-line'), { code: 'approval-impossible' });
  t.match(await resolved(desk, two, 'another-booking'), ACCEPTED);
  await placeStatements(bank);
  t.same(await outcomesOf(db, fileId), ['repeated', 'suspense']);
  await assertBooksBalance(db);
});

t.test('two kinds of notification say one booking under references of their own', async (t) => {
  const { db, bank } = await world(t);
  await bringOurs(bank, [{ minor: 7n, ref: 'A', text: 'x' }], NOTICE);
  const next = await bringOurs(bank, [{ minor: 7n, ref: 'B', text: 'y' }], { ...NOTICE, id: 'N2' });
  t.same(await outcomesOf(db, next.fileId), ['suspense'], 'two of one kind are two bookings');
  const { fileId } = await bringOurs(bank, [{ minor: 7n, ref: 'C', text: 'z' }], { id: 'R', report: true });
  t.same(await outcomesOf(db, fileId), ['break']);
  t.match(await balances(db, 0), { 'bank/1': 14n });
});
