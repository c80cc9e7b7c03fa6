// Days are closed one after the other while two gateways take payments: every payment is in exactly one settlement, that
// of its own date, and none is refused for it.
import t from 'tap';
import { bill } from '../support/client.ts';
import { startTestGateway, startTestWorld } from '../support/gateway.ts';
import { close, faultsOf, totalOf } from '../support/settling.ts';
import { until } from '../support/until.ts';
import { addManyBills, setClock } from '../support/world.ts';

const DAYS = ['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'];

t.test('days are closed during load', async (t) => {
  const world = await startTestWorld(t, { WASIT_LANES: '2' });
  const { db } = world;
  const second = await startTestGateway(t, world);
  const numbers = await addManyBills(db, 'om', 'K', 9999, '1.000');
  const dates = new Map<string, number>();
  let isOver = false;
  const pay = async (client: ReturnType<typeof world.client>): Promise<void> => {
    while (!isOver) {
      const number = numbers.pop();
      if (number === undefined) return;
      const { body, text } = await client.pay({ bills: [bill(number, '1.000')] });
      if (body === undefined) throw new Error(text);
      dates.set(body.businessDate, (dates.get(body.businessDate) ?? 0) + 1);
    }
  };
  const load = Promise.all(
    Array.from({ length: 16 }, (_, i) => pay((i % 2 === 0 ? world : second).client('bank'))),
  );
  const batches = [];
  for (const [i, day] of DAYS.entries()) {
    await until(`payments of ${day} are under way`, () => (dates.get(day) ?? 0) > 50 || numbers.length === 0);
    // Every other day ends by its cut-off, which passes during load; the others are cut short.
    if (i % 2 === 1) await setClock(db, `${day}T11:59:59.700Z`);
    const closing = await until(`${day} can be closed`, async () => {
      const tries = await Promise.allSettled(
        [1, 2, 3].map(() => close(db, day, { early: i % 2 === 0, billsPerStep: 40 })),
      );
      const done = tries.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      return done.length === 3 && done;
    });
    t.equal(new Set(closing.map(({ batch }) => batch.settlementId)).size, 1, `${day}: one settlement`);
    const [first] = closing;
    if (first !== undefined) batches.push(first.batch);
  }
  isOver = true;
  await load;
  for (const batch of batches) {
    const { payments, grossMinor } = await totalOf(db, batch);
    t.equal(payments, dates.get(batch.businessDate), batch.businessDate);
    t.equal(grossMinor, BigInt(payments) * 1000n);
  }
  t.equal(batches.length, DAYS.length);
  t.same(await faultsOf(db), []);
  t.same([...world.faults, ...second.faults], []);
});
