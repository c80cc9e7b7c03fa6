// Payments while the cut-off passes and the day is sealed: none enters a day after its end or its seal, none is
// refused for it, and the date of each says which side of the cut it was decided on.
import t from 'tap';
import { bill } from '../support/client.ts';
import { startTestGateway, startTestWorld } from '../support/gateway.ts';
import { addManyBills, setClock } from '../support/world.ts';
import { until } from '../support/until.ts';

t.test('the cut-off passes during load', async (t) => {
  const world = await startTestWorld(t, { WASIT_LANES: '2' });
  const { db } = world;
  const second = await startTestGateway(t, world);
  const numbers = await addManyBills(db, 'om', 'K', 9000, '1.000');
  const dates = new Map<string, number>();
  let sealed = false;
  const pay = async (client: ReturnType<typeof world.client>): Promise<void> => {
    for (let after = 0; after < 3; after += sealed ? 1 : 0) {
      const number = numbers.pop();
      if (number === undefined) throw new Error('no bills left');
      const { body, text } = await client.pay({ bills: [bill(number, '1.000')] });
      if (body === undefined) throw new Error(text);
      dates.set(body.businessDate, (dates.get(body.businessDate) ?? 0) + 1);
    }
  };
  const load = Promise.all(
    Array.from({ length: 32 }, (_, i) => pay((i % 2 === 0 ? world : second).client('bank'))),
  );
  await until('payments are under way', () => (dates.get('2026-11-22') ?? 0) > 100);
  await setClock(db, '2026-11-22T11:59:59.500Z'); // half a second before 16:00 in Muscat
  const inTheDay = await until('the cut-off has passed, and the day is sealed', () =>
    db.transaction(async (tx) => {
      const rows = await tx.query(
        `update business_day set sealed_at = business_now() where biller_id = 1 and business_date = '2026-11-22' and cut_off_at <= business_now() returning 1`,
      );
      if (rows.length === 0) return undefined;
      const [count] = await tx.query<{ count: number }>(
        `select count(*)::int as count from payment where business_date = '2026-11-22'`,
      );
      return count?.count;
    }),
  );
  sealed = true;
  await load;
  t.same([...dates.keys()].sort(), ['2026-11-22', '2026-11-23']);
  const [row] = await db.transaction((tx) =>
    tx.query<{ first: number; second: number; misdated: number }>(
      `select count(*) filter (where business_date = '2026-11-22')::int as first,
              count(*) filter (where business_date = '2026-11-23')::int as second,
              count(*) filter (where (business_date = '2026-11-22') <> (accepted_at < '2026-11-22T12:00:00Z'))::int as misdated
         from payment`,
    ),
  );
  t.equal(row?.first, inTheDay, 'nothing entered after the seal');
  t.same([row?.first, row?.second], [dates.get('2026-11-22'), dates.get('2026-11-23')]);
  t.equal(row?.misdated, 0);
  t.same(world.faults, []);
});
