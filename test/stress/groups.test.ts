// What may meet in one group, or in two: the same bill twice, a payment that the database refuses, more than the
// lane can hold. A row held locked makes the others wait, so that the test decides what goes together.
import t from 'tap';
import { bill, requestOf } from '../support/client.ts';
import { startTestGateway, startTestWorld } from '../support/gateway.ts';
import { addBills, addManyBills } from '../support/world.ts';
import { holdBill, lockWaiters, until } from '../support/until.ts';

t.test('groups', async (t) => {
  const world = await startTestWorld(t, { WASIT_LANES: '1', WASIT_DEADLINE_MS: '60000' });
  const { db } = world;
  const bank = world.client('bank');
  const numbers = await addManyBills(db, 'om', 'G', 600, '10.000');
  const next = (): string => numbers.shift() ?? '';
  /** While `busy` waits for its bill, everything else waits for the lane. */
  const occupy = async () => {
    const number = next();
    const letGo = await holdBill(db, number);
    const busy = bank.pay({ bills: [bill(number, '10.000')] });
    await until('the lane waits', async () => (await lockWaiters(db)) === 1);
    return async () => {
      await letGo();
      return busy;
    };
  };

  await t.test('two payments of one bill in one group', async (t) => {
    const contested = next();
    const release = await occupy();
    const pair = [
      bank.pay({ bills: [bill(contested, '10.000')] }),
      world.client('agent').pay({ bills: [bill(contested, '10.000'), bill(next(), '10.000')] }),
    ];
    await until('both wait', async () => (await metric(world.metricsUrl, 'wasit_pay_queue_depth')) === 2);
    const groups = await metric(world.metricsUrl, 'wasit_pay_group_size_count');
    t.equal((await release()).code, 'ok');
    t.same((await Promise.all(pair)).map(({ code }) => code).sort(), ['bill-already-paid', 'ok']);
    t.equal(
      await metric(world.metricsUrl, 'wasit_pay_group_size_count'),
      groups + 2,
      'the one that waited, and the two',
    );
  });

  await t.test('two payments of one bill in two groups', async (t) => {
    const second = await startTestGateway(t, world);
    const contested = next();
    const letGo = await holdBill(db, contested);
    const pair = [world, second].map((gateway) =>
      gateway.client('bank').pay({ bills: [bill(contested, '10.000')] }),
    );
    await until('both wait for the bill', async () => (await lockWaiters(db)) === 2);
    await letGo();
    t.same((await Promise.all(pair)).map(({ code }) => code).sort(), ['bill-already-paid', 'ok']);
  });

  await t.test('one poisoned payment among 500: the others are paid', async (t) => {
    const poisons: [given: string, sql: string][] = [
      [
        'refused by its statement',
        `create trigger poison before insert on payment_bill for each row when (new.bill_number like 'POISON%') execute function poison()`,
      ],
      [
        'refused by the commit',
        `create constraint trigger poison after insert on payment_bill deferrable initially deferred for each row when (new.bill_number like 'POISON%') execute function poison()`,
      ],
    ];
    await db.transaction((tx) =>
      tx.query(
        `create function poison() returns trigger language plpgsql as $$ begin raise exception 'poisoned' using errcode = 'XX001'; end $$`,
      ),
    );
    for (const [i, [given, sql]] of poisons.entries()) {
      await addBills(db, 'om', [{ number: `POISON-${i}`, amount: '10.000' }]);
      await db.transaction((tx) => tx.query(sql));
      const release = await occupy();
      const poisoned = requestOf({ bills: [bill(next(), '10.000'), bill(`POISON-${i}`, '10.000')] });
      const others = (count: number) =>
        Array.from({ length: count }, () => bank.pay({ bills: [bill(next(), '10.000')] }));
      const before = others(20);
      const guilty = bank.pay(poisoned);
      const after = others(20);
      await until('all wait', async () => (await metric(world.metricsUrl, 'wasit_pay_queue_depth')) === 41);
      const [, ...later] = await Promise.all([release(), ...others(200)]);
      before.push(...later.map((answer) => Promise.resolve(answer)));
      t.same([...new Set((await Promise.all([...before, ...after])).map(({ code }) => code))], ['ok'], given);
      t.equal((await guilty).code, 'internal-error', given);
      t.equal((await bank.status(poisoned.reference)).code, 'payment-not-found', given);
      t.ok(
        world.faults.some((line) => line.includes(poisoned.reference)),
        'the log names the guilty one',
      );
      await db.transaction((tx) => tx.query('drop trigger poison on payment_bill'));
      t.equal((await bank.pay(poisoned)).code, 'ok', 'cured, the same reference succeeds');
    }
  });
});

