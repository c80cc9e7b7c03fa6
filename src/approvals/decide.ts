// One person's word on a request: accept, reject or return it. The request's row is locked first, so of two words at
// once the second finds what the first has made of it. The last acceptance does what was asked for, in its transaction.

import { actorOf, recordAudit, type Person } from '../access/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import { billerOf, parseId, showId, type Uuid } from '../kernel/ids.ts';
import { isConflict, sqlStateOf, type Database, type Tx } from '../platform/db/index.ts';
import type { Approval, ApprovalKind, Counting } from './approval.ts';
import { keptComment } from './kept-comment.ts';
import { afterAcceptance, decisionFault, isDecider, maySee } from './rules.ts';
import { acceptedBy, businessNow, insertStep, lockApproval, updateApproval } from './store.ts';
import { countAttachments } from './store-attachment.ts';
import { findApproval } from './store-list.ts';

export interface ApprovalTools {
  readonly database: Database;
  readonly kinds: ReadonlyMap<string, ApprovalKind>;
}

export interface Caller {
  readonly person: Person;
  /** From where he calls, for the audit log. */
  readonly address: string;
}

export interface Word {
  readonly action: 'accepted' | 'rejected' | 'returned';
  readonly comment?: string | undefined;
  /** What he has read: another round meanwhile is refused. */
  readonly round?: number | undefined;
}

const TRIES = 5;

/**
 * Refuses `approval-not-found`, `forbidden`, `self-approval`, `approval-decided`, `approval-changed`, `evidence-missing`,
 * `approval-impossible`, and whatever the kind refuses: then nothing has changed. Locks the request, then what the kind
 * locks.
 */
export async function decide(
  tools: ApprovalTools,
  caller: Caller,
  shownId: string,
  word: Word,
): Promise<Approval> {
  const approvalId = readId(shownId);
  const node = tools.database.nodeOf(billerOf(approvalId));
  const prepare = () => prepareLast(tools, caller.person, approvalId);
  let prepared = word.action === 'accepted' ? await prepare() : undefined;
  for (let attempt = 1; ; attempt++) {
    try {
      const { after, counting } = await node.transaction((tx) =>
        decideIn(tx, tools, caller, approvalId, { ...word, prepared }),
      );
      counting?.();
      return after;
    } catch (error) {
      if (attempt >= TRIES || !(await isWorthAnotherTry(tools, error))) throw error;
      if (error instanceof Unprepared) prepared = await prepare();
    }
  }
}

/** What the kind found out before the last acceptance of one round. */
interface Prepared {
  readonly round: number;
  readonly found: unknown;
}

/** The acceptance has become the last one, or of another round, since it was looked at: to be prepared, and tried again. */
class Unprepared extends Error {}

/** Nothing is held meanwhile, so all of it is looked at again in the transaction. undefined: there is nothing to prepare. */
async function prepareLast(
  { database, kinds }: ApprovalTools,
  person: Person,
  approvalId: Uuid,
): Promise<Prepared | undefined> {
  const billerId = billerOf(approvalId);
  const approval = await database
    .nodeOf(billerId)
    .transaction((tx) => findApproval(tx, billerId, approvalId));
  const kind = approval === undefined ? undefined : kinds.get(approval.kind);
  if (approval === undefined || kind?.beforeLast === undefined) return undefined;
  const isLast = approval.state === 'open' && afterAcceptance(approval).isLast;
  if (!isLast || !isDecider(person, kind, billerId)) return undefined;
  return { round: approval.round, found: await kind.beforeLast(approval) };
}

/** The id of a request; refuses `approval-not-found` for what is none. */
export function readId(shown: string): Uuid {
  const id = parseId('apr', shown);
  if (id === undefined) throw notFound(shown);
  return id;
}

