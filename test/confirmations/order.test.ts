// Order per bill when a payment pays several: it waits for all of them, for what stands aside on one and for what is
// still under way on the other.
import t from 'tap';
import { bill } from '../support/client.ts';
import { startConfirmingWorld, startTestWorker } from '../support/confirming.ts';
import { until } from '../support/until.ts';
import { addManyBills } from '../support/world.ts';

t.test('a payment of two bills, one aside and one under way, comes after both', async (t) => {
  const world = await startConfirmingWorld(t);
  await world.setWebhook();
  await addManyBills(world.db, 'om', 'O', 9, '10.000');
  const { agency, db } = world;
  const bank = world.client('bank');
  const pay = async (...numbers: string[]): Promise<string> => {
    const { body, text } = await bank.pay({ bills: numbers.map((number) => bill(number, '10.000')) });
    if (body === undefined) throw new Error(text);
    return body.paymentId;
  };
  const asideCount = async (): Promise<number> =>
    (await db.transaction((tx) => tx.query('select from delivery_aside'))).length;
  const isFirst = (number: string, type: string, bills: readonly { billNumber: string }[]): boolean =>
    type === 'payment.accepted' && bills.length === 1 && bills[0]?.billNumber === number;

  agency.answers(({ bills }, type) => {
    if (isFirst('O0001', type, bills)) return 422;
    return isFirst('O0002', type, bills) ? undefined : 204;
  });
  await startTestWorker(t, world);
  await bank.reverse(await pay('O0001'), 'R-1');
  await until('the first bill stands aside', async () => (await asideCount()) === 2);
  await bank.reverse(await pay('O0002'), 'R-2');
  await pay('O0001', 'O0002');
  await until('both bills together stand behind it', async () => (await asideCount()) === 3);
  // The first bill is taken now, the second is still under way.
  agency.answers(({ bills }, type) => (isFirst('O0002', type, bills) ? undefined : 204));
  await db.transaction((tx) =>
    tx.query(`update delivery_aside set next_try_at = clock_timestamp() where attempts > 0`),
  );
  await until('the first bill is told', async () => (await asideCount()) === 1);
  await pay('O0003');
  await until('others go on', () =>
    agency.told.some(({ data }) => data.bills.some(({ billNumber }) => billNumber === 'O0003')),
  );
  t.notOk(
    agency.told.some(({ data }) => data.bills.length === 2),
    'both together wait for the second',
  );
  agency.answers(() => 204);
  await agency.books(6);
  const ofSecond = [...agency.booked().values()].filter(({ data }) =>
    data.bills.some((each) => each.billNumber === 'O0002'),
  );
  t.same(
    ofSecond.map(({ type, data }) => `${type} ${data.bills.length}`),
    ['payment.accepted 1', 'payment.reversed 1', 'payment.accepted 2'],
  );
});
