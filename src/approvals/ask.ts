// A person asks for something, changes what was returned to him, or takes it back.

import { actorOf, BELONGS, recordAudit, type Person } from '../access/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import { billerOf, showId } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Approval, ApprovalKind, Proposal, Wish } from './approval.ts';
import { askApproval } from './ask-approval.ts';
import { lockVisible, readId, type ApprovalTools, type Caller } from './decide.ts';
import { keptComment } from './kept-comment.ts';
import { askersFault, mayAsk, mayNotAsk } from './rules.ts';
import { shownContent } from './shown-content.ts';
import { businessNow, findByReference, insertStep, updateApproval } from './store.ts';
import { findBillerId } from './store-list.ts';

export interface AskRequest {
  readonly kind: string;
  readonly reference: string;
  readonly billerCode?: string | undefined;
  readonly content: Readonly<Record<string, unknown>>;
}

/**
 * Refuses `forbidden`, `biller-not-found`, `malformed-request` for a kind that nobody asks for, `reference-reused`, and what
 * the kind refuses.
 */
export async function ask(
  tools: ApprovalTools,
  { person, address }: Caller,
  { kind: name, reference, billerCode, content }: AskRequest,
): Promise<{ shownId: string; isNew: boolean }> {
  const kind = tools.kinds.get(name);
  if (kind?.propose === undefined) throw malformed('/kind', `${name} cannot be asked for`);
  const wishIn = async (tx: Tx): Promise<Wish> => {
    const billerId = await ownerOf(tx, kind, person, billerCode);
    const fault = mayAsk(person, kind, billerId);
    if (fault !== undefined) throw new Refused(fault);
    const isAgain = (await findByReference(tx, { billerId, kind: name, reference })) !== undefined;
    return { billerId, reference, content, person, isAgain };
  };
  await prepare(kind, () => tools.database.transaction(wishIn));
  return tools.database.transaction(async (tx) => {
    const wish = await wishIn(tx);
    const proposal = await propose(kind, tx, wish);
    const asked = await askApproval(tx, {
      ...proposal,
      billerId: wish.billerId,
      kind: name,
      reference,
      askedBy: person.staffId,
    });
    const shownId = showId('apr', asked.approvalId);
    if (asked.isNew)
      await recordAudit(tx, actorOf(person, address), {
        action: 'approval.ask',
        subject: `approval/${shownId}`,
        after: { kind: name, about: proposal.subject, reference, content: shownContent(proposal.content) },
      });
    return { shownId, isNew: asked.isNew };
  });
}

/** Sends what was returned again, changed: a new round, in which everybody decides anew. */
export async function change(
  tools: ApprovalTools,
  { person, address }: Caller,
  shownId: string,
  { content, comment }: { content: Readonly<Record<string, unknown>>; comment?: string | undefined },
): Promise<Approval> {
  const approvalId = readId(shownId);
  const node = tools.database.nodeOf(billerOf(approvalId));
  const changeable = async (tx: Tx): Promise<{ approval: Approval; kind: ApprovalKind; wish: Wish }> => {
    const { approval, kind } = await lockVisible(tx, tools, person, approvalId);
    const fault = askersFault(person, approval, 'changed');
    if (fault !== undefined) throw new Refused(fault);
    const { billerId, reference } = approval;
    return { approval, kind, wish: { billerId, reference, content, person, isAgain: false } };
  };
  const { kind, wish } = await node.transaction(changeable);
  await kind.beforeProposal?.(wish);
  return node.transaction(async (tx) => {
    const { approval } = await changeable(tx);
    const proposal = await propose(kind, tx, wish);
    const at = await businessNow(tx);
    const { amount: _, ...unchanged } = approval;
    const after: Approval = {
      ...unchanged,
      ...proposal,
      content: { ...proposal.content },
      state: 'open',
      step: 1,
      round: approval.round + 1,
    };
    await updateApproval(tx, after);
    await insertStep(tx, after, {
      action: 'changed',
      staffId: person.staffId,
      comment: keptComment(comment),
      at,
    });
    await recordAudit(tx, actorOf(person, address), {
      action: 'approval.change',
      subject: `approval/${shownId}`,
      before: shownContent(approval.content),
      after: shownContent(after.content),
    });
    return after;
  });
}

export async function withdraw(
  tools: ApprovalTools,
  { person, address }: Caller,
  shownId: string,
  comment: string | undefined,
): Promise<Approval> {
  const approvalId = readId(shownId);
  return tools.database.nodeOf(billerOf(approvalId)).transaction(async (tx) => {
    const { approval, kind } = await lockVisible(tx, tools, person, approvalId);
    const fault = askersFault(person, approval, 'withdrawn');
    if (fault !== undefined) throw new Refused(fault);
    const at = await businessNow(tx);
    const after: Approval = { ...approval, state: 'withdrawn', decidedAt: at };
    await insertStep(tx, approval, {
      action: 'withdrawn',
      staffId: person.staffId,
      comment: keptComment(comment),
      at,
    });
    await updateApproval(tx, after);
    await kind.ended?.(tx, after);
    await recordAudit(tx, actorOf(person, address), {
      action: 'approval.withdraw',
      subject: `approval/${shownId}`,
      before: { state: approval.state },
      after: { state: 'withdrawn' },
    });
    return after;
  });
}

/** Nothing is held meanwhile, so the wish is read again in the transaction; what was asked before is not prepared anew. */
async function prepare(kind: ApprovalKind, wishNow: () => Promise<Wish>): Promise<void> {
  if (kind.beforeProposal === undefined) return;
  const wish = await wishNow();
  if (!wish.isAgain) await kind.beforeProposal(wish);
}

async function propose(kind: ApprovalKind, tx: Tx, wish: Wish): Promise<Proposal> {
  if (kind.propose === undefined) throw malformed('/kind', `${kind.kind} cannot be changed by hand`);
  return kind.propose(tx, wish);
}

/** Who is not the operator's learns nothing of other billers, not even whether they are there. */
async function ownerOf(
  tx: Tx,
  kind: ApprovalKind,
  person: Person,
  named: string | undefined,
): Promise<number> {
  if (kind.owner === 'operator') return 0;
  const billerCode = named ?? person.billerCode;
  if (BELONGS[person.role] !== 'operator' && billerCode !== person.billerCode)
    throw new Refused(mayNotAsk(person));
  if (billerCode === undefined) throw malformed('/billerCode', 'name the biller');
  const billerId = await findBillerId(tx, billerCode);
  if (billerId === undefined) throw new Refused(refuse('biller-not-found', { billerCode }));
  return billerId;
}

function malformed(pointer: string, detail: string): Refused {
  return new Refused(refuse('malformed-request', undefined, { errors: [{ pointer, detail }] }));
}
