// Reading of what a report is made of.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import { readBatch, readSplits } from '../store-batch.ts';
import type { PlannedRemittance, SettlementReport } from './report.ts';

interface RemittanceRow {
  unit: string;
  amount_minor: bigint;
  value_date: BusinessDate;
  late: boolean;
  end_to_end_id: string;
  holder: string | null;
  shown_number: string | null;
}

/** undefined: this biller has no such settlement. */
export async function readReport(
  tx: Tx,
  billerId: number,
  settlementId: Uuid,
): Promise<SettlementReport | undefined> {
  const batch = await readBatch(tx, billerId, settlementId);
  if (batch === undefined) return undefined;
  const splits = await readSplits(tx, billerId, settlementId);
  return { batch, splits, remittances: await readPlanned(tx, billerId, settlementId) };
}

/** First attempts only: what became of them is told by the settlement itself. */
async function readPlanned(tx: Tx, billerId: number, settlementId: Uuid): Promise<PlannedRemittance[]> {
  const rows = await tx.query<RemittanceRow>(
    `select distinct on (r.unit collate "C") r.unit, r.amount_minor, r.value_date, r.late, r.end_to_end_id, a.holder, a.shown_number
       from remittance r
       left join remittance_account a on a.biller_id = r.biller_id and a.unit = r.unit and a.version = r.account_version
      where r.biller_id = $1 and r.settlement_id = $2 order by r.unit collate "C", r.attempt`,
    [billerId, settlementId],
  );
  return rows.map((row) => ({
    unit: row.unit,
    amountMinor: row.amount_minor,
    valueDate: row.value_date,
    late: row.late,
    endToEndId: row.end_to_end_id,
    holder: row.holder ?? '',
    account: row.shown_number ?? '',
  }));
}
