// What anybody who sees a request may add to it while it is not decided: a comment, a file. Repeating the last comment,
// or attaching the same file again, adds nothing, so that either may be sent again after a lost answer.

import { hash } from 'node:crypto';
import { actorOf, recordAudit } from '../access/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import { billerOf, newId, parseId, showId } from '../kernel/ids.ts';
import { fileFault, type NewFile } from './attachment-rules.ts';
import { lockVisible, readId, type ApprovalTools, type Caller } from './decide.ts';
import { keptComment } from './kept-comment.ts';
import { maySee, stateFault } from './rules.ts';
import { businessNow, insertStep } from './store.ts';
import { insertAttachment, listAttachments, readAttachment, type AttachmentRow } from './store-attachment.ts';
import { findApproval, lastComment } from './store-list.ts';

export const MOST_ATTACHMENTS = 10;

/** Refuses `approval-not-found`, `approval-decided`. Locks the request. */
export async function comment(
  tools: ApprovalTools,
  { person, address }: Caller,
  shownId: string,
  text: string,
): Promise<void> {
  const approvalId = readId(shownId);
  await tools.database.nodeOf(billerOf(approvalId)).transaction(async (tx) => {
    const { approval } = await lockVisible(tx, tools, person, approvalId);
    const fault = stateFault(approval, 'commented');
    if (fault !== undefined) throw new Refused(fault);
    const last = await lastComment(tx, approval);
    const said = keptComment(text);
    if (last?.staff_id === person.staffId && last.comment === said) return;
    const at = await businessNow(tx);
    await insertStep(tx, approval, { action: 'commented', staffId: person.staffId, comment: said, at });
    const subject = `approval/${shownId}`;
    await recordAudit(tx, actorOf(person, address), { action: 'approval.comment', subject });
  });
}

/**
 * Refuses also `malformed-request` for a name that is none, `unsupported-media-type` for a file that is not what it says it
 * is, `attachment-limit`. Locks the request.
 */
export async function attach(
  tools: ApprovalTools,
  { person, address }: Caller,
  shownId: string,
  file: NewFile,
): Promise<{ attachment: AttachmentRow; isNew: boolean }> {
  const wrong = fileFault(file);
  if (wrong !== undefined) throw new Refused(wrong);
  const approvalId = readId(shownId);
  const { mediaType, bytes } = file;
  const name = keptComment(file.name);
  const sha256 = hash('sha256', bytes, 'buffer');
  return tools.database.nodeOf(billerOf(approvalId)).transaction(async (tx) => {
    const { approval } = await lockVisible(tx, tools, person, approvalId);
    const there = await listAttachments(tx, approval);
    const same = there.find((each) => each.name === name && each.sha256.equals(sha256));
    if (same !== undefined) return { attachment: same, isNew: false };
    const fault = stateFault(approval, 'attached');
    if (fault !== undefined) throw new Refused(fault);
    if (there.length >= MOST_ATTACHMENTS)
      throw new Refused(refuse('attachment-limit', { limit: MOST_ATTACHMENTS }));
    const at = await businessNow(tx);
    const attachment = {
      attachment_id: newId(at.getTime(), approval.billerId),
      name,
      media_type: mediaType,
      sha256,
    };
    await insertAttachment(tx, approval, { ...attachment, bytes });
    await insertStep(tx, approval, { action: 'attached', staffId: person.staffId, comment: name, at });
    const after = { attachmentId: showId('att', attachment.attachment_id), sha256: sha256.toString('hex') };
    await recordAudit(tx, actorOf(person, address), {
      action: 'approval.attach',
      subject: `approval/${shownId}`,
      after,
    });
    return { attachment: { ...attachment, size: bytes.length }, isNew: true };
  });
}

/** Refuses `approval-not-found`, `attachment-not-found`. */
export async function fetchAttachment(
  { database }: ApprovalTools,
  { person }: Caller,
  shownId: string,
  shownAttachment: string,
): Promise<AttachmentRow & { bytes: Buffer }> {
  const approvalId = readId(shownId);
  return database.nodeOf(billerOf(approvalId)).transaction(async (tx) => {
    const approval = await findApproval(tx, billerOf(approvalId), approvalId);
    if (approval === undefined || !maySee(person, approval))
      throw new Refused(refuse('approval-not-found', { approvalId: shownId }));
    const attachmentId = parseId('att', shownAttachment);
    const file = attachmentId === undefined ? undefined : await readAttachment(tx, approval, attachmentId);
    if (file === undefined)
      throw new Refused(refuse('attachment-not-found', { attachmentId: shownAttachment }));
    return file;
  });
}
