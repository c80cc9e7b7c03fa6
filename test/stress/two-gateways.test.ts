// Two gateway processes on one database: whatever meets across them, one reference has one answer, a bill is paid
// once, a float is spent once, and nobody is told of a conflict of the database.
import t from 'tap';
import { addBiller } from '../../src/billers/index.ts';
import { setAgreement, setChannel, topUpChannel } from '../../src/channels/index.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { bill, requestOf, type Client } from '../support/client.ts';
import { testWorld } from '../support/database.ts';
import { startGatewayProcess } from '../support/gateway-process.ts';
import { ACTOR, addManyBills, done } from '../support/world.ts';

t.test('two gateways', async (t) => {
  const world = await testWorld(t);
  const { db } = world;
  const hot = Array.from({ length: 10 }, (_, i) => `hot-${i}`);
  for (const code of hot) {
    done(
      await addBiller(
        db,
        code,
        { name: { en: code }, currency: 'OMR', policy: 'at-least', timeZone: 'Asia/Muscat', cutOff: '16:00' },
        ACTOR,
      ),
    );
    done(
      await setAgreement(
        db,
        { billerCode: code, channelCode: 'bank' },
        { route: 'via-operator' },
        ACTOR,
        new Date('2026-01-01'),
      ),
    );
  }
  const teardown = (stop: () => Promise<void>): void => t.teardown(stop);
  const gateways = await Promise.all(
    [1, 2].map(() => startGatewayProcess(world, { settings: { WASIT_LANES: '2' }, teardown })),
  );
  const banks = gateways.map((gateway) => gateway.client('bank'));
  const agents = gateways.map((gateway) => gateway.client('agent'));
  const either = <T>(pair: readonly T[], i: number): T => pair[i % 2] as T;

  await t.test('one reference fifty times at once: one payment, fifty equal answers', async (t) => {
    const numbers = await addManyBills(db, 'om', 'SAME', 5, '10.000');
    for (const number of numbers) {
      const request = requestOf({ bills: [bill(number, '10.000')] });
      const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => either(banks, i).pay(request)));
      t.same([...new Set(answers.map(({ status }) => status))], [201]);
      t.equal(new Set(answers.map(({ text }) => text)).size, 1);
      t.equal(answers.filter(({ headers }) => headers.get('idempotent-replayed') === null).length, 1);
    }
  });

  await t.test('one reference, two requests: one is paid, the other is told what differs', async (t) => {
    const numbers = await addManyBills(db, 'om', 'DIFF', 40, '10.000');
    for (let i = 0; i < 40; i += 2) {
      const request = requestOf({ bills: [bill(numbers[i] ?? '', '10.000')] });
      const other = { ...request, bills: [bill(numbers[i + 1] ?? '', '10.000')] };
      const answers = await Promise.all([either(banks, i).pay(request), either(banks, i + 1).pay(other)]);
      t.same(answers.map(({ code }) => code).sort(), ['ok', 'reference-reused']);
    }
  });

  await t.test('twenty payments at once against a float for one', async (t) => {
    const numbers = await addManyBills(db, 'om', 'FLOAT', 100, '900.000');
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(
        numbers
          .slice(20 * round, 20 * round + 20)
          .map((number, i) => either(agents, i).pay({ bills: [bill(number, '900.000')] })),
      );
      t.same(
        answers.map(({ code }) => code).sort(),
        [...Array<string>(19).fill('insufficient-float'), 'ok'],
        `round ${round}`,
      );
      done(await topUpChannel(db, 'agent', { minor: 900_230n, currency: 'OMR' }, `round-${round}`, ACTOR));
    }
  });

  await t.test('twenty payments at once against a limit per day for one', async (t) => {
    const numbers = await addManyBills(db, 'om', 'DAY', 20, '200.000');
    const kiosks = gateways.map((gateway) => gateway.client('kiosk'));
    const answers = await Promise.all(
      numbers.map((number, i) => either(kiosks, i).pay({ bills: [bill(number, '200.000')] })),
    );
    t.same(answers.map(({ code }) => code).sort(), [...Array<string>(19).fill('limit-exceeded'), 'ok']);
  });

  await t.test('a suspension through one gateway holds at once at the other', async (t) => {
    const numbers = await addManyBills(db, 'om', 'LIMIT', 40, '1.000');
    for (let i = 0; i < 10; i++) {
      const limit = i % 2 === 0 ? '0.500' : null;
      done(await setChannel(db, 'bank', { limitPerPayment: { OMR: limit } }, ACTOR));
      const answers = await Promise.all(
        banks.map((bank, j) => bank.pay({ bills: [bill(numbers[4 * i + j] ?? '', '1.000')] })),
      );
      t.same(
        answers.map(({ code }) => code),
        i % 2 === 0 ? ['limit-exceeded', 'limit-exceeded'] : ['ok', 'ok'],
      );
    }
  });

  await t.test('64 clients each on ten hot agencies, sets of bills that cross', async (t) => {
    const codes = await hammer(db, hot, banks);
    t.same([...codes.keys()].sort(), ['bill-already-paid', 'ok'], JSON.stringify([...codes]));
    t.ok((codes.get('ok') ?? 0) > 200, JSON.stringify([...codes]));
    const [row] = await db.transaction((tx) =>
      tx.query<{ paid: number; lines: number }>(
        `select (select count(*)::int from bill where status = 'paid' and bill_number like 'HOT%') as paid,
                (select count(*)::int from payment_bill where bill_number like 'HOT%') as lines`,
      ),
    );
    t.equal(row?.paid, row?.lines, 'every bill was paid once');
    const [{ deadlocks } = { deadlocks: -1 }] = await db.transaction((tx) =>
      tx.query<{ deadlocks: number }>(
        'select deadlocks::int as deadlocks from pg_stat_database where datname = current_database()',
      ),
    );
    t.equal(deadlocks, 0, 'one order of locks: nobody ever waits in a circle');
  });
});

/** Each client pays sets of one to four bills of one agency, in any order; one request in eight is sent twice. */
async function hammer(
  db: Database,
  billers: readonly string[],
  clients: readonly Client[],
): Promise<Map<string, number>> {
  const BILLS = 200;
  await db.transaction((tx) =>
    tx.query(
      `insert into bill (biller_id, bill_number, payer_id, payer_name, description, amount_minor, due_on, content_hash, received_at)
       select b.biller_id, 'HOT' || i, 'E-1', 'Salim', 'Contribution', 1000, '2026-12-31', '\\x00', business_now()
         from biller b, generate_series(1, ${BILLS}) i where b.code like 'hot-%'`,
    ),
  );
  const codes = new Map<string, number>();
  const pick = (n: number): number => Math.floor(Math.random() * n);
  const pay = async (worker: number): Promise<void> => {
    for (let i = 0; i < 8; i++) {
      const numbers = new Set(Array.from({ length: 1 + pick(4) }, () => 1 + pick(BILLS)));
      const request = requestOf({
        billerCode: billers[pick(billers.length)] ?? '',
        bills: [...numbers].map((n) => bill(`HOT${n}`, '1.000')),
      });
      const pair = worker % 2 === 0 ? clients : [...clients].reverse();
      const answers = await Promise.all(
        pair.slice(0, pick(8) === 0 ? 2 : 1).map((client) => client.pay(request)),
      );
      if (new Set(answers.map(({ body }) => body?.paymentId)).size !== 1)
        throw new Error('one reference, two answers');
      const code = answers[0]?.code ?? 'none';
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: 128 }, (_, worker) => pay(worker)));
  return codes;
}
