// The worker books what banks have said, and tells operations what it could not book and what is given up.
import t from 'tap';
import { startTestWorker } from '../../support/confirming.ts';
import { debit, debitStanding, makeDebitWorld, say } from '../../support/debits.ts';
import { until } from '../../support/until.ts';
import { setClock } from '../../support/world.ts';

t.test('booked by the worker, watched by its metrics', async (t) => {
  const world = await makeDebitWorld(t);
  const [paid, refused, stuck] = [
    await debit(world, [{ number: 'D-1', amount: '1.000' }]),
    await debit(world, [{ number: 'D-2', amount: '1.000' }]),
    await debit(world, [{ number: 'D-3', amount: '1.000' }]),
  ];
  await say(world, paid, 'settled');
  await say(world, refused, 'rejected', 'AC04');
  await say(world, stuck, 'settled');
  await world.db.transaction((tx) =>
    tx.query('update debit_order set amount_minor = 999 where debit_id = $1', [stuck]),
  );
  await setClock(world.db, '2026-11-22T08:20:30Z');
  const worker = await startTestWorker(t, world, { WASIT_DATA_DIR: world.dataDir });
  await until('the others are booked', async () => {
    const standings = await Promise.all([paid, refused].map((id) => debitStanding(world, id)));
    return standings.every(({ waiting }) => waiting === 0);
  });
  t.match(await debitStanding(world, paid), { state: 'collected' });
  const metrics = await worker.registry.metrics();
  t.match(metrics, 'wasit_debits_given_up_total{biller="om-social",cause="account-closed"} 1');
  t.match(metrics, /wasit_debit_word_oldest_minutes\{biller="om-social"\} 20/);
  await world.db.transaction((tx) =>
    tx.query('update debit_order set amount_minor = 1000 where debit_id = $1', [stuck]),
  );
});
