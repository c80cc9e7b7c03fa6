// What makes the placing of many lines cheap, and stays true: a line is placed without touching an index, a statement of
// which nothing waits is not looked at again, and balances are locked last.
import t from 'tap';
import { Entries, recordEntries } from '../../../src/ledger/index.ts';
import type { Database } from '../../../src/platform/db/index.ts';
import { receiveFromChannels } from '../../../src/reconciliation/position/index.ts';
import { placeStatements } from '../../../src/reconciliation/statements/index.ts';
import { LANE } from '../../../src/settlement/remittances/index.ts';
import { resolved } from '../../support/breaks.ts';
import { accountId, bankLine, CHANNEL, closedDay, transfer } from '../../support/owing.ts';
import { makeRemitWorld } from '../../support/remit-world.ts';
import { bringOurs, brokenLine, deskOf, outcomesOf, statementParts } from '../../support/statement-world.ts';

const LINES = 8_000;
const CHARGE = ['PMNT', 'MDOP', 'CHRG'] as const;

t.test('what a line was found to be stands in no index, and its page has room for it', async (t) => {
  const { db } = await makeRemitWorld(t);
  const rows = await db.transaction((tx) =>
    tx.query(
      `select i.indexrelid::regclass::text as index from pg_index i join pg_attribute a on a.attrelid = i.indrelid
        where i.indrelid = 'statement_line'::regclass and a.attname in ('outcome', 'placed_at')
          and (a.attnum = any(i.indkey) or pg_get_expr(i.indpred, i.indrelid) ~ a.attname)`,
    ),
  );
  t.same(rows, []);
  const [table] = await db.transaction((tx) =>
    tx.query<{ reloptions: string[] }>(`select reloptions from pg_class where relname = 'statement_line'`),
  );
  t.same(table?.reloptions, ['fillfactor=50']);
});

t.test('a statement says when nothing of it waits, and when something does again', async (t) => {
  const world = await makeRemitWorld(t);
  const desk = await deskOf(world);
  const parts = statementParts(world);
  const left = { ...parts, placeDeposits: () => Promise.resolve() };
  await bringOurs(parts, [{ minor: -100n, ref: 'A' }], { notification: true, id: 'N1' });
  t.same(await placedOf(world.db), [true]);
  const { fileId } = await bringOurs(left, [
    { minor: -100n, ref: 'B' },
    { minor: 700n, text: 'x' },
  ]);
  t.same(await outcomesOf(world.db, fileId), ['break', null]);
  t.same(await placedOf(world.db), [true, false], 'a deposit waits');
  await placeStatements(parts);
  t.same(await placedOf(world.db), [true, true]);
  await resolved(desk, await brokenLine(world.db, fileId, 1), 'another-booking');
  t.same(await placedOf(world.db), [true, false], 'it waits again');
  await placeStatements(parts);
  t.same(await outcomesOf(world.db, fileId), ['break', 'suspense']);
  t.same(await placedOf(world.db), [true, true]);
});

t.test('transfers of channels leave the balances to whoever ends first', async (t) => {
  const world = await makeRemitWorld(t);
  const { db } = world;
  await closedDay(world, '2026-11-22', { kiosk: '10.000' });
  await transfer(world, 1_000n, { channel: 'kiosk' });
  const line = {
    ...(await bankLine(db, { minor: 2_000n, bookedOn: '2026-11-23' })),
    channelId: CHANNEL.kiosk,
    accountId: await accountId(db),
    money: { minor: 2_000n, currency: 'OMR' },
  };
  const entries = new Entries();
  await db.transaction(async (tx) => {
    await receiveFromChannels(tx, [line], entries);
    await db.transaction((other) => other.query('select from balance for update nowait'));
    await recordEntries(tx, entries, LANE);
  });
  t.equal(entries.journals.length, 1);
});

t.test('many lines, though the planner has seen few', async (t) => {
  const world = await makeRemitWorld(t);
  const parts = statementParts(world);
  await bringOurs(parts, [{ minor: 1n, ref: 'A' }], { from: '2026-11-22' });
  await world.db.transaction((tx) => tx.query('analyze statement_line'));
  const many = Array.from({ length: LINES }, (_, n) => ({
    minor: -10n,
    text: `twice ${n >> 1}`,
    code: CHARGE,
  }));
  const hasty = { ...parts, database: { ...world.db, transaction: hurried(world.db) } };
  const { fileId } = await bringOurs(hasty, many, { opening: 1n });
  t.same(new Set(await outcomesOf(world.db, fileId)), new Set(['charge']));
  const [counted] = await world.db.transaction((tx) =>
    tx.query('select occurrence, count(*)::int as lines from statement_line where occurrence = 2 group by 1'),
  );
  t.same(counted, { occurrence: 2, lines: LINES / 2 });
});

/** Every statement within seconds, and not as long as tests may take. */
function hurried(db: Database): Database['transaction'] {
  return (work) =>
    db.transaction(async (tx) => {
      await tx.query(`set local statement_timeout = '4s'`);
      return work(tx);
    });
}

async function placedOf(db: Database): Promise<boolean[]> {
  const rows = await db.transaction((tx) =>
    tx.query<{ placed: boolean }>(
      'select placed_at is not null as placed from statement order by recorded_at, statement_id',
    ),
  );
  return rows.map(({ placed }) => placed);
}
