// Reading of settlement batches: rows as they were written, never locked, since a batch does not change.

import type { BusinessDate } from '../kernel/business-date.ts';
import type { Uuid } from '../kernel/ids.ts';
import { plainArray, type Tx } from '../platform/db/index.ts';
import { DIMENSIONS, type Batch, type BatchFacts, type Dimension, type Split } from './batch.ts';
import type { FeesSettled } from '../billers/index.ts';

interface BatchRow {
  biller_id: number;
  settlement_id: Uuid;
  business_date: BusinessDate;
  currency: string;
  sealed_at: Date;
  recorded_at: Date;
  value_date: BusinessDate;
  fees_settled: FeesSettled;
  fees_set_off_minor: bigint;
  carried_in_minor: bigint;
  net_minor: bigint;
  remitted_minor: bigint;
  carried_out_minor: bigint;
  facts: BatchFacts;
  digest: Buffer;
  previous_digest: Buffer | null;
}

function toBatch(row: BatchRow): Batch {
  return {
    billerId: row.biller_id,
    settlementId: row.settlement_id,
    businessDate: row.business_date,
    currency: row.currency,
    sealedAt: row.sealed_at,
    recordedAt: row.recorded_at,
    valueDate: row.value_date,
    feesSettled: row.fees_settled,
    feesSetOffMinor: row.fees_set_off_minor,
    carriedInMinor: row.carried_in_minor,
    netMinor: row.net_minor,
    remittedMinor: row.remitted_minor,
    carriedOutMinor: row.carried_out_minor,
    facts: row.facts,
    digest: row.digest,
    previousDigest: row.previous_digest,
  };
}

/** The batch of an id; undefined when this biller has none such. */
export async function readBatch(tx: Tx, billerId: number, settlementId: Uuid): Promise<Batch | undefined> {
  const [row] = await tx.query<BatchRow>(
    'select * from settlement_batch where biller_id = $1 and settlement_id = $2',
    [billerId, settlementId],
  );
  return row && toBatch(row);
}

/** The batch of a business date; undefined: the day is not closed. */
export async function findBatch(
  tx: Tx,
  billerId: number,
  businessDate: BusinessDate,
): Promise<Batch | undefined> {
  const [row] = await tx.query<BatchRow>(
    'select * from settlement_batch where biller_id = $1 and business_date = $2',
    [billerId, businessDate],
  );
  return row && toBatch(row);
}

export interface BatchRange {
  readonly billerId: number;
  /** Both included. */
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  /** Only those that follow it in the order; empty: all. */
  readonly after: BusinessDate;
  readonly order: 'asc' | 'desc';
  readonly limit: number;
}

const FOLLOWS = {
  asc: `> coalesce(nullif($4, '')::date, '-infinity')`,
  desc: `< coalesce(nullif($4, '')::date, 'infinity')`,
};

/** Batches of a span of business dates: `asc` the oldest first. */
export async function listBatches(
  tx: Tx,
  { billerId, from, to, after, order, limit }: BatchRange,
): Promise<Batch[]> {
  const rows = await tx.query<BatchRow>(
    `select * from settlement_batch where biller_id = $1 and business_date between $2 and $3
        and business_date ${FOLLOWS[order]}
      order by business_date ${order} limit $5`,
    [billerId, from, to, after, limit],
  );
  return rows.map(toBatch);
}

/** The batch before a business date: whose digest goes on, and what it carried out. */
export async function batchBefore(
  tx: Tx,
  billerId: number,
  businessDate: BusinessDate,
): Promise<Batch | undefined> {
  const [row] = await tx.query<BatchRow>(
    `select * from settlement_batch where biller_id = $1 and business_date < $2
      order by business_date desc limit 1`,
    [billerId, businessDate],
  );
  return row && toBatch(row);
}

interface SplitRow {
  dimension: Dimension;
  key: string;
  payments: number;
  bills: number;
  gross_minor: bigint;
  reversals: number;
  reversed_minor: bigint;
  adjustments: number;
  adjusted_minor: bigint;
  direct_payments: number;
  direct_gross_minor: bigint;
  direct_reversed_minor: bigint;
  direct_adjusted_minor: bigint;
  credited: number;
  credited_minor: bigint;
  payer_fee_minor: bigint;
  biller_fee_minor: bigint;
  tax_minor: bigint;
  commission_minor: bigint;
  net_minor: bigint;
}

/** All splits of a batch, in the order of DIMENSIONS and then of the keys (by code point); the first is the total. */
export async function readSplits(tx: Tx, billerId: number, settlementId: Uuid): Promise<Split[]> {
  const rows = await tx.query<SplitRow>(
    `select * from settlement_split where biller_id = $1 and settlement_id = $2
      order by array_position($3::text[], dimension), key collate "C"`,
    [billerId, settlementId, [...DIMENSIONS]],
  );
  return rows.map(toSplit);
}

/** The totals of batches by their ids. */
export async function readTotals(
  tx: Tx,
  billerId: number,
  settlementIds: readonly Uuid[],
): Promise<Map<Uuid, Split>> {
  const rows = await tx.query<SplitRow & { settlement_id: Uuid }>(
    `select * from settlement_split
      where biller_id = $1 and settlement_id = any($2::uuid[]) and dimension = 'total' and key = ''`,
    [billerId, plainArray(settlementIds)],
  );
  return new Map(rows.map((row) => [row.settlement_id, toSplit(row)]));
}

function toSplit(row: SplitRow): Split {
  return {
    dimension: row.dimension,
    key: row.key,
    payments: row.payments,
    bills: row.bills,
    grossMinor: row.gross_minor,
    reversals: row.reversals,
    reversedMinor: row.reversed_minor,
    adjustments: row.adjustments,
    adjustedMinor: row.adjusted_minor,
    directPayments: row.direct_payments,
    directGrossMinor: row.direct_gross_minor,
    directReversedMinor: row.direct_reversed_minor,
    directAdjustedMinor: row.direct_adjusted_minor,
    credited: row.credited,
    creditedMinor: row.credited_minor,
    payerFeeMinor: row.payer_fee_minor,
    billerFeeMinor: row.biller_fee_minor,
    taxMinor: row.tax_minor,
    commissionMinor: row.commission_minor,
    netMinor: row.net_minor,
  };
}
