// Secrets of a webhook: changed without a gap, each old one for a day of its own, several at a time.
import t from 'tap';
import { startTestWorker, type ConfirmingWorld } from '../support/confirming.ts';
import { remove, secretOf, startWithoutWebhook as start } from '../support/webhook-setting.ts';

/** How many signatures the last request carried. */
function signatures({ agency }: ConfirmingWorld): number {
  return String(agency.requests.at(-1)?.headers['webhook-signature']).split(' ').length;
}

await t.test('rotation: for a day both secrets sign, then the new one alone', async (t) => {
  const { world, put, payNext } = await start(t);
  const [old, fresh] = [secretOf(1), secretOf(2)];
  await put({ secret: old });
  await startTestWorker(t, world);
  world.agency.knows(old);
  await payNext();
  await world.agency.books(1);
  t.equal(signatures(world), 1);

  t.equal((await put({ secret: old })).previousSecretUntil, undefined, 'the same again is no rotation');
  const rotated = await put({ secret: fresh });
  const hours = (Date.parse(rotated.previousSecretUntil ?? '') - Date.now()) / 3_600_000;
  t.ok(hours > 23 && hours <= 24, 'a day of overlap');
  t.equal((await put({})).previousSecretUntil, rotated.previousSecretUntil, 'no secret: the overlap stays');
  t.equal(
    (await put({ secret: fresh })).previousSecretUntil,
    rotated.previousSecretUntil,
    'the same: it stays',
  );
  for (const [i, secret] of [old, fresh].entries()) {
    world.agency.knows(secret);
    await payNext();
    await world.agency.books(2 + i);
    t.equal(signatures(world), 2);
  }
  t.same(world.agency.strange, [], 'who knows either takes it for genuine');

  await world.db.transaction((tx) =>
    tx.query('update webhook_old_secret set signs_until = clock_timestamp()'),
  );
  await put({});
  await payNext();
  await world.agency.books(4);
  t.equal(signatures(world), 1);
  t.same(world.agency.strange, []);
  world.agency.knows(old);
  await payNext();
  await world.agency.books(5);
  t.equal(world.agency.strange.length, 1, 'the old one is worth nothing any more');
});

await t.test(
  'changed again within the day: each secret before signs for its own day, five of them',
  async (t) => {
    const { world, put, payNext } = await start(t);
    const secrets = [1, 2, 3, 4, 5, 6, 7].map(secretOf);
    const given = async (secret: string | undefined): Promise<number> =>
      Date.parse((await put({ secret })).previousSecretUntil ?? '');
    await put({ secret: secrets[0] });
    const first = await given(secrets[1]);
    t.ok((await given(secrets[2])) > first, 'the day of the one that was replaced last');
    await startTestWorker(t, world);
    let booked = 0;
    const isGenuineFor = async (secret: string): Promise<boolean> => {
      world.agency.knows(secret);
      const strange = world.agency.strange.length;
      await payNext();
      await world.agency.books(++booked);
      return world.agency.strange.length === strange;
    };
    for (const secret of secrets.slice(0, 3)) t.ok(await isGenuineFor(secret), 'all three sign');
    t.equal(signatures(world), 3);

    await world.db.transaction((tx) =>
      tx.query(
        'update webhook_old_secret set signs_until = clock_timestamp() where signs_until = (select min(signs_until) from webhook_old_secret)',
      ),
    );
    await put({});
    t.notOk(await isGenuineFor(secretOf(1)), 'its day is over');
    t.ok(await isGenuineFor(secretOf(2)), 'the others have theirs');
    t.equal(signatures(world), 2);

    for (const secret of secrets.slice(3)) await put({ secret });
    t.ok(await isGenuineFor(secretOf(2)));
    t.equal(signatures(world), 6, 'the one that stands and five before it');
    await put({ secret: secretOf(8) });
    t.notOk(await isGenuineFor(secretOf(2)), 'a sixth old one: the oldest signs no longer');
    await put({ secret: secretOf(7) });
    await isGenuineFor(secretOf(7));
    t.equal(signatures(world), 6, 'one that stands again signs once');

    t.equal(await remove(world), 204);
    await put({ secret: secretOf(9) });
    await isGenuineFor(secretOf(9));
    t.equal(signatures(world), 1, 'removed and set again: the old ones are gone at once');
  },
);
