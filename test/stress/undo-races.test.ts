// Payment, cancellation and reversal of one reference, all at once and in any order, over two gateways: in the end
// there is one truth, and every answer that anybody was given agrees with it.
import t from 'tap';
import { bill, requestOf, type Answer, type Client } from '../support/client.ts';
import { startTestGateway, startTestWorld } from '../support/gateway.ts';
import { addManyBills } from '../support/world.ts';

const ROUNDS = 40;

t.test('undoing races', async (t) => {
  const world = await startTestWorld(t);
  const second = await startTestGateway(t, world);
  const clients = [world.client('bank'), second.client('bank')];
  const any = (): Client => clients[Math.floor(Math.random() * clients.length)] as Client;

  await t.test('payment against cancellation', async (t) => {
    const numbers = await addManyBills(world.db, 'om', 'X', ROUNDS, '10.000');
    const ends = new Set<string>();
    for (const [round, number] of numbers.entries()) {
      const request = requestOf({ bills: [bill(number, '10.000')] });
      const pays: Promise<Answer<unknown>>[] = [];
      const cancels: ReturnType<Client['cancel']>[] = [];
      for (const kind of shuffled(['pay', 'pay', 'pay', 'cancel', 'cancel'])) {
        if (kind === 'pay') pays.push(any().pay(request));
        else cancels.push(any().cancel(request.reference));
      }
      const paid = await Promise.all(pays);
      const cancelled = await Promise.all(cancels);
      const { body: end } = await any().status(request.reference);
      ends.add(end?.status ?? '');
      if (end?.status === 'cancelled') {
        t.same([...new Set(paid.map(({ code }) => code))], ['reference-cancelled'], `round ${round}`);
        t.same([...new Set(cancelled.map(({ body }) => body?.outcome))], ['cancelled']);
      } else {
        t.equal(end?.status, 'reversed', `round ${round}`);
        t.equal(new Set(paid.map(({ text }) => text)).size, 1);
        t.same([...new Set(paid.map(({ status }) => status))], [201]);
        t.equal(
          new Set(cancelled.map(({ text }) => text)).size,
          1,
          'both cancellations tell of one reversal',
        );
        t.equal(cancelled[0]?.body?.outcome, 'reversed', cancelled[0]?.text ?? '');
      }
      t.equal((await any().pay({ bills: [bill(number, '10.000')] })).code, 'ok', 'the bill is open again');
    }
    t.comment(`ended ${[...ends].join(', ')}`);
  });

  await t.test('a cancellation that arrives before its payment', async (t) => {
    const [number = ''] = await addManyBills(world.db, 'om', 'EARLY', 1, '10.000');
    const request = requestOf({ bills: [bill(number, '10.000')] });
    t.equal((await clients[0]?.cancel(request.reference))?.body?.outcome, 'cancelled');
    t.equal((await clients[1]?.pay(request))?.code, 'reference-cancelled');
  });

  await t.test('reversals under two names against cancellation and a new payment of the bill', async (t) => {
    const numbers = await addManyBills(world.db, 'om', 'Y', ROUNDS, '10.000');
    for (const [round, number] of numbers.entries()) {
      const request = requestOf({ bills: [bill(number, '10.000')] });
      const paid = await any().pay(request);
      const paymentId = paid.body?.paymentId ?? '';
      const anew: Promise<Answer<unknown>>[] = [];
      const reversals: Promise<Answer<{ reversalId: string }>>[] = [];
      const cancels: ReturnType<Client['cancel']>[] = [];
      for (const kind of shuffled(['A', 'A', 'B', 'cancel', 'pay', 'replay'])) {
        if (kind === 'pay') anew.push(any().pay({ bills: [bill(number, '10.000')] }));
        else if (kind === 'replay') anew.push(any().pay(request));
        else if (kind === 'cancel') cancels.push(any().cancel(request.reference));
        else reversals.push(any().reverse(paymentId, `${kind}-${round}`));
      }
      const done = await Promise.all(reversals);
      const ids = [
        ...done.map(({ body }) => body?.reversalId),
        ...(await Promise.all(cancels)).map(({ body }) => body?.reversal?.reversalId),
      ];
      t.equal(new Set(ids.filter((id) => id !== undefined)).size, 1, `round ${round}: one reversal`);
      t.same(
        done
          .filter(({ status }) => status !== 201)
          .map(({ code, problem }) => [code, problem?.['reason']])
          .filter(([code, reason]) => code !== 'not-reversible' || reason !== 'reversed-already'),
        [],
      );
      for (const answer of await Promise.all(anew))
        t.ok(answer.text === paid.text || ['ok', 'bill-already-paid'].includes(answer.code), answer.text);
    }
    const [row] = await world.db.transaction((tx) =>
      tx.query<{ live: number }>(
        `select max(live)::int as live from (select count(*) as live from payment_bill join payment using (biller_id, payment_id) where status = 'accepted' group by bill_number) l`,
      ),
    );
    t.equal(row?.live, 1, 'no bill has two live payments');
  });
  t.same(world.faults, []);
  t.same(second.faults, []);
});

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
