// The feed as an agency reads it: complete, without a gap, in one order for ever, however events are committed and
// whoever numbers them.
import t, { type Test } from 'tap';
import { Numbering } from '../../src/confirmations/number-events.ts';
import { Session, type Database } from '../../src/platform/db/index.ts';
import { pay } from '../support/confirmed.ts';
import { testWorld } from '../support/database.ts';
import { startTestGateway } from '../support/gateway.ts';
import { until } from '../support/until.ts';
import { addManyBills, setClock, type World } from '../support/world.ts';

interface Page {
  readonly items: readonly { cursor: string; type: string; data: { eventId: string; revision: number } }[];
  readonly next: string | null;
}

/** An event of no payment, written by whoever holds its transaction. */
const EVENT = `with e as (
  insert into event (biller_id, event_id, type, subject, revision, payload, recorded_at)
  select $1, i, 'bill.created', 'X', 1, '{}', business_now() from unnest($2::uuid[]) as i returning biller_id, event_id
) insert into event_outbox (biller_id, event_id) select biller_id, event_id from e`;

/** Ids of biller 1, in the order of `i`; dated long ago, as if the books' clock had been set. */
const idOf = (i: number): string => `01900000-0000-0001-0000-${String(i).padStart(12, '0')}`;

interface Numberer {
  readonly numbering: Numbering;
  /** One round after the other until `isEnough`; a round that breaks off is told and the next one begun. */
  run(isEnough: () => boolean | Promise<boolean>, onFault?: (error: unknown) => void): Promise<void>;
}

function numberer(t: Pick<Test, 'teardown'>, { url }: World, name = 'wasit-relay'): Numberer {
  const session = new Session(url, name);
  t.teardown(() => session.close());
  const numbering = new Numbering(session);
  return {
    numbering,
    async run(isEnough, onFault) {
      while (!(await isEnough())) {
        try {
          await numbering.round(performance.now());
        } catch (error) {
          if (onFault === undefined) throw error;
          onFault(error);
        }
      }
    },
  };
}

async function outboxOf(db: Database): Promise<number> {
  const [row] = await db.transaction((tx) =>
    tx.query<{ count: number }>('select count(*)::int as count from event_outbox'),
  );
  return row?.count ?? 0;
}

/** Every event of the biller has one number, and the numbers have no gap. */
async function assertGapless(t: Test, db: Database, billerId = 1): Promise<void> {
  const [row] = await db.transaction((tx) =>
    tx.query(
      `select (select count(*)::int from event where biller_id = $1) as events,
              (select count(*)::int from event_outbox where biller_id = $1) as waiting,
              (select last_number::int from event_feed_head where biller_id = $1) as head,
              count(*)::int as fed, count(distinct event_id)::int as distinct, min(number)::int as first, max(number)::int as last
         from event_feed where biller_id = $1`,
      [billerId],
    ),
  );
  const n = row?.['events'];
  t.same(row, { events: n, waiting: 0, head: n, fed: n, distinct: n, first: 1, last: n });
}

await t.test(
  'many payments on two gateways, three who number, and one transaction that takes long',
  async (t) => {
    const world = await testWorld(t);
    const { db } = world;
    const gateways = [await startTestGateway(t, world), await startTestGateway(t, world)];
    const numbers = await addManyBills(db, 'om', 'F', 150, '10.000');
    const reader = gateways[0]?.client('om-social');
    const seen: string[] = [];
    let after: string | undefined;
    const readOn = async (): Promise<void> => {
      const path = `/v1/events?limit=7${after === undefined ? '' : `&after=${after}`}`;
      for (const item of (await reader?.send<Page>('GET', path))?.body?.items ?? []) {
        seen.push(item.data.eventId);
        after = item.cursor;
      }
    };
    let isPaid = false;
    let isReleased = false;
    const numbering = ['a', 'b', 'c'].map((name) =>
      numberer(t, world, name).run(async () => isReleased && (await outboxOf(db)) === 0),
    );
    const reading = (async () => {
      while (seen.length < 151) await readOn();
    })();
    const slow = db.transaction(async (tx) => {
      await tx.query(EVENT, [1, [idOf(1)]]);
      await until('all others are paid, numbered and read', () => isPaid && seen.length === 150);
    });
    await Promise.all(
      numbers.map((number, i) => {
        const bank = gateways[i % 2]?.client('bank');
        if (bank === undefined) throw new Error('no gateway');
        return pay(bank, number);
      }),
    );
    isPaid = true;
    await slow;
    isReleased = true;
    await Promise.all([reading, ...numbering]);
    await readOn();
    t.equal(seen.length, 151);
    t.equal(new Set(seen).size, 151, 'each event was read exactly once');
    const [late] = await db.transaction((tx) =>
      tx.query('select number::int as number from event_feed where event_id = $1', [idOf(1)]),
    );
    t.same(late, { number: 151 }, 'the slow one comes last though its id is the oldest');
    await assertGapless(t, db);
  },
);

