// Events that an endpoint refuses for themselves, in numbers and at the head: they are told from an outage, nothing
// good waits for them, and nothing good is sent again and again because of them.
import t, { type Test } from 'tap';
import { assertConfirmed, passTime, pay, standingOf } from '../support/confirmed.ts';
import { startConfirmingWorld, startTestWorker } from '../support/confirming.ts';
import { until } from '../support/until.ts';
import { addManyBills } from '../support/world.ts';

for (const [status, batch] of [
  [422, false],
  [500, false],
  [500, true],
] as const) {
  await t.test(`five in front, answered ${status}${batch ? ', in batches' : ''}`, (t) =>
    inFront(t, status, batch),
  );
}

async function inFront(t: Test, status: number, batch: boolean): Promise<void> {
  const world = await startConfirmingWorld(t);
  const { agency, db } = world;
  await world.setWebhook({ batch });
  const bank = world.client('bank');
  agency.answers((data) => (data.bills[0]?.billNumber.startsWith('BAD') === true ? status : 204));
  const bad = await addManyBills(db, 'om', 'BAD', 5, '10.000');
  const good = await addManyBills(db, 'om', 'GOOD', 12, '10.000');
  for (const number of bad) await pay(bank, number);
  await startTestWorker(t, world);
  await until('they pass for an outage', async () => (await standingOf(db)).failures > 0);
  for (const number of good.slice(0, 6)) await pay(bank, number);
  await until('they are told', async () => {
    await passTime(db); // the pause of what passes for an outage
    return agency.booked().size === 6;
  });
  await until('all five stand aside', async () => (await standingOf(db)).aside === 5);
  for (const number of good.slice(6)) await pay(bank, number);
  await agency.books(12);
  await until('nothing else waits', async () => (await standingOf(db)).waiting === 0);
  t.equal(agency.told.length, 12, 'each good one came once');
  t.match(await standingOf(db), { aside: 5, failures: 0 });
  agency.answers(() => 204);
  await assertConfirmed(t, db, agency);
}

await t.test('one that hangs stands aside, and while it is tried again others are told', async (t) => {
  const world = await startConfirmingWorld(t);
  const { agency, db } = world;
  await world.setWebhook();
  const bank = world.client('bank');
  const isBad = (number: string | undefined): boolean => number?.startsWith('BAD') === true;
  agency.answers((data) => (isBad(data.bills[0]?.billNumber) ? 422 : 204));
  const [bad = ''] = await addManyBills(db, 'om', 'BAD', 1, '10.000');
  const good = await addManyBills(db, 'om', 'GOOD', 30, '10.000');
  for (const number of [...good.slice(0, 5), bad, ...good.slice(5, 10)]) await pay(bank, number);
  await startTestWorker(t, world);
  await until('it stands aside', async () => (await standingOf(db)).aside === 1);
  const tries = (): number => agency.requests.length;
  agency.answers((data) => (isBad(data.bills[0]?.billNumber) ? undefined : 204));
  await agency.books(10);
  const before = tries();
  await db.transaction((tx) => tx.query('update delivery_aside set next_try_at = clock_timestamp()'));
  await until('it is tried again, and hangs', () => tries() > before);
  for (const number of good.slice(10)) await pay(bank, number);
  await agency.books(30);
  agency.answers(() => 204);
  await assertConfirmed(t, db, agency);
});
