// Which business date a payment carries: that of the day which is open by the database's clock, each agency its own.
import t from 'tap';
import { bill } from '../support/client.ts';
import { startTestWorld } from '../support/gateway.ts';
import { addBills, addManyBills, setClock } from '../support/world.ts';

t.test('business dates', async (t) => {
  const world = await startTestWorld(t);
  const bank = world.client('bank');
  const numbers = await addManyBills(world.db, 'om', 'D', 20, '10.000');
  await addManyBills(world.db, 'eg', 'D', 20, '10.00');
  await addBills(world.db, 'dz', []);

  const rows: [now: string, biller: 'om' | 'eg', date: string, until: string | undefined, given: string][] = [
    [
      '2026-11-22T08:00:00Z',
      'om',
      '2026-11-22',
      '2026-11-22T12:00:00.000Z',
      'before the cut-off of 16:00 in Muscat',
    ],
    ['2026-11-22T11:59:40Z', 'om', '2026-11-22', undefined, 'seconds before'],
    ['2026-11-22T12:00:00Z', 'om', '2026-11-23', '2026-11-23T12:00:00.000Z', 'at the cut-off, the next day'],
    [
      '2026-11-22T12:00:10Z',
      'eg',
      '2026-11-22',
      '2026-11-22T13:00:00.000Z',
      'the same moment in Cairo, where 15:00 is to come',
    ],
    ['2026-11-22T13:00:00Z', 'eg', '2026-11-23', '2026-11-23T13:00:00.000Z', 'and has come'],
    ['2026-11-22T20:30:00Z', 'om', '2026-11-23', undefined, 'past midnight in Muscat: the date stays'],
    [
      '2026-11-27T09:00:00Z',
      'om',
      '2026-11-27',
      '2026-11-27T12:00:00.000Z',
      'a Friday is a business date as well',
    ],
    [
      '2026-12-24T09:00:00Z',
      'om',
      '2026-12-24',
      '2026-12-24T12:00:00.000Z',
      'weeks later: days are opened when they are met',
    ],
  ];
  for (const [i, [now, biller, date, until, given]] of rows.entries()) {
    await setClock(world.db, now);
    const [billerCode, currency, value] =
      biller === 'om' ? ['om-social', 'OMR', '10.000'] : ['eg-local', 'EGP', '10.00'];
    const { body, text } = await bank.pay({ billerCode, bills: [bill(numbers[i] ?? '', value, currency)] });
    t.equal(body?.businessDate, date, `${given}: ${text}`);
    if (until !== undefined) t.equal(body?.reversibleUntil, until, given);
    t.ok(
      Math.abs(Date.parse(body?.acceptedAt ?? '') - Date.parse(now)) < 15_000,
      'accepted by the books’ clock',
    );
  }

  await t.test('sealed early, the day takes nothing more', async (t) => {
    await world.db.transaction((tx) =>
      tx.query(
        `update business_day set sealed_at = business_now() where biller_id = 1 and business_date <= '2026-12-24'`,
      ),
    );
    const { body } = await bank.pay({ bills: [bill(numbers[15] ?? '', '10.000')] });
    t.equal(body?.businessDate, '2026-12-25');
    t.equal(body?.reversibleUntil, '2026-12-25T12:00:00.000Z');
  });
  t.same(world.faults, []);
});