/** The request with its kind, locked. Refuses what the person may not see as if it were not there. */
export async function lockVisible(
  tx: Tx,
  { kinds }: ApprovalTools,
  person: Person,
  approvalId: Uuid,
): Promise<{ approval: Approval; kind: ApprovalKind }> {
  const approval = await lockApproval(tx, billerOf(approvalId), approvalId);
  if (approval === undefined || !maySee(person, approval)) throw notFound(showId('apr', approvalId));
  const kind = kinds.get(approval.kind);
  if (kind === undefined) throw new Error(`no room knows how to carry out requests of kind ${approval.kind}`);
  return { approval, kind };
}

async function decideIn(
  tx: Tx,
  tools: ApprovalTools,
  caller: Caller,
  approvalId: Uuid,
  word: Word & { readonly prepared: Prepared | undefined },
): Promise<{ after: Approval; counting: Counting | undefined }> {
  const { person } = caller;
  const { prepared } = word;
  const { approval, kind } = await lockVisible(tx, tools, person, approvalId);
  const accepted = await acceptedBy(tx, approval);
  const fault = decisionFault(person, kind, approval, accepted);
  if (fault !== undefined) throw new Refused(fault);
  if (word.round !== undefined && word.round !== approval.round)
    throw new Refused(refuse('approval-changed', { round: approval.round }));
  if (word.action === 'returned' && approval.askedBy === null && kind.returned === undefined)
    throw new Refused(refuse('approval-impossible', { reason: 'nobody asked who could change it' }));
  if (
    word.action === 'accepted' &&
    kind.needsAttachment === true &&
    (await countAttachments(tx, approval)) === 0
  )
    throw new Refused(refuse('evidence-missing'));
  const at = await businessNow(tx);
  const after = afterWord(approval, word, at);
  if (after.state === 'accepted' && kind.beforeLast !== undefined && prepared?.round !== approval.round)
    throw new Unprepared();
  const { action } = word;
  const comment = keptComment(word.comment);
  await insertStep(tx, approval, { action, staffId: person.staffId, comment, at });
  await updateApproval(tx, after);
  const actor = actorOf(person, caller.address);
  const said = { person, actor, comment };
  const counting =
    after.state === 'accepted' ? await kind.accepted(tx, after, actor, prepared?.found, person) : undefined;
  if (after.state === 'rejected') await kind.ended?.(tx, after, said);
  if (after.state === 'returned' && after.askedBy === null) await kind.returned?.(tx, after, said);
  await recordAudit(tx, actor, {
    action: `approval.${{ accepted: 'accept', rejected: 'reject', returned: 'return' }[action]}`,
    subject: `approval/${showId('apr', approvalId)}`,
    before: { state: approval.state, step: approval.step, round: approval.round },
    after: { state: after.state, step: after.step, ...(comment !== undefined && { comment }) },
  });
  return { after, counting: typeof counting === 'function' ? counting : undefined };
}

function afterWord(approval: Approval, { action }: Word, at: Date): Approval {
  if (action === 'rejected') return { ...approval, state: 'rejected', decidedAt: at };
  // Nobody changes what nobody asked: it has ended.
  if (action === 'returned')
    return { ...approval, state: 'returned', ...(approval.askedBy === null && { decidedAt: at }) };
  const { isLast, step } = afterAcceptance(approval);
  return isLast ? { ...approval, state: 'accepted', decidedAt: at } : { ...approval, step };
}

/** Conflicts with others who hold what the kind needs; or a cause that a kind can remove, such as a day not opened yet. */
async function isWorthAnotherTry({ kinds }: ApprovalTools, error: unknown): Promise<boolean> {
  if (error instanceof Refused) return false;
  if (error instanceof Unprepared) return true;
  if (isConflict(error) || sqlStateOf(error) === '23505') return true;
  for (const kind of kinds.values()) if ((await kind.mend?.(error)) === true) return true;
  return false;
}

function notFound(approvalId: string): Refused {
  return new Refused(refuse('approval-not-found', { approvalId }));
}
