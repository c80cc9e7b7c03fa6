// Redis is killed and flushed while debits are announced, built, handed over and booked: none is lost, none goes twice, and
// what agencies and payers have to be told comes, once for each event.
import path from 'node:path';
import t from 'tap';
import { setWebhook } from '../../src/confirmations/index.ts';
import { endToEndIdOf } from '../../src/mandates/debits/index.ts';
import { messageIdOf } from '../../src/orders/index.ts';
import { Agency } from '../support/agency.ts';
import { lay, report } from '../support/bank-answers.ts';
import { SECRET, startTestWorker } from '../support/confirming.ts';
import { ownRedis } from '../support/own-redis.ts';
import { filesAt } from '../support/remit-world.ts';
import { debitsSeen, makeSendingWorld, mandateFor } from '../support/sending.ts';
import { until } from '../support/until.ts';
import { ACTOR, addBills, BILLERS, MASTER_KEY, setClock } from '../support/world.ts';

const PAYERS = ['S-1', 'S-2', 'S-3', 'S-4'];

t.test('killed and flushed under a run of debits and its answers', async (t) => {
  const world = await makeSendingWorld(t);
  const { db, dataDir } = world;
  const [redis, agency] = [await ownRedis(t), await Agency.start(t)];
  agency.knows(SECRET);
  const tools = { database: db, masterKey: MASTER_KEY, allowedNetworks: ['127.0.0.0/8'] };
  await setWebhook(tools, BILLERS.om.id, { url: agency.url, secret: SECRET }, ACTOR);
  for (const payerId of PAYERS) await mandateFor(world, payerId);
  const bills = PAYERS.map((payer) => ({
    number: `A-${payer}`,
    payer,
    amount: '10.000',
    dueOn: '2026-11-30',
  }));
  await addBills(db, 'om', bills);
  await redis.start();
  const settings = { REDIS_URL: redis.url, WASIT_DATA_DIR: dataDir, WASIT_LOOK_EVERY_MS: '200' };
  await startTestWorker(t, world, settings);
  const told = (type: string, count = PAYERS.length): Promise<unknown> =>
    until(`${count} ${type} are booked by the agency`, () => {
      const events = [...agency.booked().values()].filter((each) => each.type === type);
      return events.length === count;
    });
  const states = async (): Promise<string[]> => (await debitsSeen(world)).map(({ state }) => state);

  agency.answers(() => undefined);
  await setClock(db, '2026-11-27T06:00:00Z');
  await until('all are planned', async () => (await states()).length === PAYERS.length);
  await redis.flush();
  await redis.kill();
  agency.answers(() => 204);
  await told('debit.announced');
  // Who is not told within a day is not told: the clock jumps further.
  await until('the messages are planned', async () => {
    const [row] = await db.transaction((tx) =>
      tx.query<{ n: number }>(`select count(*)::int as n from message where kind = 'debit-announced'`),
    );
    return row?.n === PAYERS.length;
  });

  await setClock(db, '2026-11-29T06:00:00Z');
  await until('all are sent, without Redis', async () => (await states()).every((state) => state === 'sent'));
  await redis.start();
  await told('debit.sent');

  agency.answers(() => undefined);
  const debits = await debitsSeen(world);
  const said = debits.map(({ debit_id: id }, nth) => [endToEndIdOf(id), nth < 2 ? 'ACSC' : 'RJCT'] as const);
  await setClock(db, '2026-11-30T06:00:00Z');
  await lay({ dataDir }, 'main', 'a.xml', report(messageIdOf(debits[0]?.file_id ?? ''), '', said));
  await until('half of it is said', async () => (await states()).includes('collected'));
  await redis.kill();
  await until('all is booked', async () => !(await states()).includes('sent'));
  await redis.start();
  await redis.flush();
  agency.answers(() => 204);
  await told('debit.collected', 2);
  await told('debit.failed', 2);
  await told('payment.accepted', 2);

  t.match(await debitsSeen(world), [
    { state: 'collected', steps: ['planned', 'built', 'sent', 'collected'] },
    { state: 'collected' },
    { state: 'failed', steps: ['planned', 'built', 'sent', 'failed'] },
    { state: 'failed' },
  ]);
  const atBank = [...(await filesAt(path.join(dataDir, 'orders'))).values()].flatMap((text) =>
    [...text.matchAll(/<EndToEndId>(\w+)</g)].map(([, id = '']) => id),
  );
  t.same(atBank.sort(), said.map(([id]) => id).sort(), 'each once at the bank');
  const kinds = await until('payers are told', async () => {
    const rows = await db.transaction((tx) =>
      tx.query<{ kind: string; n: number }>(
        `select kind, count(*)::int as n from message where state = 'sent' and kind !~ '^mandate' group by 1 order by 1`,
      ),
    );
    return rows.reduce((sum, { n }) => sum + n, 0) >= 8 && rows;
  });
  t.same(kinds, [
    { kind: 'accepted', n: 2 },
    { kind: 'debit-announced', n: 4 },
    { kind: 'debit-failed', n: 2 },
  ]);
  t.same(agency.strange, []);
});