await t.test('numbering that is killed in the middle, again and again', async (t) => {
  const world = await testWorld(t);
  const { db } = world;
  await db.transaction((tx) => tx.query(EVENT, [1, Array.from({ length: 5000 }, (_, i) => idOf(i))]));
  const kill = (where: string): Promise<unknown[]> =>
    db.transaction((tx) =>
      tx.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name = 'killed' and ${where}`,
      ),
    );
  const faults: unknown[] = [];
  let isBlocked = true;
  const rounds = numberer(t, world, 'killed').run(
    async () => (await outboxOf(db)) === 0,
    (error) => faults.push(error),
  );
  // In the very middle: the head is locked, a row that it takes is not to be had.
  await db.transaction(async (tx) => {
    await tx.query('select from event_outbox where event_id = $1 for update', [idOf(1000)]);
    const other = numberer(t, world, 'killed').run(
      () => !isBlocked,
      (error) => faults.push(error),
    );
    for (let round = 0; round < 3; round++) {
      const before = faults.length;
      await until('it waits', async () => (await kill(`wait_event_type = 'Lock'`)).length > 0);
      await until('it was told', () => faults.length > before);
    }
    isBlocked = false;
    await kill('true');
    await other;
  });
  await kill('true');
  await rounds;
  t.ok(faults.length >= 3, `killed ${faults.length} times`);
  await assertGapless(t, db);
  const order = await db.transaction((tx) =>
    tx.query<{ event_id: string }>('select event_id from event_feed where biller_id = 1 order by number'),
  );
  t.same(
    order.map((row) => row.event_id),
    Array.from({ length: 5000 }, (_, i) => idOf(i)),
  );
});

await t.test('events of ids that lie far back are found by the full rounds', async (t) => {
  const world = await testWorld(t);
  const { db } = world;
  const gateway = await startTestGateway(t, world);
  const { numbering } = numberer(t, world);
  const [first = '', second = ''] = await addManyBills(db, 'om', 'C', 2, '10.000');
  await pay(gateway.client('bank'), first);
  t.same(await numbering.round(0), { billerIds: [1], isMore: false });
  await setClock(db, '2026-11-22T07:00:00Z');
  const paymentId = await pay(gateway.client('bank'), second);
  t.same(await numbering.round(10), { billerIds: [], isMore: false }, 'not looked for at every look');
  t.same(await numbering.round(1000), { billerIds: [1], isMore: false });
  const { body } = await gateway.client('om-social').send<Page>('GET', '/v1/events');
  t.equal(body?.items.length, 2);
  t.match(body?.items[1], { cursor: 'f2', data: { paymentId } });
  await assertGapless(t, db);
});

await t.test('who rounds for many agencies at once shares them, and none waits', async (t) => {
  const world = await testWorld(t);
  const { db } = world;
  await db.transaction(async (tx) => {
    for (const billerId of [1, 2, 3])
      await tx.query(EVENT, [billerId, Array.from({ length: 300 }, (_, i) => idOf(billerId * 1000 + i))]);
  });
  const { numbering } = numberer(t, world);
  await db.transaction((tx) => tx.query('insert into event_feed_head (biller_id) values (2)'));
  await db.transaction(async (tx) => {
    await tx.query('select from event_feed_head where biller_id = 2 for update');
    t.same((await numbering.round(0)).billerIds.toSorted(), [1, 3], 'another is at the second');
  });
  t.same((await numbering.round(1)).billerIds, [2]);
  for (const billerId of [1, 2, 3]) await assertGapless(t, db, billerId);
});
