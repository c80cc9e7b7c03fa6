// Requests as answers show them: what is asked, how far it is, and all that was said. Sealed parts are left out.

import type { Static } from 'typebox';
import { BELONGS } from '../access/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import { billerOf, parseId, showId } from '../kernel/ids.ts';
import { toText } from '../kernel/money.ts';
import { readId, type ApprovalTools, type Caller } from './decide.ts';
import { decisionFault, isDecider, maySee } from './rules.ts';
import type { ApprovalAnswer, ApprovalEntry, ApprovalPage, ApprovalQuery } from './schema.ts';
import { shownContent } from './shown-content.ts';
import { toApproval } from './store.ts';
import { listAttachments, type AttachmentRow } from './store-attachment.ts';
import { listApprovals, readOne, readSteps, type ListedRow } from './store-list.ts';

type Page = Static<typeof ApprovalPage>;
export type Entry = Static<typeof ApprovalEntry>;
export type Shown = Static<typeof ApprovalAnswer>;

/** Refuses `approval-not-found`. */
export async function showApproval(
  { database, kinds }: ApprovalTools,
  { person }: Pick<Caller, 'person'>,
  shownId: string,
): Promise<Shown> {
  const approvalId = readId(shownId);
  const billerId = billerOf(approvalId);
  return database.nodeOf(billerId).transaction(async (tx) => {
    const row = await readOne(tx, billerId, approvalId);
    if (row === undefined || !maySee(person, toApproval(row)))
      throw new Refused(refuse('approval-not-found', { approvalId: shownId }));
    const approval = toApproval(row);
    const steps = await readSteps(tx, approval);
    const kind = kinds.get(approval.kind);
    const accepted = steps
      .filter(({ action, round }) => action === 'accepted' && round === approval.round)
      .flatMap(({ staff_id }) => (staff_id === null ? [] : [staff_id]));
    return {
      ...showEntry(row),
      content: shownContent(approval.content),
      mayDecide: kind !== undefined && decisionFault(person, kind, approval, accepted) === undefined,
      history: steps.map(({ action, round, step, comment, recorded_at, login, name }) => ({
        action,
        by: login === null || name === null ? null : { login, name },
        round,
        step,
        ...(comment !== null && { comment }),
        at: recorded_at.toISOString(),
      })),
      attachments: (await listAttachments(tx, approval)).map(showAttachment),
    };
  });
}

/** The newest first; an agency's people see their biller's, a channel's their own. `billerId`: the one that is named. */
export async function listWork(
  { database, kinds }: ApprovalTools,
  { person }: Pick<Caller, 'person'>,
  query: Static<typeof ApprovalQuery>,
  billerId: number | undefined,
): Promise<Page> {
  const { state, kind, mine, after, limit = 100 } = query;
  const before = after === undefined ? null : parseId('apr', after);
  if (before === undefined) throw new Refused(refuse('malformed-request', { field: 'after' }));
  const isOwnOnly = mine === 'asked' || BELONGS[person.role] === 'channel';
  const decided = [...kinds.values()].filter((each) => isDecider(person, each, person.billerId ?? 0));
  const rows = await database.transaction((tx) =>
    listApprovals(tx, {
      billerId: person.billerId ?? billerId ?? null,
      state: state ?? null,
      kind: kind ?? null,
      askedBy: isOwnOnly ? person.staffId : null,
      toDecide:
        mine === 'to-decide' ? { staffId: person.staffId, kinds: decided.map((each) => each.kind) } : null,
      after: before,
      limit: limit + 1,
    }),
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(showEntry),
    next: rows.length > limit && last !== undefined ? showId('apr', last.approval_id) : null,
  };
}

function showEntry(row: ListedRow): Entry {
  const { amount, decidedAt, ...approval } = toApproval(row);
  return {
    approvalId: showId('apr', approval.approvalId),
    kind: approval.kind,
    reference: approval.reference,
    billerCode: row.biller_code,
    subject: approval.subject,
    summary: approval.summary,
    ...(amount !== undefined && { amount: toText(amount) }),
    state: approval.state,
    step: approval.step,
    steps: approval.steps,
    round: approval.round,
    askedBy: row.login === null || row.name === null ? null : { login: row.login, name: row.name },
    askedAt: approval.askedAt.toISOString(),
    ...(decidedAt !== undefined && { decidedAt: decidedAt.toISOString() }),
  };
}

export function showAttachment(file: AttachmentRow): Shown['attachments'][number] {
  return {
    attachmentId: showId('att', file.attachment_id),
    name: file.name,
    mediaType: file.media_type,
    size: file.size,
    sha256: file.sha256.toString('hex'),
  };
}
