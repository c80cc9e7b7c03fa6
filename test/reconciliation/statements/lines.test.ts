// What else stands on a statement of ours: charges, transfers of channels, top-ups, money that nobody claims, and what the
// bank takes back.
import t from 'tap';
import { bringOurs, breaksOf, linesOf, outcomesOf, statementParts } from '../../support/statement-world.ts';
import { balances, makeRemitWorld } from '../../support/remit-world.ts';

const CHARGE = ['PMNT', 'MDOP', 'CHRG'] as const;

t.test('charges, given back or not', async (t) => {
  const world = await makeRemitWorld(t);
  const { fileId } = await bringOurs(statementParts(world), [
    { minor: -1_500n, code: CHARGE, ref: 'C1' },
    { minor: -500n, code: CHARGE, ref: 'C2' },
    { minor: 500n, code: CHARGE, ref: 'C2', reversal: true },
  ]);
  t.same(
    await outcomesOf(world.db, fileId),
    ['charge', 'charge', null],
    'what is taken back has to be there first',
  );
  const parts = statementParts(world);
  const { placeStatements } = await import('../../../src/reconciliation/statements/index.ts');
  await placeStatements(parts);
  t.same(await outcomesOf(world.db, fileId), ['charge', 'charge', 'reversed']);
  t.same(await balances(world.db, 0), {
    'bank/1': -1_500n,
    'bank/charges': 1_500n,
    ...(await floats(world)),
  });
});

t.test('a channel is known by its account, or by the mark in its words', async (t) => {
  const world = await makeRemitWorld(t);
  await world.db.transaction((tx) =>
    tx.query(
      `insert into channel_account (channel_id, account) select channel_id, '77001' from channel where code = 'bank'`,
    ),
  );
  const before = await floats(world);
  const { fileId } = await bringOurs(statementParts(world), [
    { minor: 10_000n, from: { name: 'Bank', account: '7700-1' } },
    { minor: 20_000n, text: 'SETTLEMENT WASIT/bank 2026-11-22' },
    { minor: 30_000n, e2e: 'WASIT-agent-20261122' },
    { minor: 40_000n, text: 'bank transfer of somebody' },
    { minor: 50_000n, text: 'WASIT/credit' },
  ]);
  t.same(await outcomesOf(world.db, fileId), ['channel', 'channel', 'top-up', 'suspense', 'suspense']);
  t.match(await linesOf(world.db, fileId), [
    { matches: [{ kind: 'channel', amount_minor: 10_000 }] },
    {},
    { matches: [{ kind: 'top-up' }] },
  ]);
  t.match(await balances(world.db, 0), {
    'bank/1': 150_000n,
    suspense: -90_000n,
    'channel/float/2': (before['channel/float/2'] ?? 0n) - 30_000n,
  });
  t.match(
    (await breaksOf(world.db)).map(({ kind }) => kind),
    ['unplaced-deposit', 'unplaced-deposit'],
  );
});

t.test('what the bank takes back: once, and only what is still there', async (t) => {
  const world = await makeRemitWorld(t);
  const parts = statementParts(world);
  const one = await bringOurs(parts, [{ minor: 9_000n, ref: 'S1', text: 'who knows' }], { sequence: 1 });
  t.same(await outcomesOf(world.db, one.fileId), ['suspense']);
  const back = { minor: -9_000n, ref: 'S1', reversal: true };
  const two = await bringOurs(parts, [back, back, { ...back, ref: 'S7' }], { sequence: 2, opening: 9_000n });
  t.same(await outcomesOf(world.db, two.fileId), ['reversed', 'break', 'break']);
  t.notOk('suspense' in (await balances(world.db, 0)));
  t.match(
    (await breaksOf(world.db)).map(({ ours }) => ours['why']),
    [undefined, /taken this booking back before/, /do not find/],
  );
});

async function floats(world: Awaited<ReturnType<typeof makeRemitWorld>>): Promise<Record<string, bigint>> {
  const all = await balances(world.db, 0);
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => name.startsWith('channel/float') || name === 'bank'),
  );
}
