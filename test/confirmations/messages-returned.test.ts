// A debit whose money the bank took back: the payer is told of it once, as what it is.
import t, { type Test } from 'tap';
import { openMessages, type Outgoing } from '../../src/confirmations/messages/index.ts';
import { showId } from '../../src/kernel/ids.ts';
import { endToEndIdOf } from '../../src/mandates/debits/index.ts';
import { bill } from '../support/client.ts';
import { assertBooksBalance } from '../support/books.ts';
import { numberEvents } from '../support/feed.ts';
import { bookAll, debit, debitStanding, makeDebitWorld, say, type DebitWorld } from '../support/debits.ts';
import { until } from '../support/until.ts';
import { MASTER_KEY } from '../support/world.ts';

const QUIET = { info: () => undefined, warn: () => undefined };

/** What payers were told since the last time, so many texts at least. */
function telling(t: Test, db: DebitWorld['db']): (count: number) => Promise<string[]> {
  const texts: string[] = [];
  const send = async ({ text }: Outgoing) => {
    texts.push(text);
    return { outcome: 'sent' as const };
  };
  const provider = { name: 'test', atOnce: 1, send, close: async () => undefined };
  const providers = { sms: provider, email: provider };
  const messages = openMessages({ database: db, masterKey: MASTER_KEY, log: QUIET, providers });
  t.teardown(() => messages.stop());
  return async (count: number) => {
    messages.wake(await numberEvents(db));
    await until('all is told', async () => {
      const [row] = await db.transaction((tx) =>
        tx.query<{ done: boolean }>(
          `select coalesce((select max(number) from event_feed where biller_id = 1), 0)
                = coalesce((select number from message_cursor where biller_id = 1), 0) as done`,
        ),
      );
      return row?.done === true && texts.length >= count;
    });
    return texts.splice(0).toSorted();
  };
}

t.test('a return is told as a return, a reversal of the bank’s own as a reversal', async (t) => {
  const world = await makeDebitWorld(t);
  const { db } = world;
  const told = telling(t, db);
  await told(3);
  const one = await debit(world, [
    { number: 'D-1', amount: '10.000' },
    { number: 'D-2', amount: '5.000', owedAsOf: '2026-11-20' },
  ]);
  await say(world, one, 'settled');
  await bookAll(world);
  t.match(await told(2), [/received for bill D/, /received for bill D/]);
  await say(world, one, 'returned', 'MD06');
  await bookAll(world);
  const [text, ...more] = await told(1);
  t.same(more, [], 'and nothing of payments that were undone');
  t.match(text, /15\.000 OMR collected for bills D-1, D-2 went back to account/);

  const two = await debit(world, [{ number: 'D-3', amount: '7.000' }]);
  await say(world, two, 'settled');
  await bookAll(world);
  await told(1);
  const [paid] = await db.transaction((tx) =>
    tx.query<{ payment_id: string }>('select payment_id from payment where reference = $1', [
      endToEndIdOf(two),
    ]),
  );
  const reversed = await world
    .client('bank')
    .reverse(showId('pay', paid?.payment_id ?? ''), endToEndIdOf(two));
  t.equal(reversed.status, 201, reversed.text);
  t.match(await told(1), [/the payment of 7\.000 OMR was reversed/], 'whatever name it gives to it');
});

t.test(
  'what was credit is told as credit that is taken back: its bill is paid, and nothing is tried again',
  async (t) => {
    const world = await makeDebitWorld(t);
    const { db } = world;
    const told = telling(t, db);
    const byHand = async (number: string) => {
      const bills = [bill(number, '10.000', 'OMR')];
      const { status, text } = await world
        .client('agent')
        .pay({ billerCode: 'om-social', bills, method: 'cash' });
      t.equal(status, 201, text);
    };
    await told(3);
    const whole = await debit(world, [{ number: 'D-1', amount: '10.000' }]);
    await byHand('D-1');
    await say(world, whole, 'settled');
    await bookAll(world);
    await told(1);
    await say(world, whole, 'returned', 'AM04');
    await bookAll(world);
    t.match(await told(1), [/the credit of 10\.000 OMR was taken back, .*It was meant for bill D-1\./]);
    t.match(await debitStanding(world, whole), { retryOn: null, bills: ['D-1 credited paid'] });
    t.same(world.givenUp, ['om-social insufficient-funds']);

    const part = await debit(world, [
      { number: 'D-2', amount: '10.000' },
      { number: 'D-3', amount: '3.000' },
    ]);
    await byHand('D-2');
    await say(world, part, 'settled');
    await bookAll(world);
    await told(2);
    await say(world, part, 'returned', 'AM04');
    await bookAll(world);
    const texts = await told(2);
    t.match(
      texts[0],
      /3\.000 OMR collected for bill D-3 went back .*The bills are open again\. It is tried again on/,
    );
    t.match(texts[1], /the credit of 10\.000 OMR was taken back/);
    await assertBooksBalance(db);
  },
);

t.test('refused, and paid by hand meanwhile: no word, no other try', async (t) => {
  const world = await makeDebitWorld(t);
  const told = telling(t, world.db);
  await told(3);
  const debitId = await debit(world, [{ number: 'D-1', amount: '10.000' }]);
  await world
    .client('agent')
    .pay({ billerCode: 'om-social', bills: [bill('D-1', '10.000', 'OMR')], method: 'cash' });
  await say(world, debitId, 'rejected', 'AM04');
  await bookAll(world);
  t.same(await told(0), []);
  t.match(await debitStanding(world, debitId), { state: 'failed', retryOn: null });
  await assertBooksBalance(world.db);
});
