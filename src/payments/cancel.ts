// Cancel what was never answered: a payment that was accepted after all is reversed under the reversal rules, an
// unknown reference is burnt, so that the payment, should it still arrive, is refused. Repeatable.

import { refuse, Refused } from '../kernel/errors.ts';
import { showId } from '../kernel/ids.ts';
import { reverse, type ReverseRequest, type ReverseTools } from './reverse.ts';
import type { ReversalAnswer } from './show-reversal.ts';
import { burnReference } from './store-reverse.ts';
import { findReference, type ReferenceRow } from './store-read.ts';

export interface Cancelled {
  readonly outcome: 'reversed' | 'cancelled' | 'already-refused';
  readonly reference: string;
  readonly reversal?: ReversalAnswer;
}

/** `request.reference` is the payment's. Refuses `not-reversible` when the accepted payment's window has passed. */
export async function cancel(tools: ReverseTools, request: ReverseRequest): Promise<Cancelled> {
  const { channelId, reference } = request;
  const found = await tools.database.transaction(async (tx) => {
    if (await burnReference(tx, channelId, reference)) return undefined;
    return findReference(tx, channelId, reference);
  });
  if (found === undefined || found.outcome === 'cancelled') return { outcome: 'cancelled', reference };
  if (found.outcome === 'refused') return { outcome: 'already-refused', reference };
  return { outcome: 'reversed', reference, reversal: await reverseIt(tools, request, found) };
}

/** A reversal bears the payment's own reference, unless the channel has reversed it under another name already. */
async function reverseIt(
  tools: ReverseTools,
  request: ReverseRequest,
  { payment_id }: ReferenceRow,
): Promise<ReversalAnswer> {
  if (payment_id === null) throw new Refused(refuse('not-reversible', { reason: 'no-payment' }));
  const { answer } = await reverse(tools, { ...request, isCancellation: true }, showId('pay', payment_id));
  return answer;
}
