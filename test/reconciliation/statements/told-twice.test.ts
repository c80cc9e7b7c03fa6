// One booking told twice in ways that are easily taken for two: pages and then the day, a day that closes as it opened,
// other words, another form, another day, the account written otherwise, the first not placed yet.
import t from 'tap';
import { placeStatements } from '../../../src/reconciliation/statements/index.ts';
import {
  bring,
  bringOurs,
  breaksOf,
  continuities,
  OURS,
  outcomesOf,
  statementParts,
  type StatementParts,
} from '../../support/statement-world.ts';
import { balances, makeRemitWorld } from '../../support/remit-world.ts';

const CHARGE = ['PMNT', 'MDOP', 'CHRG'] as const;
const charge = (minor: bigint) => ({ minor, code: CHARGE });
const credit = (ref: string, text = 'hello') => ({ minor: 10n, ref, text });

/** A booking of 10 baisa on the 23rd of November. */
const mt = (booking: string, ...more: readonly string[]): Buffer =>
  Buffer.from(
    [
      ':20:M1',
      `:25:${OURS}`,
      ':28C:1/1',
      ...more.slice(0, 1),
      booking,
      ':86:hello',
      ...more.slice(1),
      '-',
      '',
    ].join('\r\n'),
  );
const mt940 = (booking: string): Buffer => mt(booking, ':60F:C261122OMR1,000', ':62F:C261123OMR1,010');
const mt942 = (booking: string): Buffer => mt(booking, ':34F:OMR0,');

for (const [name, more] of [
  ['the whole day', { id: 'W', sequence: 3, opening: 1000n }],
  ['a late notification', { id: 'N', notification: true }],
] as const)
  t.test(`two pages with a line each that are equal, and then ${name}`, async (t) => {
    const world = await makeRemitWorld(t);
    const parts = statementParts(world);
    await bringOurs(parts, [charge(-10n)], { id: 'P1', sequence: 1, opening: 1000n });
    await bringOurs(parts, [charge(-10n)], { id: 'P2', sequence: 2, opening: 990n });
    const { fileId } = await bringOurs(parts, [charge(-10n), charge(-10n), charge(-10n)], more);
    t.same(await outcomesOf(world.db, fileId), ['repeated', 'repeated', 'charge'], 'each once');
    t.match(await balances(world.db, 0), { 'bank/charges': 30n });
  });

t.test('a day that closes as it opened, sent again under another number', async (t) => {
  const world = await makeRemitWorld(t);
  const parts = statementParts(world);
  const bookings = [charge(-10n), credit('B')];
  await bringOurs(parts, bookings, { id: 'P', sequence: 1, opening: 1000n });
  const { fileId } = await bringOurs(parts, bookings, { id: 'P', sequence: 2, opening: 1000n });
  t.same(await continuities(world.db), ['first', 'overlap']);
  t.same(await outcomesOf(world.db, fileId), ['repeated', 'repeated']);
});

const MANY_WAYS: readonly (readonly [string, (parts: StatementParts) => Promise<unknown>])[] = [
  ['a statement with another reference', (parts) => bringOurs(parts, [credit('A')], { id: 'P' })],
  ['an MT940', (parts) => bring(parts, mt940(':61:2611231123C0,010NTRFNONREF'))],
  [
    'an MT942 that knows the day of value alone',
    (parts) => bring(parts, mt942(':61:261124C0,010NTRFNONREF//B')),
  ],
];
for (const [name, first] of MANY_WAYS)
  t.test(`${name}, and then a statement: a person says whether it is one`, async (t) => {
    const world = await makeRemitWorld(t);
    const parts = statementParts(world);
    await first(parts);
    const { fileId } = await bringOurs(parts, [credit('B')], { id: 'S' });
    t.same(await outcomesOf(world.db, fileId), ['break']);
    t.match(await balances(world.db, 0), { 'bank/1': 10n, suspense: -10n });
    t.same(
      (await breaksOf(world.db)).map(({ kind }) => kind),
      ['unplaced-deposit', 'doubtful-line'],
    );
  });

t.test('what is said again in the same words beside it is not doubtful', async (t) => {
  const world = await makeRemitWorld(t);
  const parts = statementParts(world);
  await bringOurs(parts, [credit('A')], { id: 'P' });
  const { fileId } = await bringOurs(parts, [credit('A'), credit('B')], { id: 'S' });
  t.same(await outcomesOf(world.db, fileId), ['repeated', 'suspense']);
});

t.test('told by a notification, said by the statement, and once more in other words', async (t) => {
  const world = await makeRemitWorld(t);
  const parts = statementParts(world);
  await bringOurs(parts, [credit('A')], { id: 'N', notification: true });
  await bringOurs(parts, [credit('A')], { id: 'P' });
  const { fileId } = await bringOurs(parts, [credit('B')], { id: 'S' });
  t.same(await outcomesOf(world.db, fileId), ['break']);
});

t.test('the account in another way of writing is the same account', async (t) => {
  const world = await makeRemitWorld(t);
  const parts = statementParts(world);
  await bringOurs(parts, [credit('A')], { id: 'N', notification: true });
  const { fileId } = await bringOurs(parts, [credit('A')], { id: 'S', account: `BMUS/${OURS}` });
  t.same(await outcomesOf(world.db, fileId), ['repeated']);
});

t.test('what was told earlier and waits is placed before what may be the same', async (t) => {
  const world = await makeRemitWorld(t);
  const parts = statementParts(world);
  const waiting = { ...parts, placeDeposits: () => Promise.resolve() };
  const notice = await bringOurs(waiting, [credit('A')], { id: 'N', notification: true });
  const statement = await bringOurs(parts, [credit('B')], { id: 'S' });
  t.same(await outcomesOf(world.db, statement.fileId), [null], 'it waits');
  await placeStatements(parts);
  t.same(await outcomesOf(world.db, notice.fileId), ['suspense']);
  t.same(await outcomesOf(world.db, statement.fileId), ['break']);
});
