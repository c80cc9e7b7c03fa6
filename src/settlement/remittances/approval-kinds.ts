// What persons decide about remittances: whether one may go (above the biller's limit, and every next attempt), and
// whether one has arrived, or come back, where no statement says so.

import type { Approval, ApprovalKind } from '../../approvals/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { parseId, type Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Remittance } from '../batch.ts';
import { CONFIRMATION, RETURN } from './ask-ending.ts';
import { confirmRemittance, returnRemittance, wrongState } from './end-remittance.ts';
import { REMITTANCE } from './plan-remittances.ts';
import { settle } from './release.ts';
import { businessNow } from './store-day.ts';
import { insertSteps, lockRemittance, updateRemittance } from './store-remittance.ts';

/** Locks the remittance, after the approval that is being decided. */
const going: ApprovalKind = {
  kind: REMITTANCE,
  async accepted(tx, approval) {
    const remittance = await waiting(tx, approval);
    await settle(tx, remittance, { isApproved: true });
  },
  async ended(tx, approval) {
    const remittance = await waiting(tx, approval);
    const reason = `the request was ${approval.state}`;
    await updateRemittance(tx, { ...remittance, reason });
    const { billerId, remittanceId, state } = remittance;
    await insertSteps(tx, [
      { billerId, remittanceId, state, reason, journalId: null, at: await businessNow(tx) },
    ]);
  },
};

const arrived: ApprovalKind = {
  kind: CONFIRMATION,
  async accepted(tx, approval) {
    // The agency is told this; who they are is in the operator's own request.
    const proof = 'two persons have said so';
    await confirmRemittance(tx, { billerId: approval.billerId, remittanceId: idOf(approval), proof });
  },
};

const cameBack: ApprovalKind = {
  kind: RETURN,
  async accepted(tx, approval) {
    const { billerId, content } = approval;
    await returnRemittance(tx, { billerId, remittanceId: idOf(approval), reason: String(content['reason']) });
  },
};

export const remittanceApprovals: readonly ApprovalKind[] = [going, arrived, cameBack];

/** The remittance that still waits for this very request. */
async function waiting(tx: Tx, approval: Approval): Promise<Remittance> {
  const remittance = await lockRemittance(tx, approval.billerId, idOf(approval));
  if (remittance === undefined) throw new Refused(refuse('remittance-not-found'));
  if (remittance.approvalId !== approval.approvalId || remittance.held !== 'approval')
    throw new Refused(wrongState(remittance, 'approved'));
  return remittance;
}

function idOf({ content }: Approval): Uuid {
  const shown = content['remittanceId'];
  const id = typeof shown === 'string' ? parseId('rmt', shown) : undefined;
  if (id === undefined) throw new Refused(refuse('remittance-not-found'));
  return id;
}
