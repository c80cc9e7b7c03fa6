// Settlements as their agency reads them: a list of what each came to, and one with its splits and the state of its
// remittances at this moment. Another agency's settlement does not exist.

import { isBusinessDate, type BusinessDate } from '../kernel/business-date.ts';
import { refuse, type Refusal } from '../kernel/errors.ts';
import { parseId } from '../kernel/ids.ts';
import type { Database } from '../platform/db/index.ts';
import { remittancesOf } from './remittances/store-remittance.ts';
import type { SettlementAnswer, SettlementList } from './schema.ts';
import { showSettlement, summaryOf } from './show-settlement.ts';
import { listBatches, readBatch, readSplits, readTotals } from './store-batch.ts';

export interface ListWish {
  readonly from?: BusinessDate | undefined;
  readonly to?: BusinessDate | undefined;
  readonly after?: BusinessDate | undefined;
  /** Left out: `asc`. */
  readonly order?: 'asc' | 'desc' | undefined;
  readonly limit: number;
}

/** By business date. Refuses `malformed-request` for a date that there is not. */
export async function listSettlements(
  database: Database,
  billerId: number,
  { from = '0001-01-01', to = '9999-12-31', after = '', order = 'asc', limit }: ListWish,
): Promise<SettlementList | Refusal> {
  for (const [field, date] of Object.entries({ from, to }))
    if (!isBusinessDate(date)) return refuse('malformed-request', { field });
  return database.nodeOf(billerId).transaction(async (tx) => {
    const batches = await listBatches(tx, { billerId, from, to, after, order, limit: limit + 1 });
    const items = batches.slice(0, limit);
    const totals = await readTotals(
      tx,
      billerId,
      items.map((batch) => batch.settlementId),
    );
    return {
      items: items.map((batch) => {
        const total = totals.get(batch.settlementId);
        if (total === undefined) throw new Error(`settlement ${batch.settlementId} has no total`);
        return summaryOf(batch, total);
      }),
      next: batches.length > limit ? (items.at(-1)?.businessDate ?? null) : null,
    };
  });
}

/** Refuses `settlement-not-found`. */
export async function settlementById(
  database: Database,
  billerId: number,
  shownId: string,
): Promise<SettlementAnswer | Refusal> {
  const settlementId = parseId('stl', shownId);
  const missing = refuse('settlement-not-found', { settlementId: shownId });
  if (settlementId === undefined) return missing;
  return database.nodeOf(billerId).transaction(async (tx) => {
    const batch = await readBatch(tx, billerId, settlementId);
    if (batch === undefined) return missing;
    const splits = await readSplits(tx, billerId, settlementId);
    return showSettlement(batch, splits, await remittancesOf(tx, billerId, settlementId));
  });
}
