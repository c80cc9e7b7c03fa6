// An agency's word at the mandate itself: the same as at the request that stands in its work list.

import { decideApproval, type ApprovalTools } from '../../approvals/index.ts';
import { callingPerson } from '../../access/index.ts';
import type { FastifyRequest } from 'fastify';
import { refuse, Refused } from '../../kernel/errors.ts';
import { billerOf, showId, type Uuid } from '../../kernel/ids.ts';
import { seenMandate } from './change.ts';
import type { MandateTools } from './create.ts';
import type { Mandate } from './mandate.ts';
import { readCovers } from './store-cover.ts';
import { mandateCaller, readMandateId, wrongState } from './who-may.ts';

export interface DecisionTools extends MandateTools {
  readonly approvals: ApprovalTools;
}

const ACTIONS = { accept: 'accepted', reject: 'rejected', return: 'returned' } as const;

/**
 * Refuses `mandate-not-found`, `forbidden`, `mandate-state` when nothing was asked of the person's agency yet,
 * `malformed-request` without a comment where one is needed, and what a request refuses.
 */
export async function decideMandate(
  tools: DecisionTools,
  request: FastifyRequest,
  shownId: string,
  { decision, comment }: { readonly decision: keyof typeof ACTIONS; readonly comment?: string | undefined },
): Promise<void> {
  const person = callingPerson(request);
  const mandateId = readMandateId(shownId);
  const caller = mandateCaller(request);
  if (decision !== 'accept' && comment === undefined) {
    const errors = [{ pointer: '/comment', detail: 'say why' }];
    throw new Refused(refuse('malformed-request', undefined, { errors }));
  }
  const asked = await tools.database.nodeOf(billerOf(mandateId)).transaction(async (tx) => {
    const it = await seenMandate(tx, caller, shownId, mandateId);
    const approvalId = requestOf(it, await readCovers(tx, it), person.billerId ?? it.billerId);
    if (approvalId === null) throw wrongState(it);
    return approvalId;
  });
  const word = { action: ACTIONS[decision], comment };
  await decideApproval(tools.approvals, { person, address: request.ip }, showId('apr', asked), word);
}

function requestOf(
  it: Mandate,
  covers: readonly { readonly billerId: number; readonly approvalId: Uuid | null }[],
  billerId: number,
): Uuid | null {
  if (billerId === it.billerId) return it.approvalId;
  return covers.find((cover) => cover.billerId === billerId)?.approvalId ?? null;
}
