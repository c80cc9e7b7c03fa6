// The connection to the database is lost at the worst moments. Lost at the commit: `outcome-unknown` and nothing
// else, and the same reference tells what became of it. Lost before: tried again, and nobody notices.
import t from 'tap';
import { bill, requestOf } from '../support/client.ts';
import { startCuttingProxy, type Cut } from '../support/cutting-proxy.ts';
import { testWorld } from '../support/database.ts';
import { startTestGateway } from '../support/gateway.ts';
import { addManyBills } from '../support/world.ts';

t.test('connections lost', async (t) => {
  const world = await testWorld(t);
  const { db } = world;
  const proxy = await startCuttingProxy(world.url);
  t.teardown(() => proxy.close());
  const gateway = await startTestGateway(t, { ...world, url: proxy.url });
  const bank = gateway.client('bank');
  const paymentsOf = async (reference: string): Promise<number> => {
    const rows = await db.transaction((tx) =>
      tx.query('select 1 from payment where reference = $1', [reference]),
    );
    return rows.length;
  };

  const rows: [at: Cut, recorded: number, replayed: string | null][] = [
    ['commit', 0, null],
    ['committed', 1, 'true'],
  ];
  for (const [at, recorded, replayed] of rows) {
    await t.test(`lost at ${at}: one answer, and the same reference resolves`, async (t) => {
      const numbers = await addManyBills(db, 'om', at, 6, '10.000');
      for (const number of numbers) {
        const request = requestOf({ bills: [bill(number, '10.000')] });
        proxy.cut(at);
        const lost = await bank.pay(request);
        t.equal(lost.code, 'outcome-unknown', lost.text);
        t.equal(lost.problem?.retry, 'same-reference');
        t.equal(await paymentsOf(request.reference), recorded);
        t.equal((await bank.status(request.reference)).code, recorded === 0 ? 'payment-not-found' : 'ok');
        const resolved = await bank.pay(request);
        t.equal(resolved.status, 201, resolved.text);
        t.equal(resolved.headers.get('idempotent-replayed'), replayed);
        t.equal(await paymentsOf(request.reference), 1);
      }
    });
  }

  await t.test('a whole group lost at the commit: each of its clients is told, each resolves', async (t) => {
    const numbers = await addManyBills(db, 'om', 'GROUP', 100, '10.000');
    const requests = numbers.map((number) => requestOf({ bills: [bill(number, '10.000')] }));
    for (const [i, at] of (['commit', 'committed'] as const).entries()) {
      const some = requests.slice(50 * i, 50 * i + 50);
      proxy.cut(at);
      const codes = (await Promise.all(some.map((request) => bank.pay(request)))).map(({ code }) => code);
      t.ok(codes.includes('outcome-unknown'), at);
      t.ok(
        codes.every((code) => code === 'ok' || code === 'outcome-unknown'),
        at,
      );
      const again = await Promise.all(some.map((request) => bank.pay(request)));
      t.same([...new Set(again.map(({ status }) => status))], [201]);
      t.equal(new Set(again.map(({ body }) => body?.paymentId)).size, 50);
    }
  });

  await t.test('lost before the commit: tried again on a new connection', async (t) => {
    const numbers = await addManyBills(db, 'om', 'BEFORE', 10, '10.000');
    for (const number of numbers) {
      const before = proxy.cuts;
      proxy.cut('begin');
      const { code, headers } = await bank.pay({ bills: [bill(number, '10.000')] });
      t.equal(code, 'ok');
      t.equal(headers.get('idempotent-replayed'), null);
      t.equal(proxy.cuts, before + 1);
    }
  });

  await t.test('lost again and again: overloaded, nothing done, and well again at once', async (t) => {
    const [number = ''] = await addManyBills(db, 'om', 'AGAIN', 1, '10.000');
    const request = requestOf({ bills: [bill(number, '10.000')] });
    proxy.cut('begin', 5);
    t.equal((await bank.pay(request)).code, 'overloaded');
    t.equal((await bank.status(request.reference)).code, 'payment-not-found');
    t.equal((await bank.pay(request)).code, 'ok');
  });
  t.same(gateway.faults, []);
});
