// A top-up is booked once per reference, and what a channel may spend is always what the books say it has.

import t from 'tap';
import { topUpChannel } from '../../src/channels/index.ts';
import { money } from '../../src/kernel/money.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { bill } from '../support/client.ts';
import { testWorld } from '../support/database.ts';
import { startTestWorld } from '../support/gateway.ts';
import { ACTOR, addManyBills, done } from '../support/world.ts';

interface Standing {
  currency: string;
  available: bigint;
  books: bigint;
}

function standing(db: Database): Promise<Standing[]> {
  return db.transaction((tx) =>
    tx.query<Standing>(
      `select p.currency, p.available_minor as available, -(
                select sum(b.amount_minor) from balance b join account a using (biller_id, account_no)
                 where a.code = 'channel/float' and a.channel_id = p.channel_id and a.currency = p.currency)::bigint as books
         from channel_position p join channel using (channel_id) where code = 'agent' order by p.currency`,
    ),
  );
}

t.test('one reference, one top-up, however often and however many at once', async (t) => {
  const { db } = await testWorld(t);
  const topUp = () => topUpChannel(db, 'agent', money(250_000n, 'OMR'), 'TT-1', ACTOR);
  const outcomes = await Promise.all(Array.from({ length: 8 }, topUp));
  t.equal(outcomes.filter((outcome) => outcome.ok && !outcome.value.known).length, 1);
  t.ok(outcomes.every((outcome) => outcome.ok && outcome.value.available.value === '1250.000'));
  t.same(await standing(db), [{ currency: 'OMR', available: 1_250_000n, books: 1_250_000n }]);
  t.match(await topUpChannel(db, 'agent', money(250_001n, 'OMR'), 'TT-1', ACTOR), {
    ok: false,
    reason: /stands for a top-up of 250.000 OMR/,
  });
});

t.test('a further currency has a float of its own', async (t) => {
  const { db } = await testWorld(t);
  done(await topUpChannel(db, 'agent', money(100n, 'DZD'), 'TT-1', ACTOR));
  t.same(await standing(db), [
    { currency: 'DZD', available: 100n, books: 100n },
    { currency: 'OMR', available: 1_000_000n, books: 1_000_000n },
  ]);
});

t.test('top-ups and payments at once leave no unit behind', async (t) => {
  const world = await startTestWorld(t, { WASIT_LANES: '2' });
  const agent = world.client('agent');
  const numbers = await addManyBills(world.db, 'om', 'A', 60, '40.000');
  const paying = numbers.map((number) => agent.pay({ bills: [bill(number, '40.000')] }));
  for (let at = 1; at <= 5; at++)
    done(await topUpChannel(world.db, 'agent', money(50_000n, 'OMR'), `TT-${at}`, ACTOR));
  const answers = await Promise.all(paying);
  t.ok(answers.every(({ code }) => code === 'ok' || code === 'insufficient-float'));
  const [float] = await standing(world.db);
  t.equal(float?.available, float?.books);
  t.ok((float?.available ?? -1n) >= 0n, 'never overdrawn');
  t.same(world.faults, []);
});

t.test('a postpaid channel, nothing, and a bad reference are refused', async (t) => {
  const { db } = await testWorld(t);
  t.match(await topUpChannel(db, 'bank', money(1n, 'OMR'), 'x', ACTOR), { ok: false, reason: /postpaid/ });
  t.match(await topUpChannel(db, 'agent', money(0n, 'OMR'), 'x', ACTOR), {
    ok: false,
    reason: /more than zero/,
  });
  t.match(await topUpChannel(db, 'agent', money(1n, 'OMR'), 'a b', ACTOR), {
    ok: false,
    reason: /reference/,
  });
  t.match(await topUpChannel(db, 'nobody', money(1n, 'OMR'), 'x', ACTOR), {
    ok: false,
    reason: /no channel/,
  });
});
