// Several workers at once, whose connections are cut again and again: every debit is booked once.
import t from 'tap';
import { Directory } from '../../../src/channels/index.ts';
import { bookDebits, type BookingTools } from '../../../src/mandates/index.ts';
import { undoTools } from '../../../src/payments/index.ts';
import { openDatabase } from '../../../src/platform/db/index.ts';
import { debit, makeDebitWorld, say } from '../../support/debits.ts';
import { balances } from '../../support/remit-world.ts';
import { until } from '../../support/until.ts';
import { BILLERS } from '../../support/world.ts';

const DEBITS = 60;
const CUTS = 8;

t.test('three workers, killed in the middle', async (t) => {
  const world = await makeDebitWorld(t);
  const { db } = world;
  for (let n = 1; n <= DEBITS; n++) {
    const debitId = await debit(world, [
      { number: `D-${n}-1`, amount: '1.000' },
      { number: `D-${n}-2`, amount: '2.000' },
    ]);
    await say(world, debitId, n % 5 === 0 ? 'rejected' : 'settled', n % 5 === 0 ? 'AM04' : null);
    if (n % 7 === 0) await say(world, debitId, 'returned', 'MD06');
  }
  const left = async (): Promise<number> => {
    const [row] = await db.transaction((tx) =>
      tx.query<{ left: number }>('select count(*)::int as left from debit_word where booked_at is null'),
    );
    return row?.left ?? 0;
  };
  let cuts = 0;
  const workers = await Promise.all(
    ['booker-1', 'booker-2', 'booker-3'].map(async (name) => {
      const database = openDatabase(world.url, { poolSize: 2, applicationName: name });
      t.teardown(() => database.close());
      const directory = await Directory.open(database);
      return { ...world.tools, database, directory, openDays: undoTools(database, directory).openDays };
    }),
  );
  const work = async (tools: BookingTools): Promise<void> => {
    while ((await left()) > 0) await bookDebits(tools).catch(() => (cuts += 1));
  };
  const cut = async (): Promise<void> => {
    for (let n = 0; n < CUTS; n++)
      await until('somebody is cut off in the middle of something', async () => {
        const hit = await db.transaction((tx) =>
          tx.query(
            `select pg_terminate_backend(pid) from pg_stat_activity
              where datname = current_database() and application_name like 'booker%' and backend_xid is not null`,
          ),
        );
        return hit.length > 0 || (await left()) === 0;
      });
  };
  await Promise.all([...workers.map(work), cut()]);
  t.ok(cuts > 0, `${cuts} rounds were cut off`);
  const states = await db.transaction((tx) =>
    tx.query('select state, count(*)::int as n from debit_order group by 1 order by 1'),
  );
  t.same(states, [
    { state: 'collected', n: 41 },
    { state: 'failed', n: 12 },
    { state: 'returned', n: 7 },
  ]);
  const paid = await db.transaction((tx) =>
    tx.query('select status, count(*)::int as n from payment group by 1 order by 1'),
  );
  t.same(paid, [
    { status: 'accepted', n: 41 },
    { status: 'reversed', n: 7 },
  ]);
  t.equal((await balances(db, BILLERS.om.id))['channel/receivable/1'], 41n * 3000n);
});
