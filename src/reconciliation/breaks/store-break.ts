// SQL of one break: found, locked, changed, and the steps that say what happened to it. Remember: of a decision the break
// is locked right after its request and before all else, as the request is; who finds breaks locks them last, and no row
// that a resolution would then wait for.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Json } from '../../kernel/errors.ts';
import { billerOf, newId, type Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { BreakKind } from './break.ts';
import type { BreakAction, BreakState } from './states.ts';

export interface StoredBreak {
  readonly billerId: number;
  readonly breakId: Uuid;
  readonly kind: BreakKind;
  readonly channelId: number | null;
  readonly businessDate: BusinessDate | null;
  readonly reference: string | null;
  readonly paymentId: Uuid | null;
  readonly billNumber: string | null;
  readonly statementId: Uuid | null;
  readonly line: number | null;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly ours: Json;
  readonly theirs: Json;
  readonly owner: Uuid | null;
  readonly state: BreakState;
  readonly approvalId: Uuid | null;
  /** Of that request; null: there is none. */
  readonly approvalState: string | null;
  readonly resolution: string | null;
  readonly openedAt: Date;
  readonly endedAt: Date | null;
}

export interface BreakRow {
  biller_id: number;
  break_id: Uuid;
  kind: BreakKind;
  channel_id: number | null;
  business_date: BusinessDate | null;
  reference: string | null;
  payment_id: Uuid | null;
  bill_number: string | null;
  statement_id: Uuid | null;
  line: number | null;
  currency: string;
  amount_minor: bigint;
  ours: Json;
  theirs: Json;
  owner: Uuid | null;
  state: BreakState;
  approval_id: Uuid | null;
  approval_state: string | null;
  resolution: string | null;
  opened_at: Date;
  ended_at: Date | null;
}

export const BREAK = `k.biller_id, k.break_id, k.kind, k.channel_id, k.business_date, k.reference, k.payment_id,
  k.bill_number, k.statement_id, k.line, k.currency, k.amount_minor, k.ours, k.theirs, k.owner, k.state, k.approval_id,
  (select a.state from approval a where a.biller_id = k.biller_id and a.approval_id = k.approval_id) as approval_state,
  k.resolution, k.opened_at, k.ended_at`;

export function toBreak(row: BreakRow): StoredBreak {
  return {
    billerId: row.biller_id,
    breakId: row.break_id,
    kind: row.kind,
    channelId: row.channel_id,
    businessDate: row.business_date,
    reference: row.reference,
    paymentId: row.payment_id,
    billNumber: row.bill_number,
    statementId: row.statement_id,
    line: row.line,
    currency: row.currency,
    amountMinor: row.amount_minor,
    ours: row.ours,
    theirs: row.theirs,
    owner: row.owner,
    state: row.state,
    approvalId: row.approval_id,
    approvalState: row.approval_state,
    resolution: row.resolution,
    openedAt: row.opened_at,
    endedAt: row.ended_at,
  };
}

export async function findBreak(tx: Tx, breakId: Uuid): Promise<StoredBreak | undefined> {
  const [row] = await tx.query<BreakRow>(
    `select ${BREAK} from break k where k.biller_id = $1 and k.break_id = $2`,
    [billerOf(breakId), breakId],
  );
  return row === undefined ? undefined : toBreak(row);
}

/** What is read beside the row is read after the lock. */
export async function lockBreak(tx: Tx, breakId: Uuid): Promise<StoredBreak | undefined> {
  await tx.query('select from break where biller_id = $1 and break_id = $2 for no key update', [
    billerOf(breakId),
    breakId,
  ]);
  return findBreak(tx, breakId);
}

/** The break is locked by this transaction. */
export async function updateBreak(
  tx: Tx,
  it: Pick<StoredBreak, 'billerId' | 'breakId' | 'owner' | 'state' | 'approvalId' | 'resolution' | 'endedAt'>,
): Promise<void> {
  await tx.query(
    `update break set owner = $3, state = $4, approval_id = $5, resolution = $6, ended_at = $7
      where biller_id = $1 and break_id = $2`,
    [it.billerId, it.breakId, it.owner, it.state, it.approvalId, it.resolution, it.endedAt],
  );
}

export interface NewStep {
  readonly action: BreakAction;
  readonly staffId: Uuid | null;
  readonly comment?: string | undefined;
  readonly content?: Readonly<Record<string, string>>;
  readonly approvalId?: Uuid;
  readonly at: Date;
}

export async function insertBreakStep(
  tx: Tx,
  { billerId, breakId }: Pick<StoredBreak, 'billerId' | 'breakId'>,
  { action, staffId, comment, content, approvalId, at }: NewStep,
): Promise<void> {
  await tx.query(
    `insert into break_step (biller_id, break_id, step_id, action, staff_id, comment, content, approval_id, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      billerId,
      breakId,
      newId(at.getTime(), billerId),
      action,
      staffId,
      comment ?? null,
      content === undefined ? null : JSON.stringify(content),
      approvalId ?? null,
      at,
    ],
  );
}
