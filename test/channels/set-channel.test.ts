// A limit holds to the last unit from the moment it comes into force: what counts against it is what the books say
// then, whatever payments are under way.

import t from 'tap';
import { setChannel } from '../../src/channels/index.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { bill } from '../support/client.ts';
import { startTestWorld } from '../support/gateway.ts';
import { ACTOR, addManyBills, done } from '../support/world.ts';

/** What the books say the channel owes (or, negative, has as float), in minor units. */
async function inBooks(
  db: Database,
  code: string,
  account: 'channel/receivable' | 'channel/float',
): Promise<bigint> {
  const [row] = await db.transaction((tx) =>
    tx.query<{ minor: bigint }>(
      `select coalesce(sum(b.amount_minor), 0)::bigint as minor
         from balance b join account a using (biller_id, account_no) join channel c using (channel_id)
        where c.code = $1 and a.code = $2 and a.currency = 'OMR'`,
      [code, account],
    ),
  );
  return row?.minor ?? 0n;
}

async function available(db: Database, code: string): Promise<bigint | undefined> {
  const [row] = await db.transaction((tx) =>
    tx.query<{ available_minor: bigint }>(
      `select available_minor from channel_position join channel using (channel_id) where code = $1 and currency = 'OMR'`,
      [code],
    ),
  );
  return row?.available_minor;
}

t.test('a credit limit set while payments pour in counts every one of them', async (t) => {
  const world = await startTestWorld(t, { WASIT_LANES: '2' });
  const bank = world.client('bank');
  const numbers = await addManyBills(world.db, 'om', 'R', 120, '5.000');
  const paying = Promise.all(numbers.map((number) => bank.pay({ bills: [bill(number, '5.000')] })));
  done(await setChannel(world.db, 'bank', { creditLimit: { OMR: '400.000' } }, ACTOR));
  const answers = await paying;
  const accepted = answers.filter(({ code }) => code === 'ok').length;
  const owed = await inBooks(world.db, 'bank', 'channel/receivable');
  t.equal(owed, BigInt(accepted) * 5_200n);
  t.equal(await available(world.db, 'bank'), 400_000n - owed);
  t.ok(answers.every(({ code }) => code === 'ok' || code === 'limit-exceeded'));
  t.ok(accepted >= 76, `${accepted} accepted: 76 fit into the limit`);

  done(await setChannel(world.db, 'bank', { creditLimit: { OMR: '1000.000' } }, ACTOR));
  t.equal(await available(world.db, 'bank'), 1_000_000n - owed, 'a new limit counts from the books again');
  done(await setChannel(world.db, 'bank', { creditLimit: { OMR: null } }, ACTOR));
  t.equal(await available(world.db, 'bank'), undefined, 'a lifted limit leaves nothing to count');
  t.same(world.faults, []);
});

t.test('a limit per day counts what the day has taken already', async (t) => {
  const world = await startTestWorld(t);
  const bank = world.client('bank');
  const [one = '', two = '', three = '', four = ''] = await addManyBills(world.db, 'om', 'D', 4, '10.000');
  const first = await bank.pay({ bills: [bill(one, '10.000')] });
  const second = await bank.pay({ bills: [bill(two, '10.000')] });
  t.equal((await bank.reverse(first.body?.paymentId ?? '', 'back-1')).code, 'ok');
  t.equal(second.code, 'ok');
  done(await setChannel(world.db, 'bank', { limitPerDay: { OMR: '20.399' } }, ACTOR));
  t.equal(
    (await bank.pay({ bills: [bill(three, '10.000')] })).code,
    'limit-exceeded',
    '10.200 are used, 10.199 left',
  );
  done(await setChannel(world.db, 'bank', { limitPerDay: { OMR: '20.400' } }, ACTOR));
  t.equal((await bank.pay({ bills: [bill(three, '10.000')] })).code, 'ok');
  t.equal((await bank.pay({ bills: [bill(four, '10.000')] })).code, 'limit-exceeded');
});

t.test('a channel made prefunded has the float that it paid in, and nothing before', async (t) => {
  const world = await startTestWorld(t);
  const bank = world.client('bank');
  const [one = '', two = ''] = await addManyBills(world.db, 'om', 'F', 2, '10.000');
  t.equal((await bank.pay({ bills: [bill(one, '10.000')] })).code, 'ok');
  done(await setChannel(world.db, 'bank', { funding: 'prefunded' }, ACTOR));
  t.equal((await bank.pay({ bills: [bill(two, '10.000')] })).code, 'insufficient-float');

  done(await setChannel(world.db, 'agent', { funding: 'postpaid' }, ACTOR));
  t.equal(await available(world.db, 'agent'), undefined);
  done(await setChannel(world.db, 'agent', { funding: 'prefunded' }, ACTOR));
  t.equal(await available(world.db, 'agent'), -(await inBooks(world.db, 'agent', 'channel/float')));
});

t.test('what cannot hold is refused, and nothing is changed', async (t) => {
  const { db } = await startTestWorld(t);
  t.match(await setChannel(db, 'nobody', {}, ACTOR), { ok: false, reason: 'there is no channel nobody' });
  t.match(await setChannel(db, 'bank', { creditLimit: { OMR: '1.00' } }, ACTOR), {
    ok: false,
    reason: /exactly its decimals/,
  });
  t.match(await setChannel(db, 'agent', { creditLimit: { OMR: '1.000' } }, ACTOR), {
    ok: false,
    reason: /prefunded/,
  });
  t.match(await setChannel(db, 'bank', { rateLimit: -1 }, ACTOR), { ok: false, reason: /rateLimit/ });
  const logged = await db.transaction((tx) => tx.query(`select from audit_log where action = 'channel.set'`));
  t.equal(logged.length, 0);
});

t.test('every change is in the audit log with before and after', async (t) => {
  const { db } = await startTestWorld(t);
  done(await setChannel(db, 'bank', { limitPerPayment: { OMR: '50.000' } }, ACTOR));
  const [row] = await db.transaction((tx) =>
    tx.query(`select * from audit_log where action = 'channel.set'`),
  );
  t.match(row, {
    actor: 'test',
    origin: 'cli',
    subject: 'channel/bank',
    before: { limitPerPayment: {} },
    after: { limitPerPayment: { OMR: '50.000' } },
  });
});
