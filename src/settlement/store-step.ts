// SQL of the recorded steps of a day.

import type { BusinessDate } from '../kernel/business-date.ts';
import type { Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Source, Step } from './step.ts';
import type { TallyRow } from './sums.ts';

export interface DayKey {
  readonly billerId: number;
  readonly businessDate: BusinessDate;
}

export interface RecordedStep extends Step {
  readonly step: number;
}

interface StepRow {
  step: number;
  source: Source;
  through_id: Uuid;
  entries: number;
  digest: Buffer;
  sums: TallyRow[];
}

const COLUMNS = 'step, source, through_id, entries, digest, sums';

/** In order. */
export async function readSteps(tx: Tx, { billerId, businessDate }: DayKey): Promise<RecordedStep[]> {
  const rows = await tx.query<StepRow>(
    `select ${COLUMNS} from settlement_step where biller_id = $1 and business_date = $2 order by step`,
    [billerId, businessDate],
  );
  return rows.map(toStep);
}

export async function lastStep(
  tx: Tx,
  { billerId, businessDate }: DayKey,
): Promise<RecordedStep | undefined> {
  const [row] = await tx.query<StepRow>(
    `select ${COLUMNS} from settlement_step where biller_id = $1 and business_date = $2 order by step desc limit 1`,
    [billerId, businessDate],
  );
  return row && toStep(row);
}

function toStep(row: StepRow): RecordedStep {
  const { step, source, through_id: throughId, entries, digest, sums } = row;
  return { step, source, throughId, entries, digest, sums };
}

/** Somebody else who records the same step has written the same: then nothing is done. */
export async function insertStep(
  tx: Tx,
  { billerId, businessDate }: DayKey,
  { step, source, throughId, entries, digest, sums }: RecordedStep,
): Promise<void> {
  await tx.query(
    `insert into settlement_step (biller_id, business_date, step, source, through_id, entries, digest, sums)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [billerId, businessDate, step, source, throughId, entries, digest, JSON.stringify(sums)],
  );
}

/** For statements that read tens of thousands of rows by ranges of keys, whatever the statistics say. */
export async function planForRanges(tx: Tx): Promise<void> {
  await tx.query(
    `select set_config('work_mem', '64MB', true), set_config('jit', 'off', true), set_config('enable_seqscan', 'off', true),
            set_config('max_parallel_workers_per_gather', '0', true)`,
  );
}
