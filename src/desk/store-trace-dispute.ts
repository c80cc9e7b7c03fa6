// SQL of what was said against a payment: breaks that name it, disputes and cases about it.

import type { Tx } from '../platform/db/index.ts';
import type { PaymentKey } from './store-trace.ts';

export interface TracedBreakRow {
  break_id: string;
  kind: string;
  state: string;
  resolution: string | null;
  opened_at: Date;
  ended_at: Date | null;
}

/** Breaks that name the payment, and those that were resolved by making or undoing it. */
export function readBreaks(tx: Tx, key: PaymentKey): Promise<TracedBreakRow[]> {
  return tx.query<TracedBreakRow>(
    `select k.break_id, k.kind, k.state, k.resolution, k.opened_at, k.ended_at from break k
      where k.biller_id = $1 and k.payment_id = $2 and k.kind <> 'paid-elsewhere'
     union
     select k.break_id, k.kind, k.state, k.resolution, k.opened_at, k.ended_at
       from break_journal x join break k on k.biller_id = x.break_biller_id and k.break_id = x.break_id
      where x.biller_id = $1 and x.payment_id = $2
      order by opened_at, break_id`,
    [key.biller_id, key.payment_id],
  );
}

export interface TracedDisputeRow {
  dispute_id: string;
  case_number: string | null;
  opened_by: string;
  reason: string;
  state: string;
  outcome: string | null;
  journal_id: string | null;
  opened_at: Date;
  due_at: Date;
  decided_at: Date | null;
}

export function readDisputes(tx: Tx, key: PaymentKey): Promise<TracedDisputeRow[]> {
  return tx.query<TracedDisputeRow>(
    `select dispute_id, case_number, opened_by, reason, state, outcome, journal_id, opened_at, due_at, decided_at
       from dispute where biller_id = $1 and payment_id = $2 order by dispute_id`,
    [key.biller_id, key.payment_id],
  );
}

/** The payment that a case is about, by the case's number; by a dispute's id. */
export function findDisputed(
  tx: Tx,
  { caseNumber, disputeId }: { caseNumber: string | null; disputeId: string | null },
): Promise<PaymentKey[]> {
  return tx.query<PaymentKey>(
    `select biller_id, payment_id from dispute
      where (case_number = $1 or dispute_id = $2::uuid) and payment_id is not null`,
    [caseNumber, disputeId],
  );
}
