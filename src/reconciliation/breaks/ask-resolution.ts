// One person says how a break is to end; another decides it (resolution-kind.ts). One request at a time for one break, and
// one reference is one request for ever.

import { actorOf, recordAudit } from '../../access/index.ts';
import { askApproval, type Proposal } from '../../approvals/index.ts';
import { billerOf, showId, type Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import { businessNow } from '../../settlement/remittances/index.ts';
import { resolutionNamed } from './find-resolution.ts';
import type { Resolution } from './resolution.ts';
import { stakeOf } from './stake.ts';
import { ALLOWED } from './states.ts';
import { findBreak, insertBreakStep, lockBreak, updateBreak, type StoredBreak } from './store-break.ts';
import { findRequest } from './store-list.ts';
import type { BreakTools } from './tools.ts';
import { checkDesk, isLive, readBreakId, seen, wrongState, type Caller } from './who-may.ts';

export const BREAK_RESOLUTION = 'break-resolution';

export interface ResolutionWish {
  readonly reference: string;
  readonly resolution: string;
  readonly comment?: string | undefined;
  /** What the resolution itself reads. */
  readonly content: Readonly<Record<string, unknown>>;
}

/**
 * Refuses `break-not-found`, `forbidden`, `break-state` when it has ended or a resolution is asked for already,
 * `reference-reused`, `malformed-request`, and what the resolution refuses. Locks the break.
 */
export async function askResolution(
  tools: BreakTools,
  caller: Caller,
  shownId: string,
  wish: ResolutionWish,
): Promise<{ approvalId: Uuid; isNew: boolean }> {
  const breakId = readBreakId(shownId);
  const { person } = caller;
  const { reference } = wish;
  const node = tools.database.nodeOf(billerOf(breakId));
  const looked = await node.transaction(async (tx) => {
    const it = seen(person, shownId, await findBreak(tx, breakId));
    checkDesk(person);
    return { it, earlier: await findRequest(tx, it.billerId, BREAK_RESOLUTION, reference) };
  });
  const prepared = looked.earlier === undefined ? await prepare(tools, looked.it, wish) : undefined;
  return node.transaction(async (tx) => {
    const it = seen(person, shownId, await lockBreak(tx, breakId));
    const { billerId } = it;
    const earlier = await findRequest(tx, billerId, BREAK_RESOLUTION, reference);
    const proposal = earlier?.proposal ?? (await proposeFirst(tx, tools, it, wish, prepared));
    const asked = await askApproval(tx, {
      ...proposal,
      // What is asked under a reference that stands already is compared with what stands.
      ...(earlier !== undefined && { content: contentOf(it, wish) }),
      billerId,
      kind: BREAK_RESOLUTION,
      reference,
      askedBy: person.staffId,
    });
    if (!asked.isNew) return asked;
    await updateBreak(tx, { ...it, approvalId: asked.approvalId });
    const content = { resolution: wish.resolution };
    const { approvalId } = asked;
    const { comment } = wish;
    const at = await businessNow(tx);
    const { staffId } = person;
    await insertBreakStep(tx, it, { action: 'asked', staffId, comment, content, approvalId, at });
    await recordAudit(tx, actorOf(person, caller.address), {
      action: 'break.resolve',
      subject: proposal.subject,
      after: { ...content, reference, approvalId: showId('apr', approvalId) },
    });
    return asked;
  });
}

/** Outside any transaction: what has to be asked over the network. Refuses as the request itself would. */
async function prepare(tools: BreakTools, it: StoredBreak, wish: ResolutionWish): Promise<unknown> {
  if (!ALLOWED.asked.includes(it.state)) throw wrongState(it);
  const resolution = resolutionNamed(tools.resolutions, it, wish.resolution);
  return resolution.prepare?.(it, resolution.read(wish.content));
}

async function proposeFirst(
  tx: Tx,
  tools: BreakTools,
  it: StoredBreak,
  wish: ResolutionWish,
  prepared: unknown,
): Promise<Proposal> {
  if (!ALLOWED.asked.includes(it.state) || isLive(it.approvalState)) throw wrongState(it);
  return propose(tx, resolutionNamed(tools.resolutions, it, wish.resolution), it, wish, prepared);
}

/** As `ApprovalKind.propose` gives it. */
export async function propose(
  tx: Tx,
  resolution: Resolution,
  it: StoredBreak,
  wish: Pick<ResolutionWish, 'content' | 'resolution'>,
  prepared?: unknown,
): Promise<Proposal> {
  const amount = await stakeOf(tx, it);
  const says = await resolution.propose(tx, it, resolution.read(wish.content), prepared);
  return {
    subject: `break/${showId('brk', it.breakId)}`,
    summary: `${it.kind} ${it.reference ?? ''}: ${wish.resolution}: ${says}`.replace(' :', ':'),
    content: contentOf(it, wish),
    amount,
  };
}

function contentOf(it: StoredBreak, wish: Pick<ResolutionWish, 'content' | 'resolution'>): object {
  return { ...wish.content, breakId: showId('brk', it.breakId), resolution: wish.resolution };
}
