// What a channel's transfer lets go: its own credit, and remittances that wait for what channels have collected.
import t from 'tap';
import { setChannel } from '../../../src/channels/index.ts';
import { bill } from '../../support/client.ts';
import { closedDay, owed, position, sweep, takenBack, transfer } from '../../support/owing.ts';
import { close, collect, makeRemitWorld, standing, work } from '../../support/remit-world.ts';
import { ACTOR, addBills, done, setClock } from '../../support/world.ts';

const SUN = '2026-11-22';

t.test('a credit limit rises by what is paid, whether owed or not', async (t) => {
  const world = await makeRemitWorld(t);
  const left = async () => (await position(world, 'shop')).totals[0]?.available?.value;
  await setClock(world.db, `${SUN}T08:00:00Z`);
  await addBills(world.db, 'om', [{ number: 'S', amount: '120.000' }]);
  await world.client('shop').pay({ bills: [bill('S', '120.000')], outlet: { kind: 'agent', id: 'S-1' } });
  t.equal(await left(), '380.000');
  await transfer(world, 100_000n, { channel: 'shop' });
  t.equal(await left(), '480.000', 'before the day is closed');
  await closedDay(world, SUN, {});
  t.equal(await left(), '480.000', 'moving it changes nothing');
  t.strictSame(await owed(world, 'shop'), { [SUN]: '120.000 100.000 2026-11-23' });
  await transfer(world, 50_000n, { channel: 'shop' });
  t.equal(await left(), '530.000');
  await takenBack(world, 60_000n, { channel: 'shop' });
  t.equal(await left(), '470.000');
});

t.test('`collected`: a remittance leaves once the channels have paid, by their transfers', async (t) => {
  const world = await makeRemitWorld(t, { funding: 'collected' });
  const { db } = world;
  await setClock(db, `${SUN}T08:00:00Z`);
  await collect(world, { '': '10.000' });
  await collect(world, { '': '5.000' }, { channel: 'kiosk' });
  await setClock(db, `${SUN}T12:00:01Z`);
  const [one] = (await close(world)).remittances;
  if (one === undefined) throw new Error('nothing planned');
  t.match(one, { held: 'funding', amountMinor: 15_000n });
  await sweep(world);
  t.equal((await work(world, '2026-11-23T06:00:00Z')).size, 0);
  await transfer(world, 10_200n);
  t.equal((await work(world)).size, 0, 'the kiosk has not paid');
  await transfer(world, 4_999n, { channel: 'kiosk' });
  t.equal((await work(world)).size, 0, 'a thousandth is missing');
  await transfer(world, 1n, { channel: 'kiosk' });
  t.equal((await work(world)).size, 1);
  t.match(await standing(db, one.remittanceId), { held: null });
});

t.test('paid ahead counts for the biller once it is moved on', async (t) => {
  const world = await makeRemitWorld(t, { funding: 'collected' });
  await setClock(world.db, `${SUN}T08:00:00Z`);
  await collect(world, { '': '5.000' }, { channel: 'kiosk' });
  await transfer(world, 5_000n, { channel: 'kiosk', bookedOn: SUN });
  await setClock(world.db, `${SUN}T12:00:01Z`);
  t.match((await close(world)).remittances, [{ held: 'funding' }]);
  await sweep(world);
  t.equal((await work(world, '2026-11-23T06:00:00Z')).size, 1);
});

t.test('a channel that was postpaid and is prefunded now still shows what it owes', async (t) => {
  const world = await makeRemitWorld(t);
  await closedDay(world, SUN, { kiosk: '10.000' });
  done(await setChannel(world.db, 'kiosk', { funding: 'prefunded' }, ACTOR));
  t.strictSame(await owed(world, 'kiosk'), { [SUN]: '10.000 0.000 2026-11-23' });
});
