// A payment undone because persons have decided so: a break or a dispute is resolved. The rules of reversal hold but for
// its window; after the day's seal it is an adjustment of the open day (rules.md, "Reversal and adjustment").

import { refuse, Refused } from '../kernel/errors.ts';
import { billerOf, parseId, showId, type Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import { reverseIn, type ReverseRequest, type UndoTools } from './reverse.ts';
import { readLines, readOwner, type OwnerRow, type PaidLine } from './store-reverse.ts';

export interface Undone extends OwnerRow {
  readonly reversalId: Uuid;
  readonly lines: readonly PaidLine[];
}

/**
 * `reference`: what it was decided under; the reversal is named so. Refuses `payment-not-found` and `not-reversible`. Locks
 * the bills, the payment, the open day (shared), the channel when it is limited, credit and balances.
 */
export async function undoByDecision(
  tx: Tx,
  tools: UndoTools,
  { paymentId, ...said }: { paymentId: Uuid } & Pick<ReverseRequest, 'reference' | 'reason' | 'withRejected'>,
): Promise<Undone> {
  const billerId = billerOf(paymentId);
  const owner = await readOwner(tx, billerId, paymentId);
  if (owner === undefined)
    throw new Refused(refuse('payment-not-found', { paymentId: showId('pay', paymentId) }));
  const request = { channelId: owner.channel_id, ...said, isDecided: true };
  const { answer, replayed } = await reverseIn(tx, tools, request, billerId, paymentId);
  const reversalId = parseId('rev', answer.reversalId);
  if (replayed || reversalId === undefined)
    throw new Refused(
      refuse('not-reversible', { reason: 'reversed-already', reversedAt: answer.reversedAt }),
    );
  return { ...owner, reversalId, lines: await readLines(tx, billerId, paymentId) };
}
