// SQL of one dispute: opened, found, locked, changed, and its steps. Of a decision the dispute is locked right after its
// request and before all else.

import { billerOf, newId, type Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Dispute, Opener, Outcome, Reason } from './dispute.ts';
import type { DisputeAction, DisputeState } from './states.ts';

export interface DisputeRow {
  biller_id: number;
  dispute_id: Uuid;
  opened_by: Opener;
  opener: number;
  reference: string;
  case_number: string | null;
  channel_id: number;
  payment_id: Uuid | null;
  break_id: Uuid | null;
  reason: Reason;
  words: string;
  currency: string;
  amount_minor: bigint;
  state: DisputeState;
  outcome: Outcome | null;
  approval_id: Uuid | null;
  reversal_id: Uuid | null;
  journal_id: Uuid | null;
  opened_at: Date;
  due_at: Date;
  decided_at: Date | null;
  ended_at: Date | null;
}

export function toDispute(row: DisputeRow): Dispute {
  return {
    billerId: row.biller_id,
    disputeId: row.dispute_id,
    openedBy: row.opened_by,
    opener: row.opener,
    reference: row.reference,
    caseNumber: row.case_number,
    channelId: row.channel_id,
    paymentId: row.payment_id,
    breakId: row.break_id,
    reason: row.reason,
    words: row.words,
    currency: row.currency,
    amountMinor: row.amount_minor,
    state: row.state,
    outcome: row.outcome,
    approvalId: row.approval_id,
    reversalId: row.reversal_id,
    journalId: row.journal_id,
    openedAt: row.opened_at,
    dueAt: row.due_at,
    decidedAt: row.decided_at,
    endedAt: row.ended_at,
  };
}

/** False: the reference stands for another, or the case number is taken; nothing was written. */
export async function insertDispute(tx: Tx, of: Dispute): Promise<boolean> {
  const rows = await tx.query(
    `insert into dispute (biller_id, dispute_id, opened_by, opener, reference, case_number, channel_id, payment_id, break_id,
       reason, words, currency, amount_minor, state, opened_at, due_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict do nothing returning 1`,
    [
      of.billerId,
      of.disputeId,
      of.openedBy,
      of.opener,
      of.reference,
      of.caseNumber,
      of.channelId,
      of.paymentId,
      of.breakId,
      of.reason,
      of.words,
      of.currency,
      of.amountMinor,
      of.state,
      of.openedAt,
      of.dueAt,
    ],
  );
  return rows.length === 1;
}

export async function findDispute(
  tx: Tx,
  disputeId: Uuid,
  lock: '' | 'for no key update' = '',
): Promise<Dispute | undefined> {
  const [row] = await tx.query<DisputeRow>(
    `select * from dispute where biller_id = $1 and dispute_id = $2 ${lock}`,
    [billerOf(disputeId), disputeId],
  );
  return row === undefined ? undefined : toDispute(row);
}

/** What stands under a reference already. */
export async function findByReference(
  tx: Tx,
  { openedBy, opener, reference }: Pick<Dispute, 'openedBy' | 'opener' | 'reference'>,
): Promise<Dispute | undefined> {
  const [row] = await tx.query<DisputeRow>(
    'select * from dispute where opened_by = $1 and opener = $2 and reference = $3',
    [openedBy, opener, reference],
  );
  return row === undefined ? undefined : toDispute(row);
}

/** Of two who open one about a payment at once, the second finds the first. Waits for no payment and no reversal. */
export async function lockForDispute(tx: Tx, { paymentId }: Pick<Dispute, 'paymentId'>): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`dispute ${paymentId}`]);
}

/** One that goes on about the payment, by the same opener. */
export async function findLive(
  tx: Tx,
  { billerId, paymentId, openedBy }: Pick<Dispute, 'billerId' | 'paymentId' | 'openedBy'>,
): Promise<Dispute | undefined> {
  const [row] = await tx.query<DisputeRow>(
    `select * from dispute where biller_id = $1 and payment_id = $2 and opened_by = $3 and decided_at is null and ended_at is null`,
    [billerId, paymentId, openedBy],
  );
  return row === undefined ? undefined : toDispute(row);
}

/** The dispute is locked by this transaction. */
export async function updateDispute(tx: Tx, of: Dispute): Promise<void> {
  await tx.query(
    `update dispute set state = $3, outcome = $4, approval_id = $5, reversal_id = $6, journal_id = $7, decided_at = $8, ended_at = $9
      where biller_id = $1 and dispute_id = $2`,
    [
      of.billerId,
      of.disputeId,
      of.state,
      of.outcome,
      of.approvalId,
      of.reversalId,
      of.journalId,
      of.decidedAt,
      of.endedAt,
    ],
  );
}

export interface NewDisputeStep {
  readonly action: DisputeAction;
  readonly staffId: Uuid | null;
  readonly client: string | null;
  readonly comment?: string | undefined;
  readonly content?: Readonly<Record<string, string>>;
  readonly approvalId?: Uuid;
  readonly at: Date;
}

export async function insertDisputeStep(
  tx: Tx,
  { billerId, disputeId }: Pick<Dispute, 'billerId' | 'disputeId'>,
  step: NewDisputeStep,
): Promise<void> {
  await tx.query(
    `insert into dispute_step (biller_id, dispute_id, step_id, action, staff_id, client, comment, content, approval_id, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      billerId,
      disputeId,
      newId(step.at.getTime(), billerId),
      step.action,
      step.staffId,
      step.client,
      step.comment ?? null,
      step.content === undefined ? null : JSON.stringify(step.content),
      step.approvalId ?? null,
      step.at,
    ],
  );
}