t.test('overload', async (t) => {
  const world = await startTestWorld(t, {
    WASIT_LANES: '1',
    WASIT_QUEUE_LIMIT: '20',
    WASIT_GROUP_LIMIT: '5',
    WASIT_DEADLINE_MS: '60000',
  });
  const { db } = world;
  const bank = world.client('bank');
  const numbers = await addManyBills(db, 'om', 'O', 61, '10.000');
  const requests = numbers.map((number) => requestOf({ bills: [bill(number, '10.000')] }));
  const codesOf = async (some: typeof requests): Promise<string[]> => {
    const answers = await Promise.all(some.map((request) => bank.pay(request)));
    return [...new Set(answers.map(({ code }) => code))];
  };

  const letGo = await holdBill(db, 'O0001');
  const held = codesOf(requests.slice(0, 1));
  await until('the lane waits', async () => (await lockWaiters(db)) === 1);
  const waiting = codesOf(requests.slice(1, 21));
  await until(
    'the queue is full',
    async () => (await metric(world.metricsUrl, 'wasit_pay_queue_depth')) === 20,
  );
  t.same(await codesOf(requests.slice(21)), ['overloaded'], 'at once');
  await letGo();
  t.same(await held, ['ok']);
  t.same(await waiting, ['ok'], 'what had found room is done');
  for (const { reference } of requests.slice(21, 25))
    t.equal((await bank.status(reference)).code, 'payment-not-found', 'nothing was done');
  t.same(await codesOf(requests.slice(21, 41)), ['ok'], 'the same reference, later');
  t.same(world.faults, []);
});

t.test('a deadline', async (t) => {
  const world = await startTestWorld(t, { WASIT_LANES: '1', WASIT_DEADLINE_MS: '300' });
  const { db } = world;
  const bank = world.client('bank');
  const [first = '', ...numbers] = await addManyBills(db, 'om', 'W', 11, '10.000');
  const letGo = await holdBill(db, first);
  const held = bank.pay({ bills: [bill(first, '10.000')] });
  await until('the lane waits', async () => (await lockWaiters(db)) === 1);
  const requests = numbers.map((number) => requestOf({ bills: [bill(number, '10.000')] }));
  const late = requests.map((request) => bank.pay(request));
  await until('they wait', async () => (await metric(world.metricsUrl, 'wasit_pay_queue_depth')) === 10);
  const since = performance.now();
  await until('their deadline passes', () => performance.now() - since > 320);
  await letGo();
  t.same([...new Set((await Promise.all(late)).map(({ code }) => code))], ['overloaded']);
  t.equal((await held).code, 'ok', 'what was under way is done');
  for (const { reference } of requests)
    t.equal((await bank.status(reference)).code, 'payment-not-found', 'none was tried');
  t.same(world.faults, []);
});

t.test('a bill that somebody keeps locked', async (t) => {
  const world = await startTestWorld(t, { WASIT_LANES: '1' });
  const { db } = world;
  const bank = world.client('bank');
  const [locked = '', ...numbers] = await addManyBills(db, 'om', 'K', 20, '10.000');
  const letGo = await holdBill(db, locked);
  const since = performance.now();
  const request = requestOf({ bills: [bill(locked, '10.000')] });
  const answers = await Promise.all([
    bank.pay(request),
    ...numbers.map((number) => bank.pay({ bills: [bill(number, '10.000')] })),
  ]);
  t.ok(performance.now() - since < 6000, 'long before the ten seconds that a payment may take');
  t.same(
    answers.map(({ code }) => code),
    ['overloaded', ...numbers.map(() => 'ok')],
    'its payment alone waits for another try',
  );
  await letGo();
  t.equal((await bank.pay(request)).code, 'ok');
  t.same(world.faults, []);
});

async function metric(metricsUrl: string, name: string): Promise<number> {
  const text = await (await fetch(metricsUrl)).text();
  return Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]);
}
