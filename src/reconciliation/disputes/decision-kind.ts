// The decision of a dispute: asked for by one of the desk, done by another's acceptance (kind `dispute-decision`).

import { Type, type Static } from 'typebox';
import { recordAudit } from '../../access/index.ts';
import { askApproval, type Approval, type ApprovalKind, type Proposal } from '../../approvals/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { billerOf, parseId, showId, type Uuid } from '../../kernel/ids.ts';
import { formatMinor, money } from '../../kernel/money.ts';
import { WRITTEN_LINE } from '../../kernel/text-form.ts';
import { mendBooks } from '../../payments/credit/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { partReader } from '../../platform/http/index.ts';
import { businessNow } from '../../settlement/remittances/index.ts';
import { impossible, type ResolutionTools } from '../breaks/index.ts';
import { OUTCOMES, type Dispute } from './dispute.ts';
import { shownDispute } from './open.ts';
import { carryOut, checkOutcome } from './outcomes.ts';
import { TRANSITIONS, UNDECIDED } from './states.ts';
import { findDispute, insertDisputeStep, updateDispute } from './store-dispute.ts';
import { findAsked, isAsked } from './store-list.ts';
import { deskPerson, readDisputeId, seenBy, wrongState, type DisputeCaller } from './who-may.ts';

export const DISPUTE_DECISION = 'dispute-decision';

export const Decision = Type.Object(
  {
    outcome: Type.Enum([...OUTCOMES], { type: 'string' }),
    /** Told to the agency and the channel where the payment is undone. */
    words: Type.String({ minLength: 1, maxLength: 200, pattern: WRITTEN_LINE }),
  },
  { additionalProperties: false },
);
type Decision = Static<typeof Decision>;
const read = partReader(
  Type.Object({ disputeId: Type.String(), ...Decision.properties }, { additionalProperties: false }),
  '/content',
);

export function disputeDecisionKind(tools: ResolutionTools): ApprovalKind {
  return {
    kind: DISPUTE_DECISION,
    mend: (error) => mendBooks(tools, error),

    /** Asked for at the dispute; here it is only changed after a return. */
    async propose(tx, { billerId, reference, content }) {
      const { disputeId, ...decision } = read(content);
      const it = await lockNamed(tx, disputeId);
      const approvalId = await findAsked(tx, billerId, DISPUTE_DECISION, reference);
      if (it.approvalId !== approvalId) throw impossible('the request is about another dispute');
      return propose(tx, it, decision);
    },

    async accepted(tx, approval, actor) {
      const { outcome, words, it } = await standing(tx, approval);
      const isUpheld = outcome !== 'refuse';
      const action = isUpheld ? 'upheld' : 'refused';
      const state = TRANSITIONS[action][it.state];
      if (state === undefined) throw impossible(`the dispute is ${it.state} meanwhile`);
      const booked = await carryOut(tx, tools, outcome, { it, words });
      const at = await businessNow(tx);
      const { approvalId, askedBy: staffId } = approval;
      await updateDispute(tx, { ...it, ...booked, state, outcome, decidedAt: at });
      const content = { outcome, words, acceptedBy: actor.name };
      await insertDisputeStep(tx, it, { action, staffId, client: null, content, approvalId, at });
      const after = { ...content, approvalId: showId('apr', approvalId) };
      await recordAudit(tx, actor, { action: 'dispute.decided', subject: approval.subject, after });
    },

    async ended(tx, approval) {
      const it = await lockNamed(tx, read(approval.content).disputeId);
      if (it.approvalId !== approval.approvalId || it.outcome !== null) return;
      await updateDispute(tx, { ...it, approvalId: null });
      const { approvalId, state: because } = approval;
      const at = await businessNow(tx);
      const content = { because };
      await insertDisputeStep(tx, it, {
        action: 'declined',
        staffId: null,
        client: null,
        content,
        approvalId,
        at,
      });
    },
  };
}

/**
 * Refuses `dispute-not-found`, `forbidden`, `dispute-state` when it is decided or a decision is asked for already,
 * `approval-impossible`, `reference-reused`. Locks the dispute.
 */
export async function askDecision(
  database: Database,
  caller: DisputeCaller,
  shownId: string,
  wish: Decision & { readonly reference: string },
): Promise<{ approvalId: Uuid; isNew: boolean }> {
  const disputeId = readDisputeId(shownId);
  const person = deskPerson(caller);
  const { reference, ...decision } = wish;
  return database.nodeOf(billerOf(disputeId)).transaction(async (tx) => {
    const it = seenBy(caller, shownId, await findDispute(tx, disputeId, 'for no key update'));
    const { billerId } = it;
    const isAgain = (await findAsked(tx, billerId, DISPUTE_DECISION, reference)) !== undefined;
    const proposal = isAgain ? proposalOf(it, decision) : await proposeFirst(tx, it, decision);
    const { staffId } = person;
    const ask = { ...proposal, billerId, kind: DISPUTE_DECISION, reference, askedBy: staffId };
    const asked = await askApproval(tx, ask);
    if (!asked.isNew) return asked;
    const { approvalId } = asked;
    await updateDispute(tx, { ...it, approvalId });
    const at = await businessNow(tx);
    const content = { outcome: decision.outcome };
    await insertDisputeStep(tx, it, { action: 'asked', staffId, client: null, content, approvalId, at });
    await recordAudit(tx, caller.actor, {
      action: 'dispute.decide',
      subject: proposal.subject,
      after: { ...decision, reference, approvalId: showId('apr', approvalId) },
    });
    return asked;
  });
}

async function proposeFirst(tx: Tx, it: Dispute, decision: Decision): Promise<Proposal> {
  if (!UNDECIDED.includes(it.state)) throw wrongState(it);
  if (await isAsked(tx, it)) throw wrongState(it, true);
  return propose(tx, it, decision);
}

async function propose(tx: Tx, it: Dispute, decision: Decision): Promise<Proposal> {
  await checkOutcome(tx, it, decision.outcome);
  return proposalOf(it, decision);
}

function proposalOf(it: Dispute, decision: Decision): Proposal {
  const { currency, amountMinor, reason, caseNumber } = it;
  const shown = shownDispute(it);
  const what = it.paymentId === null ? 'no payment' : showId('pay', it.paymentId);
  return {
    subject: `dispute/${shown}`,
    summary: `${decision.outcome} ${formatMinor(amountMinor, currency)} ${currency} of ${what} (${caseNumber ?? reason}): ${decision.words}`,
    content: { disputeId: shown, ...decision },
    amount: money(amountMinor, currency),
  };
}

/** Refuses `approval-impossible` when the dispute waits for it no more. */
async function standing(tx: Tx, { approvalId, content }: Approval): Promise<Decision & { it: Dispute }> {
  const { disputeId, ...decision } = read(content);
  const it = await lockNamed(tx, disputeId);
  if (it.approvalId !== approvalId) throw impossible('the dispute waits for another request by now');
  return { ...decision, it };
}

async function lockNamed(tx: Tx, shownId: string): Promise<Dispute> {
  const id = parseId('dsp', shownId);
  const it = id === undefined ? undefined : await findDispute(tx, id, 'for no key update');
  if (it === undefined) throw new Refused(refuse('dispute-not-found', { disputeId: shownId }));
  return it;
}
