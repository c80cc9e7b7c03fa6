// Opens a dispute, a case, or one against a channel from a break: one reference of whoever opens it, one dispute for ever,
// and one at a time about a payment.

import { refuse, Refused } from '../../kernel/errors.ts';
import { newCaseNumber } from '../../kernel/case-number.ts';
import { newId, showId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import { businessNow } from '../../settlement/remittances/index.ts';
import type { Dispute } from './dispute.ts';
import { dueAt } from './due.ts';
import {
  findByReference,
  findLive,
  insertDispute,
  lockForDispute,
  insertDisputeStep,
  type NewDisputeStep,
} from './store-dispute.ts';
import { wrongState } from './who-may.ts';

export type Opening = Pick<
  Dispute,
  | 'billerId'
  | 'openedBy'
  | 'opener'
  | 'reference'
  | 'channelId'
  | 'paymentId'
  | 'breakId'
  | 'reason'
  | 'words'
  | 'currency'
  | 'amountMinor'
>;

const TRIES = 5;

/** Refuses `reference-reused`, and `dispute-state` when there is one about the payment already. */
export async function openDispute(
  tx: Tx,
  of: Opening,
  by: Pick<NewDisputeStep, 'staffId' | 'client'>,
): Promise<{ dispute: Dispute; isNew: boolean }> {
  const earlier = await findByReference(tx, of);
  if (earlier !== undefined) return { dispute: sameAs(earlier, of), isNew: false };
  if (of.paymentId !== null) await checkNone(tx, of);
  const now = await businessNow(tx);
  const due = await dueAt(tx, of.billerId, of.openedBy, now);
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const dispute: Dispute = {
      ...of,
      disputeId: newId(now.getTime(), of.billerId),
      caseNumber: of.openedBy === 'desk' ? newCaseNumber() : null,
      state: 'opened',
      outcome: null,
      approvalId: null,
      reversalId: null,
      journalId: null,
      openedAt: now,
      dueAt: due,
      decidedAt: null,
      endedAt: null,
    };
    if (await insertDispute(tx, dispute)) {
      await insertDisputeStep(tx, dispute, { action: 'opened', ...by, comment: of.words, at: now });
      return { dispute, isNew: true };
    }
    const other = await findByReference(tx, of);
    if (other !== undefined) return { dispute: sameAs(other, of), isNew: false };
  }
  throw new Error('no case number was free');
}

async function checkNone(tx: Tx, of: Opening): Promise<void> {
  await lockForDispute(tx, of);
  const live = await findLive(tx, of);
  if (live !== undefined) throw wrongState(live);
}

function sameAs(earlier: Dispute, of: Opening): Dispute {
  const field =
    earlier.paymentId !== of.paymentId ? 'paymentId' : earlier.reason !== of.reason ? 'reason' : undefined;
  if (field !== undefined)
    throw new Refused(refuse('reference-reused', { reference: shownReference(of), field }));
  return earlier;
}

/** Of one that a break opened it is the break: its id, as it is shown. */
export function shownReference({ openedBy, reference }: Pick<Dispute, 'openedBy' | 'reference'>): string {
  return openedBy === 'break' ? showId('brk', reference) : reference;
}

export function shownDispute({ disputeId }: Pick<Dispute, 'disputeId'>): string {
  return showId('dsp', disputeId);
}
