// A payment whose money the operator gives back at his own cost (a dispute is decided so): it stays accepted, its bills
// stay paid, its agency keeps its money. Remember: nothing can be given back for it a second time.

import { refuse, Refused } from '../kernel/errors.ts';
import { billerOf, showId, type Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import { insertAbsorbed, isAbsorbed } from './store-absorb.ts';
import { readRejected } from './store-reject.ts';
import { lockPayment, type ReversiblePayment } from './store-reverse.ts';

/**
 * Refuses `payment-not-found`, and `not-reversible` when it is reversed, credit, absorbed already, rejected by its agency in
 * part, or went to the agency's own account. Locks the payment; to be followed by `absorbed` in the same transaction.
 */
export async function lockToAbsorb(tx: Tx, paymentId: Uuid): Promise<ReversiblePayment> {
  const billerId = billerOf(paymentId);
  const payment = await lockPayment(tx, billerId, paymentId);
  if (payment === undefined)
    throw new Refused(refuse('payment-not-found', { paymentId: showId('pay', paymentId) }));
  const { numbers } = await readRejected(tx, billerId, paymentId);
  const reason =
    payment.status !== 'accepted'
      ? payment.status
      : numbers.size > 0
        ? 'rejected'
        : payment.route === 'direct'
          ? 'direct'
          : (await isAbsorbed(tx, billerId, paymentId))
            ? 'absorbed'
            : undefined;
  if (reason !== undefined) throw new Refused(refuse('not-reversible', { reason }));
  return payment;
}

/** From now on it is. `journalId` books the loss. */
export function absorbed(
  tx: Tx,
  of: { readonly paymentId: Uuid; readonly journalId: Uuid; readonly recordedAt: Date },
): Promise<void> {
  return insertAbsorbed(tx, { ...of, billerId: billerOf(of.paymentId) });
}
