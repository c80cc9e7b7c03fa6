// A change of the configuration waits for the groups that hold it, and the groups that come later wait for the change:
// share locks alone would let them join those before, one after the other, and the change would wait for ever.
import t from 'tap';
import { lockChannels, setChannel, suspendChannel } from '../../src/channels/index.ts';
import { lockDays } from '../../src/payments/store-load.ts';
import { testWorld } from '../support/database.ts';
import { lockWaiters, until } from '../support/until.ts';
import { ACTOR, done } from '../support/world.ts';

t.test('a change is not overtaken', async (t) => {
  const { db } = await testWorld(t);
  let letGo = (): void => undefined;
  const told = new Promise<void>((resolve) => (letGo = resolve));
  let before = 0n;
  const first = db.transaction(async (tx) => {
    before = (await lockDays(tx, [1]))[0]?.revision ?? 0n;
    await told;
  });
  await until('the group has its locks', () => before > 0n);
  const change = setChannel(db, 'bank', { limitPerPayment: { OMR: '50.000' } }, ACTOR);
  await until('the change waits', async () => (await lockWaiters(db)) === 1, 5000);
  const second = db.transaction((tx) => lockDays(tx, [1]));
  await until('the next group waits as well', async () => (await lockWaiters(db)) === 2, 5000);
  letGo();
  await first;
  done(await change);
  const days = await second;
  t.ok((days[0]?.revision ?? 0n) > before, 'and sees the change');
  t.equal(days.length, 2, 'with the days of the agency');
});

t.test('a change holds no channel while it waits for the groups', async (t) => {
  const { db } = await testWorld(t);
  for (const change of [
    () => setChannel(db, 'agent', { limitPerPayment: { OMR: '50.000' } }, ACTOR),
    () => suspendChannel(db, 'agent', ACTOR),
  ]) {
    const changed = await db.transaction(async (tx) => {
      await lockDays(tx, [1]);
      const changing = change();
      await until('the change waits', async () => (await lockWaiters(db)) === 1, 5000);
      const agents = await tx.query<{ channel_id: number }>(
        `select channel_id from channel where code = 'agent'`,
      );
      await lockChannels(
        tx,
        agents.map((row) => row.channel_id),
      );
      return { changing };
    });
    done(await changed.changing);
  }
  t.pass('the group had its channel, and the change its turn after it');
});
