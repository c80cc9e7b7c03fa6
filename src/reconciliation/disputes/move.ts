// What is done to a dispute beside its decision: taken up, withdrawn, closed, commented. Said twice is said once.

import { recordAudit } from '../../access/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { billerOf, newId, showId } from '../../kernel/ids.ts';
import { hash } from 'node:crypto';
import { fileFault, MOST_ATTACHMENTS, type AttachmentRow, type NewFile } from '../../approvals/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { businessNow } from '../../settlement/remittances/index.ts';
import type { Dispute } from './dispute.ts';
import { isAsked, lastSaid } from './store-list.ts';
import { insertEvidence, listEvidence, readEvidence } from './store-evidence.ts';
import { findDispute, insertDisputeStep, updateDispute } from './store-dispute.ts';
import { ENDED, TRANSITIONS } from './states.ts';
import { checkParty, deskPerson, readDisputeId, seenBy, wrongState, type DisputeCaller } from './who-may.ts';

export type Moving = 'reviewed' | 'withdrawn' | 'closed';

/**
 * Refuses `dispute-not-found`, `forbidden`, and `dispute-state`: also a withdrawal while a decision is asked for, or of what
 * somebody else opened. Locks the dispute.
 */
export async function moveDispute(
  database: Database,
  caller: DisputeCaller,
  shownId: string,
  { action, comment }: { action: Moving; comment?: string | undefined },
): Promise<void> {
  await onDispute(database, caller, shownId, async (tx, it) => {
    checkMay(caller, it, action);
    const state = TRANSITIONS[action][it.state];
    if (it.state === ALREADY[action]) return;
    if (state === undefined) throw wrongState(it);
    if (action === 'withdrawn' && (await isAsked(tx, it))) throw wrongState(it, true);
    const at = await businessNow(tx);
    await updateDispute(tx, { ...it, state, endedAt: ENDED.includes(state) ? at : null });
    await insertDisputeStep(tx, it, { action, ...who(caller), comment, at });
    await audit(tx, caller, it, `dispute.${VERBS[action]}`, { before: it.state, after: state });
  });
}

const ALREADY = { reviewed: 'under-review', withdrawn: 'withdrawn', closed: 'closed' } as const;
const VERBS = { reviewed: 'review', withdrawn: 'withdraw', closed: 'close' } as const;

/** Only the desk takes up and closes; a channel withdraws what it opened itself. */
function checkMay(caller: DisputeCaller, it: Dispute, action: Moving): void {
  if (action !== 'withdrawn' || caller.person !== undefined) void deskPerson(caller);
  else if (it.openedBy !== 'channel' || caller.channelId === null)
    throw new Refused(refuse('forbidden', { reason: 'whoever opened it withdraws it' }));
}

/** Refuses `dispute-not-found`, `forbidden`, `dispute-state`. */
export async function commentDispute(
  database: Database,
  caller: DisputeCaller,
  shownId: string,
  comment: string,
): Promise<void> {
  await onDispute(database, caller, shownId, async (tx, it) => {
    checkParty(caller);
    if (TRANSITIONS.commented[it.state] === undefined) throw wrongState(it);
    const { staffId, client } = who(caller);
    const last = await lastSaid(tx, it);
    if (last?.staff_id === staffId && last.client === client && last.comment === comment) return;
    await insertDisputeStep(tx, it, {
      action: 'commented',
      staffId,
      client,
      comment,
      at: await businessNow(tx),
    });
    await audit(tx, caller, it, 'dispute.comment', { after: comment });
  });
}

/** By the rules of files attached to requests. Refuses also what those refuse. */
export async function attachEvidence(
  database: Database,
  caller: DisputeCaller,
  shownId: string,
  file: NewFile,
): Promise<{ evidence: AttachmentRow; isNew: boolean }> {
  const wrong = fileFault(file);
  if (wrong !== undefined) throw new Refused(wrong);
  const { name, mediaType, bytes } = file;
  const sha256 = hash('sha256', bytes, 'buffer');
  return onDispute(database, caller, shownId, async (tx, it) => {
    checkParty(caller);
    const there = await listEvidence(tx, it);
    const same = there.find((each) => each.name === name && each.sha256.equals(sha256));
    if (same !== undefined) return { evidence: same, isNew: false };
    if (TRANSITIONS.attached[it.state] === undefined) throw wrongState(it);
    if (there.length >= MOST_ATTACHMENTS)
      throw new Refused(refuse('attachment-limit', { limit: MOST_ATTACHMENTS }));
    const at = await businessNow(tx);
    const evidence = { attachment_id: newId(at.getTime(), it.billerId), name, media_type: mediaType, sha256 };
    await insertEvidence(tx, it, { ...evidence, bytes });
    await insertDisputeStep(tx, it, { action: 'attached', ...who(caller), comment: name, at });
    await audit(tx, caller, it, 'dispute.attach', { after: sha256.toString('hex') });
    return { evidence: { ...evidence, size: bytes.length }, isNew: true };
  });
}

/** Refuses `dispute-not-found`, `attachment-not-found`. */
export async function fetchEvidence(
  database: Database,
  caller: DisputeCaller,
  shownId: string,
  shownEvidence: string,
): Promise<AttachmentRow & { bytes: Buffer }> {
  const disputeId = readDisputeId(shownId);
  return database.nodeOf(billerOf(disputeId)).transaction(async (tx) => {
    const it = seenBy(caller, shownId, await findDispute(tx, disputeId));
    const file = await readEvidence(tx, it, shownEvidence);
    if (file === undefined)
      throw new Refused(refuse('attachment-not-found', { attachmentId: shownEvidence }));
    return file;
  });
}

async function onDispute<T>(
  database: Database,
  caller: DisputeCaller,
  shownId: string,
  work: (tx: Tx, it: Dispute) => Promise<T>,
): Promise<T> {
  const disputeId = readDisputeId(shownId);
  return database
    .nodeOf(billerOf(disputeId))
    .transaction(async (tx) =>
      work(tx, seenBy(caller, shownId, await findDispute(tx, disputeId, 'for no key update'))),
    );
}

function who({ person, client }: DisputeCaller) {
  return { staffId: person?.staffId ?? null, client };
}

function audit(
  tx: Tx,
  { actor }: DisputeCaller,
  { disputeId }: Dispute,
  action: string,
  { before, after }: { before?: string; after: string },
) {
  return recordAudit(tx, actor, {
    action,
    subject: `dispute/${showId('dsp', disputeId)}`,
    before: before === undefined ? undefined : { is: before },
    after: { is: after },
  });
}
