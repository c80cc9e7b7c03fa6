// Puts a request before those who decide. One reference of a kind is one request for ever: whoever asks again under it
// is told of the first. Approvals are persons' work, so a request of the system itself needs two of them
// unless it says how many.

import { isDeepStrictEqual } from 'node:util';
import { refuse, Refused } from '../kernel/errors.ts';
import { newId, type Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Approval, Ask } from './approval.ts';
import { shownContent } from './shown-content.ts';
import { businessNow, findByReference, insertApproval, insertStep } from './store.ts';
import { stepsOf } from './store-rule.ts';

export interface Asked {
  readonly approvalId: Uuid;
  /** false: asked before under this reference; nothing was done now. */
  readonly isNew: boolean;
}

/**
 * Inserts one row, whose lock is new: it may be called under any other lock. Throws Refused `reference-reused` when the
 * reference stands for something else.
 */
export async function askApproval(tx: Tx, ask: Ask): Promise<Asked> {
  const at = await businessNow(tx);
  const approvalId = newId(at.getTime(), ask.billerId);
  const steps = Math.max((await stepsOf(tx, ask.kind)) ?? 1, ask.askedBy === null ? (ask.atLeast ?? 2) : 1);
  if (await insertApproval(tx, ask, approvalId, steps, at)) {
    const { billerId, askedBy } = ask;
    await insertStep(
      tx,
      { billerId, approvalId, round: 1, step: 1 },
      { action: 'asked', staffId: askedBy, at },
    );
    return { approvalId, isNew: true };
  }
  const earlier = await findByReference(tx, ask);
  if (earlier === undefined) throw new Error(`the ${ask.kind} ${ask.reference} is neither new nor there`);
  const field = difference(earlier, ask);
  // What was returned and mended may differ from what was first asked.
  if (field !== undefined && earlier.round === 1)
    throw new Refused(refuse('reference-reused', { reference: ask.reference, field }));
  return { approvalId: earlier.approvalId, isNew: false };
}

function difference(earlier: Approval, ask: Ask): string | undefined {
  if (earlier.subject !== ask.subject) return 'subject';
  if (earlier.askedBy !== ask.askedBy) return 'askedBy';
  if (!isDeepStrictEqual(earlier.amount, ask.amount)) return 'amount';
  const asked = JSON.parse(JSON.stringify(shownContent(ask.content))) as unknown;
  return isDeepStrictEqual(shownContent(earlier.content), asked) ? undefined : 'content';
}
