// Disputes as answers show them.

import { refuse, Refused } from '../../kernel/errors.ts';
import { parseCaseNumber } from '../../kernel/case-number.ts';
import { billerOf, parseId, showId } from '../../kernel/ids.ts';
import { toText } from '../../kernel/money.ts';
import { showAttachment } from '../../approvals/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { DisputeAnswer, DisputeEntry, DisputeQuery } from './schema.ts';
import { shownReference } from './open.ts';
import { findDispute } from './store-dispute.ts';
import { listEvidence } from './store-evidence.ts';
import {
  findCase,
  listDisputes,
  readDispute,
  readDisputeSteps,
  type DisputeStepRow,
  type ListedDispute,
} from './store-list.ts';
import { readDisputeId, seenBy, type DisputeCaller } from './who-may.ts';

/** Refuses `malformed-request` for a page that is none. */
export async function listOfDisputes(
  database: Database,
  { billerId, channelId }: DisputeCaller,
  query: DisputeQuery,
): Promise<{ items: DisputeEntry[]; next: string | null }> {
  const { state, openedBy, overdue = false, after, limit = 100 } = query;
  const before = after === undefined ? null : parseId('dsp', after);
  if (before === undefined) throw new Refused(refuse('malformed-request', { field: 'after' }));
  const rows = await database.transaction((tx) =>
    listDisputes(tx, {
      billerId,
      channelId,
      openedBy: openedBy ?? null,
      state: state ?? null,
      overdue,
      after: before,
      limit: limit + 1,
    }),
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last !== undefined ? showId('dsp', last.dispute_id) : null;
  return { items: items.map(showEntry), next };
}

/** By its id, or a case by its number. Refuses `dispute-not-found`. */
export async function showDispute(
  database: Database,
  caller: DisputeCaller,
  shownId: string,
): Promise<DisputeAnswer> {
  const number = parseCaseNumber(shownId);
  const named = number === undefined ? undefined : await database.transaction((tx) => findCase(tx, number));
  const disputeId = named ?? readDisputeId(shownId);
  return database.nodeOf(billerOf(disputeId)).transaction(async (tx) => {
    const it = seenBy(caller, shownId, await findDispute(tx, disputeId));
    const row = await readDispute(tx, it);
    if (row === undefined) throw new Error(`dispute ${disputeId} is not there`);
    return {
      ...showEntry(row),
      words: row.words,
      evidence: (await listEvidence(tx, it)).map(showAttachment),
      history: (await readDisputeSteps(tx, it)).map(showStep),
    };
  });
}

function showEntry(row: ListedDispute): DisputeEntry {
  return {
    disputeId: showId('dsp', row.dispute_id),
    caseNumber: row.case_number,
    openedBy: row.opened_by,
    reference: shownReference({ openedBy: row.opened_by, reference: row.reference }),
    state: row.state,
    outcome: row.outcome,
    reason: row.reason,
    amount: toText({ minor: row.amount_minor, currency: row.currency }),
    billerCode: row.biller_code,
    channelCode: row.channel_code,
    paymentId: row.payment_id === null ? null : showId('pay', row.payment_id),
    paymentReference: row.payment_reference,
    breakId: row.break_id === null ? null : showId('brk', row.break_id),
    reversalId: row.reversal_id === null ? null : showId('rev', row.reversal_id),
    approvalId: row.approval_id === null ? null : showId('apr', row.approval_id),
    openedAt: row.opened_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    overdue: row.is_overdue,
    decidedAt: row.decided_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

function showStep(step: DisputeStepRow): DisputeAnswer['history'][number] {
  const { action, login, name, client, comment, content, approval_id: approvalId, recorded_at: at } = step;
  return {
    action,
    by: login !== null && name !== null ? { login, name } : null,
    client,
    ...(comment !== null && { comment }),
    ...(content !== null && { content }),
    ...(approvalId !== null && { approvalId: showId('apr', approvalId) }),
    at: at.toISOString(),
  };
}
