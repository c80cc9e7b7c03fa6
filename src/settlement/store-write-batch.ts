// SQL that writes a batch: once per biller and business date, whoever comes first.

import type { BusinessDate } from '../kernel/business-date.ts';
import { plainArray, textArray, type Tx } from '../platform/db/index.ts';
import { eventParts } from '../platform/outbox/index.ts';
import type { Batch, Split } from './batch.ts';
import { AMOUNTS, COUNTS } from './sums.ts';

/** False: another has written the batch of this day; its transaction has ended, and the batch can be read. */
export async function insertBatch(tx: Tx, batch: Batch): Promise<boolean> {
  const rows = await tx.query(
    `insert into settlement_batch (biller_id, settlement_id, business_date, currency, sealed_at, recorded_at, value_date,
       fees_settled, fees_set_off_minor, carried_in_minor, net_minor, remitted_minor, carried_out_minor, facts, digest, previous_digest)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     on conflict (biller_id, business_date) do nothing returning 1`,
    [
      batch.billerId,
      batch.settlementId,
      batch.businessDate,
      batch.currency,
      batch.sealedAt,
      batch.recordedAt,
      batch.valueDate,
      batch.feesSettled,
      batch.feesSetOffMinor,
      batch.carriedInMinor,
      batch.netMinor,
      batch.remittedMinor,
      batch.carriedOutMinor,
      JSON.stringify(batch.facts),
      batch.digest,
      batch.previousDigest,
    ],
  );
  return rows.length > 0;
}

export async function insertSplits(
  tx: Tx,
  { billerId, settlementId }: Pick<Batch, 'billerId' | 'settlementId'>,
  splits: readonly Split[],
): Promise<void> {
  const columns = [...COUNTS, ...AMOUNTS, 'netMinor'] as const;
  const names = ['dimension', 'key', ...columns.map(columnOf)].join(', ');
  const arrays = [
    '$3::text[]',
    '$4::text[]',
    ...columns.map((_, i) => `$${i + 5}::${i < COUNTS.length ? 'int' : 'bigint'}[]`),
  ];
  await tx.query(
    `insert into settlement_split (biller_id, settlement_id, ${names})
     select $1, $2, * from unnest(${arrays.join(', ')})`,
    [
      billerId,
      settlementId,
      textArray(splits, (split) => split.dimension),
      textArray(splits, (split) => split.key),
      ...columns.map((column) => plainArray(splits, (split) => split[column])),
    ],
  );
}

function columnOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export async function recordClosed(
  tx: Tx,
  { billerId, settlementId, recordedAt }: Pick<Batch, 'billerId' | 'settlementId' | 'recordedAt'>,
  eventId: string,
  payload: string,
): Promise<void> {
  await tx.query(
    `with ${eventParts(`select $1::int, $2::uuid, 'settlement.closed', $3::text, 1, $4::json, $5::timestamptz`)} select`,
    [billerId, eventId, settlementId, payload, recordedAt.toISOString()],
  );
}

export async function timeOfBooks(tx: Tx): Promise<Date> {
  const [row] = await tx.query<{ now: Date }>('select business_now() as now');
  if (row === undefined) throw new Error('the database told no time');
  return row.now;
}

/** A day before this one that has no batch yet, the oldest; null: there is none. */
export async function unsettledBefore(
  tx: Tx,
  billerId: number,
  businessDate: BusinessDate,
): Promise<BusinessDate | null> {
  const [row] = await tx.query<{ date: BusinessDate | null }>(
    `select min(d.business_date) as date from business_day d
      where d.biller_id = $1 and d.business_date < $2
        and d.business_date > coalesce((select max(b.business_date) from settlement_batch b
                                         where b.biller_id = $1 and b.business_date < $2), '-infinity')`,
    [billerId, businessDate],
  );
  return row?.date ?? null;
}
