// Days that are closed in tests: paying, closing, and what the settlements say.
import {
  closeDay,
  readSplits,
  verify,
  type Batch,
  type Closed,
  type CloseWish,
  type Split,
} from '../../src/settlement/index.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { bill } from './client.ts';
import type { TestWorld } from './gateway.ts';
import { BILLERS, done } from './world.ts';

/** After om-social's cut-off of 2026-11-22, 16:00 in Muscat, and before that of the others. */
export const EVENING = '2026-11-22T12:00:01Z';
export const FIRST_DAY = '2026-11-22';

export async function close(
  db: Database,
  businessDate = FIRST_DAY,
  more: Partial<CloseWish> = {},
): Promise<Closed> {
  return done(await closeDay(db, { billerId: BILLERS.om.id, businessDate, ...more }));
}

/** Pays bills of om-social; the payment's id as shown. */
export async function pay(
  world: TestWorld,
  channel: string,
  ...bills: (readonly [string, string])[]
): Promise<string> {
  const { body, text } = await world
    .client(channel)
    .pay({ bills: bills.map(([number, value]) => bill(number, value)) });
  if (body === undefined) throw new Error(text);
  return body.paymentId;
}

export async function splitsOf(db: Database, { billerId, settlementId }: Batch): Promise<Split[]> {
  return db.transaction((tx) => readSplits(tx, billerId, settlementId));
}

/** One column of one dimension, by key. */
export async function column(
  db: Database,
  batch: Batch,
  dimension: Split['dimension'],
  name: keyof Split,
): Promise<Record<string, Split[keyof Split]>> {
  const splits = await splitsOf(db, batch);
  return Object.fromEntries(
    splits.filter((each) => each.dimension === dimension).map((each) => [each.key, each[name]]),
  );
}

export async function totalOf(db: Database, batch: Batch): Promise<Split> {
  const total = (await splitsOf(db, batch)).find((each) => each.dimension === 'total');
  if (total === undefined) throw new Error('no total');
  return total;
}

/** What `verify` finds altered, of every settlement of a biller. */
export async function faultsOf(db: Database, billerId: number = BILLERS.om.id): Promise<string[]> {
  const faults: string[] = [];
  for await (const verdict of verify(db, { billerId }))
    faults.push(...verdict.faults.map((fault) => `${verdict.batch.businessDate} ${fault}`));
  return faults;
}
