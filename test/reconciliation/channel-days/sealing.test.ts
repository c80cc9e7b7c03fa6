// A day is provisional until every biller's day is sealed, and balanced when nothing is open.
import { Registry } from 'prom-client';
import t from 'tap';
import type { Database } from '../../../src/platform/db/index.ts';
import { channelDayMetrics, matchDay, showDay } from '../../../src/reconciliation/channel-days/index.ts';
import { bill } from '../../support/client.ts';
import { dayOf, matched, reconcile, send, told } from '../../support/day-files.ts';
import { at, file, paid, resolve, seal, sweep } from '../../support/day-versions.ts';
import { startTestWorld } from '../../support/gateway.ts';
import { addManyBills, setClock } from '../../support/world.ts';

void t.test('provisional until the seals, balanced when nothing is open', async (t) => {
  const world = await startTestWorld(t);
  const registry = new Registry();
  channelDayMetrics(registry, world.db);
  const unbalanced = async (): Promise<[number, number]> => {
    const values = async (name: string): Promise<number> =>
      (await registry.getSingleMetric(name)?.get())?.values[0]?.value ?? -1;
    return [
      await values('wasit_channel_days_unbalanced'),
      await values('wasit_channel_day_unbalanced_seconds'),
    ];
  };
  await paid(world, 2);
  await reconcile(world, [at(1), at(2), at(3)]);
  t.same(await told(world), ['missing-here r-3']);
  t.same(await sweep(world), [], 'payments may still come');
  t.same(await unbalanced(), [0, 0], 'a day that is not over is not late');

  await addManyBills(world.db, 'om', 'C-', 1, '10.000');
  await world.client('bank').pay({ reference: 'r-3', bills: [bill('C-0001', '10.000')] });
  await addManyBills(world.db, 'om', 'D-', 1, '10.000');
  await world.client('bank').pay({ reference: 'r-4', bills: [bill('D-0001', '10.000')] });
  await seal(world);
  const day = await dayOf(world, 'bank');
  t.match(await sweep(world), [{ channelId: day.channelId, businessDate: day.businessDate }]);
  const final = await matched(world);
  t.match(final, { state: 'matched', balanced: false, balanceBy: '2026-11-24T16:00:00.000Z' });
  t.same(await told(world), ['missing-there r-4'], 'matched again, with what came meanwhile');
  await setClock(world.db, '2026-11-22T19:00:00Z');
  const [days, seconds] = await unbalanced();
  t.equal(days, 1);
  t.ok(seconds >= 10_800 && seconds < 10_860, `${seconds} s since the last cut-off`);

  await resolve(world, 'r-4');
  t.match(await matched(world), { balanced: true });
  t.same(await sweep(world), []);
  t.same(await unbalanced(), [0, 0]);
  const { balancedAt } = await matched(world);
  t.match(balancedAt, /^2026-11-22T19:00/);
  t.match(await send(world, file(at(1), at(2), at(3))), { status: 200 });
  t.same(await sweep(world), [], 'a balanced day is not matched again for the same bytes');

  t.match(await reconcile(world, [at(1), at(2)]), { state: 'matched', balanced: false, version: 2 });
  t.same(await told(world), ['missing-there r-3']);
  t.match(await reconcile(world, [at(1), at(2), at(3), at(4)]), { balanced: true, version: 3 });
});

void t.test('a day is shown as at one moment, and is not final while a file is on its way', async (t) => {
  const world = await startTestWorld(t);
  const day = await dayOf(world, 'bank');
  await send(world, file());
  await seal(world);
  const matchedMeanwhile: Database = {
    ...world.db,
    transaction: (work) =>
      world.db.transaction((tx) =>
        work({
          ...tx,
          async query<Row>(text: string, values?: readonly unknown[]) {
            const rows = await tx.query<Row>(text, values);
            if (text.includes('from channel_file')) await matchDay(world.db, day);
            return rows;
          },
        }),
      ),
  };
  const before = { state: 'loading', final: false, balanced: false, version: null };
  t.match(await showDay(matchedMeanwhile, day), before, 'nothing of what was matched while it was read');
  t.match(await showDay(world.db, day), { state: 'matched', final: true, balanced: true, version: 1 });
  await send(world, file(at(1)));
  const meanwhile = { state: 'loading', final: false, balanced: false, balancedAt: null, version: 1 };
  t.match(await showDay(world.db, day), meanwhile);
  t.match(await matched(world), { state: 'matched', final: true, balanced: false, version: 2 });
});

void t.test('a payment that persons entered is not missing on the day that it got', async (t) => {
  const world = await startTestWorld(t);
  const bank = world.client('bank');
  const numbers = await addManyBills(world.db, 'om', 'B-', 3, '10.000');
  const [first = '', second = '', third = ''] = numbers;
  const { body } = await bank.pay({ reference: 'r-1', bills: [bill(first, '10.000')] });
  await bank.reverse(body?.paymentId ?? '', 'undo-1');
  await reconcile(world, [at(1), at(2)]);
  t.same(await told(world), ['missing-here r-2', 'status-differs r-1']);
  await seal(world);
  await setClock(world.db, '2026-11-23T06:00:00Z');
  const paying = (number: string): object => ({
    billerCode: 'om-social',
    bills: [{ billNumber: number, amount: { value: '10.000', currency: 'OMR' } }],
  });
  await resolve(world, 'r-2', 'post', paying(second));
  const breakId = await resolve(world, 'r-1', 'post', paying(first));
  await bank.pay({ reference: 'r-5', bills: [bill(third, '10.000')] });
  const next = { date: '2026-11-23' };
  const list = await bank.list('businessDate=2026-11-23');
  t.same(list.body?.items.map(({ reference }) => reference).sort(), [breakId, 'r-2', 'r-5'].sort());
  await reconcile(world, [], next);
  t.same(await told(world, next), ['missing-there r-5']);
  t.match(await sweep(world), [{ businessDate: '2026-11-22' }]);
  t.match(await matched(world), { balanced: true }, 'nor is it on another day than the file says');
});

void t.test('a day without a file is unbalanced for a channel that sends files', async (t) => {
  const world = await startTestWorld(t);
  await paid(world, 1);
  await reconcile(world, [], { date: '2026-11-20' });
  await seal(world);
  await setClock(world.db, '2026-11-23T16:00:00Z');
  const registry = new Registry();
  channelDayMetrics(registry, world.db);
  const text = await registry.metrics();
  t.match(text, /wasit_channel_days_unbalanced\{channel="bank"\} 1\n/);
  t.match(text, /wasit_channel_day_unbalanced_seconds\{channel="bank"\} 8640[0-9]/);
});
