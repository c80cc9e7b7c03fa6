// What must hold of confirmations after whatever happened: every event of the agency was booked once by its id, those
// of each bill in the order of the feed, all of them genuine, and nothing is left to deliver.
import type { Test } from 'tap';
import { orderKeysOf } from '../../src/confirmations/delivery/window.ts';
import { showId } from '../../src/kernel/ids.ts';
import type { Database } from '../../src/platform/db/index.ts';
import type { Agency } from './agency.ts';
import { bill, type Client } from './client.ts';
import { until } from './until.ts';

export interface Deliveries {
  readonly unnumbered: number;
  readonly waiting: number;
  readonly aside: number;
  readonly parked: number;
  readonly failures: number;
  readonly lastFailure: string | null;
}

/** How deliveries stand, from the tables. */
export async function standingOf(db: Database, billerId = 1): Promise<Deliveries> {
  const [row] = await db.transaction((tx) =>
    tx.query<Deliveries>(
      `select (select count(*)::int from event_outbox where biller_id = $1) as unnumbered,
              (coalesce((select last_number from event_feed_head where biller_id = $1), 0) - d.delivered_number)::int as waiting,
              (select count(*)::int from delivery_aside where biller_id = $1 and state = 'aside') as aside,
              (select count(*)::int from delivery_aside where biller_id = $1 and state = 'parked') as parked,
              d.failures, d.last_failure as "lastFailure"
         from delivery d where d.biller_id = $1`,
      [billerId],
    ),
  );
  if (row === undefined) throw new Error(`biller ${billerId} has no webhook`);
  return row;
}

/** Pauses of deliveries and leases that nobody will give back are over, as if their time had passed. */
export async function passTime(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('update delivery set next_try_at = null where next_try_at is not null');
    await tx.query('update delivery_aside set next_try_at = clock_timestamp()');
  });
}

/** Waits until everything is delivered, the pauses cut short, and then holds the agency to the feed. */
export async function assertConfirmed(t: Test, db: Database, agency: Agency, billerId = 1): Promise<void> {
  await until('everything is delivered', async () => {
    await passTime(db);
    const { unnumbered, waiting, aside } = await standingOf(db, billerId);
    return unnumbered === 0 && waiting === 0 && aside === 0;
  });
  const events = await db.transaction((tx) =>
    tx.query<{ event_id: string; subject: string; payload: string }>(
      `select e.event_id, e.subject, e.payload::text as payload from event e
         join event_feed f on f.biller_id = e.biller_id and f.event_id = e.event_id
        where e.biller_id = $1 order by f.number`,
      [billerId],
    ),
  );
  const booked = [...agency.booked().keys()];
  t.same(booked.toSorted(), events.map(({ event_id }) => showId('evt', event_id)).sort(), 'all are booked');
  const told = new Map(booked.map((id, place) => [id, place]));
  const last = new Map<string, number>();
  for (const event of events) {
    const place = told.get(showId('evt', event.event_id)) ?? -1;
    for (const key of orderKeysOf(event)) {
      if (place < (last.get(key) ?? -1)) t.fail(`events of ${key} were told in another order`);
      last.set(key, place);
    }
  }
  t.same(agency.strange, [], 'every signature holds');
}

/** Pays each bill, reverses the payment and pays it again: three events of each, in this order. */
export async function payThrice(
  bank: Client,
  numbers: readonly string[],
  billerCode = 'om-social',
): Promise<void> {
  await Promise.all(
    numbers.map(async (number) => {
      const first = await pay(bank, number, billerCode);
      const { status, text } = await bank.reverse(first, `${number}-undo`);
      if (status !== 201) throw new Error(text);
      await pay(bank, number, billerCode);
    }),
  );
}

/** Returns the payment's id. */
export async function pay(bank: Client, number: string, billerCode = 'om-social'): Promise<string> {
  const { body, text } = await bank.pay({ billerCode, bills: [bill(number, '10.000')] });
  if (body === undefined) throw new Error(text);
  return body.paymentId;
}
