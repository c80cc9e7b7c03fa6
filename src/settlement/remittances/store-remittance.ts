// SQL of remittances and their steps. A remittance's row is its lock, after its biller's open day and before balances;
// several are locked in the order of (biller, remittance).

import type { BusinessDate } from '../../kernel/business-date.ts';
import { newId, type Uuid } from '../../kernel/ids.ts';
import { plainArray, textArray, type Statement, type Tx } from '../../platform/db/index.ts';
import type { Remittance, RemittanceState } from '../batch.ts';

export interface RemittanceRow {
  biller_id: number;
  remittance_id: Uuid;
  settlement_id: Uuid;
  unit: string;
  account_version: number;
  attempt: number;
  pays_from: number | null;
  currency: string;
  amount_minor: bigint;
  state: RemittanceState;
  held: Remittance['held'];
  value_date: BusinessDate;
  late: boolean;
  execute_on: BusinessDate | null;
  end_to_end_id: string;
  approval_id: Uuid | null;
  file_id: Uuid | null;
  reason: string | null;
  planned_at: Date;
  sent_at: Date | null;
  confirmed_at: Date | null;
  ended_at: Date | null;
}

export function toRemittance(row: RemittanceRow): Remittance {
  return {
    billerId: row.biller_id,
    remittanceId: row.remittance_id,
    settlementId: row.settlement_id,
    unit: row.unit,
    accountVersion: row.account_version,
    attempt: row.attempt,
    paysFrom: row.pays_from,
    currency: row.currency,
    amountMinor: row.amount_minor,
    state: row.state,
    held: row.held,
    valueDate: row.value_date,
    late: row.late,
    executeOn: row.execute_on,
    endToEndId: row.end_to_end_id,
    reason: row.reason,
    approvalId: row.approval_id,
    fileId: row.file_id,
    plannedAt: row.planned_at,
    sentAt: row.sent_at,
    confirmedAt: row.confirmed_at,
    endedAt: row.ended_at,
  };
}

export async function insertRemittances(tx: Tx, remittances: readonly Remittance[]): Promise<void> {
  if (remittances.length === 0) return;
  await tx.query(
    `insert into remittance (biller_id, remittance_id, settlement_id, unit, account_version, attempt, pays_from, currency,
       amount_minor, state, held, value_date, late, execute_on, end_to_end_id, approval_id, reason, planned_at)
     select biller_id, remittance_id, settlement_id, unit, account_version, attempt, pays_from, currency,
       amount_minor, state, held, value_date, late, execute_on, end_to_end_id, approval_id, reason, planned_at
       from jsonb_populate_recordset(null::remittance, $1::jsonb)`,
    [JSON.stringify(remittances.map(toRow))],
  );
}

/** Amounts as text: JSON's numbers are no integers of 64 bits everywhere. */
function toRow(r: Remittance): Record<string, unknown> {
  return {
    biller_id: r.billerId,
    remittance_id: r.remittanceId,
    settlement_id: r.settlementId,
    unit: r.unit,
    account_version: r.accountVersion,
    attempt: r.attempt,
    pays_from: r.paysFrom,
    currency: r.currency,
    amount_minor: r.amountMinor.toString(),
    state: r.state,
    held: r.held,
    value_date: r.valueDate,
    late: r.late,
    execute_on: r.executeOn,
    end_to_end_id: r.endToEndId,
    approval_id: r.approvalId,
    reason: r.reason,
    planned_at: r.plannedAt.toISOString(),
  };
}

export async function readRemittance(
  tx: Tx,
  billerId: number,
  remittanceId: Uuid,
): Promise<Remittance | undefined> {
  const [row] = await tx.query<RemittanceRow>(
    'select * from remittance where biller_id = $1 and remittance_id = $2',
    [billerId, remittanceId],
  );
  return row && toRemittance(row);
}

export async function lockRemittance(
  tx: Tx,
  billerId: number,
  remittanceId: Uuid,
): Promise<Remittance | undefined> {
  const [row] = await tx.query<RemittanceRow>(
    'select * from remittance where biller_id = $1 and remittance_id = $2 for no key update',
    [billerId, remittanceId],
  );
  return row && toRemittance(row);
}

/** Of a batch: units in order, attempts one after the other. */
export async function remittancesOf(tx: Tx, billerId: number, settlementId: Uuid): Promise<Remittance[]> {
  const rows = await tx.query<RemittanceRow>(
    `select * from remittance where biller_id = $1 and settlement_id = $2 order by unit collate "C", attempt`,
    [billerId, settlementId],
  );
  return rows.map(toRemittance);
}

/** What may change of one; its row is locked. */
export async function updateRemittance(tx: Tx, r: Remittance): Promise<void> {
  await tx.query(
    `update remittance set account_version = $3, pays_from = $4, state = $5, held = $6, value_date = $7, late = $8,
            execute_on = $9, approval_id = $10, file_id = $11, reason = $12, sent_at = $13, confirmed_at = $14, ended_at = $15
      where biller_id = $1 and remittance_id = $2`,
    [
      r.billerId,
      r.remittanceId,
      r.accountVersion,
      r.paysFrom,
      r.state,
      r.held,
      r.valueDate,
      r.late,
      r.executeOn,
      r.approvalId,
      r.fileId,
      r.reason,
      r.sentAt,
      r.confirmedAt,
      r.endedAt,
    ],
  );
}

export interface Step {
  readonly billerId: number;
  readonly remittanceId: Uuid;
  readonly state: RemittanceState;
  readonly reason: string | null;
  readonly journalId: Uuid | null;
  readonly at: Date;
}

const STEPS: Statement = {
  name: 'remittance_steps',
  text: `insert into remittance_step (biller_id, remittance_id, step_id, state, reason, journal_id, recorded_at)
select * from unnest($1::int[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::timestamptz[])`,
};

/** Steps of one remittance at the same instant keep their order. */
export async function insertSteps(tx: Tx, steps: readonly Step[]): Promise<void> {
  if (steps.length === 0) return;
  const met = new Map<Uuid, number>();
  const ids = steps.map((step) => {
    const nth = met.get(step.remittanceId) ?? 0;
    met.set(step.remittanceId, nth + 1);
    return newId(step.at.getTime() + nth, step.billerId);
  });
  await tx.run(STEPS, [
    plainArray(steps, (s) => s.billerId),
    plainArray(steps, (s) => s.remittanceId),
    plainArray(ids),
    plainArray(steps, (s) => s.state),
    textArray(steps, (s) => s.reason),
    plainArray(steps, (s) => s.journalId),
    plainArray(steps, (s) => s.at.toISOString()),
  ]);
}

export interface StepRow {
  remittance_id: Uuid;
  state: RemittanceState;
  reason: string | null;
  recorded_at: Date;
}

export function stepsOfBatch(tx: Tx, billerId: number, settlementId: Uuid): Promise<StepRow[]> {
  return tx.query<StepRow>(
    `select s.remittance_id, s.state, s.reason, s.recorded_at
       from remittance r join remittance_step s on s.biller_id = $1 and s.remittance_id = r.remittance_id
      where r.biller_id = $1 and r.settlement_id = $2 order by s.recorded_at, s.step_id`,
    [billerId, settlementId],
  );
}
