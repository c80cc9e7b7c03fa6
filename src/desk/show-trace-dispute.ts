// What a trace says of breaks and disputes about a payment.

import { showId } from '../kernel/ids.ts';
import type { TracedBreakRow, TracedDisputeRow } from './store-trace-dispute.ts';

export function showSaid(breaks: readonly TracedBreakRow[], disputes: readonly TracedDisputeRow[]) {
  return { breaks: breaks.map(showBreak), disputes: disputes.map(showDispute) };
}

function showBreak(row: TracedBreakRow) {
  return {
    breakId: showId('brk', row.break_id),
    kind: row.kind,
    state: row.state,
    resolution: row.resolution,
    openedAt: row.opened_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

function showDispute(row: TracedDisputeRow) {
  return {
    disputeId: showId('dsp', row.dispute_id),
    caseNumber: row.case_number,
    openedBy: row.opened_by,
    reason: row.reason,
    state: row.state,
    outcome: row.outcome,
    openedAt: row.opened_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
  };
}
