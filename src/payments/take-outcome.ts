// What a linked agency answers to the confirmation of a payment: booked, or that its bills had been paid elsewhere,
// which is a rejection under the event's own name. Repeatable, as confirmations are.

import { parseOutcome } from '../bills/link/index.ts';
import { Refused } from '../kernel/errors.ts';
import { billerOf, parseId } from '../kernel/ids.ts';
import { reject } from './reject.ts';
import type { ReverseTools } from './reverse.ts';

export interface ConfirmedEvent {
  /** As shown: `evt_…`. */
  readonly eventId: string;
  readonly type: string;
  /** As shown: `pay_…`. */
  readonly paymentId: string;
}

/**
 * `taken`: the event needs no repetition; `rejected` money is credit. `unreadable`: no such answer is agreed, so nobody
 * knows what became of the event there, and it is told again.
 */
export type TakenOutcome = 'taken' | 'rejected' | 'unreadable';

/** Only an accepted payment can be rejected; what cannot be rejected any more (it was reversed) is taken as told. */
export async function takeOutcome(
  tools: ReverseTools,
  { eventId, type, paymentId }: ConfirmedEvent,
  answer: Buffer,
): Promise<TakenOutcome> {
  const outcome = parseOutcome(answer);
  if ('wrong' in outcome) return 'unreadable';
  const id = parseId('pay', paymentId);
  if (outcome.outcome !== 'paid-elsewhere' || type !== 'payment.accepted' || id === undefined) return 'taken';
  const { bills, paidAt } = outcome;
  try {
    await reject(tools, { billerId: billerOf(id), reference: eventId, bills, paidAt }, paymentId);
    return 'rejected';
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.refusal.code === 'not-rejectable') return 'taken';
    // A bill that the payment did not pay, or another set than it named before.
    return 'unreadable';
  }
}
