// The request that ends a break, as the approvals room knows it. In the transaction of the last acceptance the break is
// locked, looked at once more, and what was approved is carried out: a break that is gone meanwhile, or says something else
// than was approved, refuses it.

import { recordAudit, type Actor } from '../../access/index.ts';
import type { Approval, ApprovalKind } from '../../approvals/index.ts';
import { showId } from '../../kernel/ids.ts';
import { mendBooks } from '../../payments/credit/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { businessNow } from '../../settlement/remittances/index.ts';
import { BREAK_RESOLUTION, propose } from './ask-resolution.ts';
import { impossible, resolutionNamed, wanted } from './find-resolution.ts';
import type { Resolutions } from './resolution.ts';
import { stakeOf } from './stake.ts';
import { ALLOWED } from './states.ts';
import { findBreak, insertBreakStep, lockBreak, updateBreak, type StoredBreak } from './store-break.ts';
import { insertBreakJournals } from './store-journal.ts';
import { findRequest } from './store-list.ts';
import type { ResolutionTools } from './tools.ts';

export function breakResolutionKind(tools: ResolutionTools, resolutions: Resolutions): ApprovalKind {
  return {
    kind: BREAK_RESOLUTION,
    mend: (error) => mendBooks(tools, error),

    /** Asked for at the break; here it is only changed after a return. */
    async propose(tx, { billerId, reference, content }) {
      const { breakId, name, content: own } = wanted(content);
      const it = await lockBreak(tx, breakId);
      const request = await findRequest(tx, billerId, BREAK_RESOLUTION, reference);
      if (it === undefined || it.approvalId !== request?.approvalId)
        throw impossible('the request is about another break');
      return propose(tx, resolutionNamed(resolutions, it, name), it, { resolution: name, content: own });
    },

    /** Nothing is prepared for a break that waits for this request no more: the decision itself says why not. */
    async beforeLast({ approvalId, content }) {
      const { breakId, name, content: own } = wanted(content);
      const it = await tools.database.transaction((tx) => findBreak(tx, breakId));
      if (it?.approvalId !== approvalId || it.approvalState !== 'open') return undefined;
      if (!ALLOWED.resolved.includes(it.state)) return undefined;
      const resolution = resolutionNamed(resolutions, it, name);
      return resolution.prepare?.(it, resolution.read(own));
    },

    accepted: (tx, approval, actor, prepared) => resolve(tx, resolutions, { approval, prepared }, actor),

    async ended(tx, approval) {
      const it = await lockBreak(tx, wanted(approval.content).breakId);
      if (it === undefined || it.approvalId !== approval.approvalId) return;
      await updateBreak(tx, { ...it, approvalId: null });
      const { approvalId, state: because } = approval;
      const at = await businessNow(tx);
      await insertBreakStep(tx, it, {
        action: 'declined',
        staffId: null,
        content: { because },
        approvalId,
        at,
      });
    },
  };
}

async function resolve(
  tx: Tx,
  resolutions: Resolutions,
  { approval, prepared }: { approval: Approval; prepared: unknown },
  actor: Actor,
): Promise<void> {
  const { breakId, name, content: own } = wanted(approval.content);
  const it = await standing(tx, approval, await lockBreak(tx, breakId));
  const resolution = resolutionNamed(resolutions, it, name);
  const content = resolution.read(own);
  const { journals, told = {} } = await resolution.carryOut(tx, { it, content, approval, actor, prepared });
  const at = await businessNow(tx);
  const { approvalId } = approval;
  await insertBreakJournals(tx, it, { approvalId, resolution: name, at, journals });
  await updateBreak(tx, { ...it, state: 'resolved', resolution: name, endedAt: it.endedAt ?? at });
  const said = { resolution: name, acceptedBy: actor.name, ...told };
  const staffId = approval.askedBy;
  await insertBreakStep(tx, it, { action: 'resolved', staffId, content: said, approvalId, at });
  await recordAudit(tx, actor, {
    action: 'break.resolved',
    subject: approval.subject,
    after: { ...said, approvalId: showId('apr', approvalId) },
  });
}

/** Refuses `approval-impossible` when the break is no more what was asked about. */
async function standing(
  tx: Tx,
  { approvalId, amount }: Approval,
  it: StoredBreak | undefined,
): Promise<StoredBreak> {
  if (it === undefined || it.approvalId !== approvalId)
    throw impossible('the break waits for another request by now');
  if (!ALLOWED.resolved.includes(it.state)) throw impossible(`the break is ${it.state} meanwhile`);
  const { minor, currency } = await stakeOf(tx, it);
  if (minor !== amount?.minor || currency !== amount.currency)
    throw impossible('the break says another amount by now');
  return it;
}
