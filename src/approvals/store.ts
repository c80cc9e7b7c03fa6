// SQL of requests and of what was said and decided about them. A request's row is its lock, and the first lock of a
// decision: before bills and everything else that the kind then takes (docs/operations.md, "Locks").

import { newId, type Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Approval, Ask } from './approval.ts';
import type { ApprovalAction, ApprovalState } from './states.ts';

export interface ApprovalRow {
  biller_id: number;
  approval_id: Uuid;
  kind: string;
  subject: string;
  summary: string;
  content: Record<string, unknown>;
  amount_minor: bigint | null;
  currency: string | null;
  state: ApprovalState;
  steps: number;
  step: number;
  round: number;
  asked_by: Uuid | null;
  asked_at: Date;
  decided_at: Date | null;
  reference: string;
}

export const APPROVAL = `a.biller_id, a.approval_id, a.kind, a.subject, a.summary, a.content, a.amount_minor, a.currency,
  a.state, a.steps, a.step, a.round, a.asked_by, a.asked_at, a.decided_at, a.reference`;

export function toApproval(row: ApprovalRow): Approval {
  return {
    approvalId: row.approval_id,
    billerId: row.biller_id,
    kind: row.kind,
    reference: row.reference,
    subject: row.subject,
    summary: row.summary,
    content: row.content,
    ...(row.amount_minor !== null &&
      row.currency !== null && { amount: { minor: row.amount_minor, currency: row.currency } }),
    state: row.state,
    steps: row.steps,
    step: row.step,
    round: row.round,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    ...(row.decided_at !== null && { decidedAt: row.decided_at }),
  };
}

export async function businessNow(tx: Tx): Promise<Date> {
  const [row] = await tx.query<{ now: Date }>(`select business_now() as now`);
  if (row === undefined) throw new Error('the database has no time');
  return row.now;
}

/** false: there is one under the reference already. */
export async function insertApproval(
  tx: Tx,
  ask: Ask,
  approvalId: Uuid,
  steps: number,
  at: Date,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into approval (biller_id, approval_id, kind, subject, summary, content, amount_minor, currency, state, steps,
                           asked_by, asked_at, reference)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10, $11, $12)
     on conflict (biller_id, kind, reference) do nothing returning approval_id`,
    [
      ask.billerId,
      approvalId,
      ask.kind,
      ask.subject,
      ask.summary,
      JSON.stringify(ask.content),
      ask.amount?.minor ?? null,
      ask.amount?.currency ?? null,
      steps,
      ask.askedBy,
      at,
      ask.reference,
    ],
  );
  return rows.length === 1;
}

export async function findByReference(
  tx: Tx,
  { billerId, kind, reference }: Pick<Ask, 'billerId' | 'kind' | 'reference'>,
): Promise<Approval | undefined> {
  const [row] = await tx.query<ApprovalRow>(
    `select ${APPROVAL} from approval a where a.biller_id = $1 and a.kind = $2 and a.reference = $3`,
    [billerId, kind, reference],
  );
  return row === undefined ? undefined : toApproval(row);
}

export async function lockApproval(
  tx: Tx,
  billerId: number,
  approvalId: Uuid,
): Promise<Approval | undefined> {
  const [row] = await tx.query<ApprovalRow>(
    `select ${APPROVAL} from approval a where a.biller_id = $1 and a.approval_id = $2 for no key update`,
    [billerId, approvalId],
  );
  return row === undefined ? undefined : toApproval(row);
}

export async function updateApproval(tx: Tx, approval: Approval): Promise<void> {
  await tx.query(
    `update approval set subject = $3, summary = $4, content = $5, amount_minor = $6, currency = $7, state = $8, steps = $9,
                         step = $10, round = $11, decided_at = $12
      where biller_id = $1 and approval_id = $2`,
    [
      approval.billerId,
      approval.approvalId,
      approval.subject,
      approval.summary,
      JSON.stringify(approval.content),
      approval.amount?.minor ?? null,
      approval.amount?.currency ?? null,
      approval.state,
      approval.steps,
      approval.step,
      approval.round,
      approval.decidedAt ?? null,
    ],
  );
}

export interface Said {
  readonly action: ApprovalAction;
  /** null: the system. */
  readonly staffId: Uuid | null;
  readonly comment?: string | undefined;
  readonly at: Date;
}

/** Written beside the state that it leads to, and never changed. */
export async function insertStep(
  tx: Tx,
  approval: Pick<Approval, 'billerId' | 'approvalId' | 'round' | 'step'>,
  { action, staffId, comment, at }: Said,
): Promise<void> {
  await tx.query(
    `insert into approval_step (biller_id, approval_id, step_id, round, step, staff_id, action, comment, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      approval.billerId,
      approval.approvalId,
      newId(at.getTime(), approval.billerId),
      approval.round,
      approval.step,
      staffId,
      action,
      comment ?? null,
      at,
    ],
  );
}

/** Who has accepted so far in this round. */
export async function acceptedBy(
  tx: Tx,
  { billerId, approvalId, round }: Pick<Approval, 'billerId' | 'approvalId' | 'round'>,
): Promise<Uuid[]> {
  const rows = await tx.query<{ staff_id: Uuid }>(
    `select staff_id from approval_step
      where biller_id = $1 and approval_id = $2 and round = $3 and action = 'accepted'`,
    [billerId, approvalId, round],
  );
  return rows.map((row) => row.staff_id);
}
